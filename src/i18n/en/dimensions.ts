/** More than two dimensions. */
export const dimensions = {
  title: "Dimensions",
};
