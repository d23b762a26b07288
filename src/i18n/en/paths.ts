/** Paths between pinned places, and arithmetic with codes. */
export const paths = {
  title: "Paths",
};
