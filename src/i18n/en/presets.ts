/** Names and one-sentence notes of the presets, by their ids. */
export const presets = {
  "vae-plane": {
    name: "VAE 784-400-2",
    note: "A variational autoencoder with a latent plane: the whole latent space fits on the screen.",
  },
  "vae-20": {
    name: "VAE 784-400-20",
    note: "The same network with 20 latent dimensions: sharper digits, and a space that can only be seen in slices.",
  },
  "ae-plane": {
    name: "Autoencoder 784-200-2",
    note: "A plain autoencoder with two code units: no distribution and no KL term, so nothing keeps its plane free of gaps.",
  },
  "ae-keras": {
    name: "Autoencoder 784-50-784 (Keras)",
    note: "One linear map into 50 numbers and one back; Adadelta with its original rate of 1.0, for at 0.001 it barely moves.",
  },
  "ae-deep": {
    name: "Deep autoencoder 784-128-…-4-2",
    note: "Six layers down to two numbers, squared error; leaky relu, because relu units die easily before so narrow a bottleneck.",
  },
  "vae-deep": {
    name: "Deep VAE 784-128-…-4-2",
    note: "The deep trunk with separate heads for the mean and the log-variance; for its first epochs it draws one mean digit, then the plane opens.",
  },
  "vae-small": {
    name: "Small VAE 784-2 (TensorFlow)",
    note: "No hidden layer at all, so it learns little; its heads are linear, so that means may be negative and variances small.",
  },
  "vae-conv": {
    name: "Convolutional VAE (Keras)",
    note: "Two strided convolutions down to a latent plane and two transposed ones back: a fifth of the weights of 784-400-2, ten times the multiplications.",
  },
  "vae-fashion": {
    name: "VAE on Fashion-MNIST",
    note: "784-400-20 on shoes, shirts and bags.",
  },
  "beta-vae-shapes": {
    name: "β-VAE on shapes",
    note: "Sprites made from known factors; with β = 4 see whether each latent dimension takes up one of them.",
  },
} as const;
