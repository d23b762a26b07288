/** What families of models add to the choices: likelihoods, KL modes, corruption, conditions, games. */
export const families = {
  title: "Choices of family",
} as const;
