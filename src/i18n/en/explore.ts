/** The explorer: its page, layers and probe. */
export const explore = {
  title: "Latent explorer",
};
