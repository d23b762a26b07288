/** A run's past as a film. */
export const history = {
  title: "History",
};
