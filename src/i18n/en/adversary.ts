/** A GAN at play, and data that are points. */
export const adversary = {
  title: "The game",
} as const;
