/** The visitor's own picture. */
export const hand = {
  title: "Your own picture",
};
