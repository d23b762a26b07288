/** Figures of merit. */
export const merit = {
  title: "Figures of merit",
} as const;
