/** A selection of points. */
export const selection = {
  title: "Selection",
};
