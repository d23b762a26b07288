/** Header, settings, help, and what is said about the page itself. */
export const shell = {
  title: "VAE Playground",
  documentTitle: "VAE Playground: train a variational autoencoder in your browser",
  explain: "Explanation",
  close: "Close",
  skip: "Skip to the playground",
} as const;
