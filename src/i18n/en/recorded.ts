/** Runs that were trained beforehand. */
export const recorded = {
  title: "Recorded run",
  short: "A recorded run: {{epochs}} epochs.",
  long: "A recorded run: trained beforehand by this page's own engine, {{epochs}} epochs in {{steps}} steps.",
  goOn: "Go on from here",
  startOver: "Train from the start",
  choose: "Recorded run",
  none: "Recorded runs …",
  runs: {
    "digits-ae": "Digits, autoencoder",
    "digits-vae": "Digits, VAE, z = 2",
    "digits-vae-16": "Digits, VAE, z = 16",
    "fashion-vae": "Fashion, VAE, z = 3",
    "shapes-beta-vae": "Shapes, β-VAE, z = 6",
    "emoji-vae": "Emoji, VAE, z = 16",
    "digits-gan": "Digits, GAN, z = 16",
  },
};
