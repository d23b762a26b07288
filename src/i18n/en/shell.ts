export const shell = { title: "VAE Playground" } as const;
