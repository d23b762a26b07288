/** Header, settings, help, and what is said about the page itself. */
export const shell = {
  title: "VAE Playground",
  documentTitle: "VAE Playground: train a variational autoencoder in your browser",
  explain: "Explanation",
  close: "Close",
  skip: "Skip to the playground",
  home: "VAE Playground, home",
  presets: "Presets",
  export: "Export",
  share: "Share",
  shared: "Link copied",
  shareByHand: {
    title: "Share this experiment",
    text: "The browser did not let the page copy. This link holds the whole experiment:",
    field: "Link to this experiment",
  },
  otherLanguage: "中文",
  switchLanguage: "切换到中文",
  theme: {
    button: "Theme: {{theme}}",
    light: "light",
    dark: "dark",
    system: "as the system",
  },
  notFound: {
    title: "There is nothing at this address",
    text: "The page {{path}} does not exist.",
    back: "To the playground",
  },
  crash: {
    title: "This page has stumbled",
    text: "Drawing it failed. Your experiment is still in the address.",
    retry: "Draw it again",
    reload: "Reload the page",
    details: "Details",
  },
  helpButton: "Help and settings",
} as const;
