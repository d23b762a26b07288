export const latent = {} as const;
