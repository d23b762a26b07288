/**
 * GANs that learn: what a switch to the model "GAN" changes, and the named experiments.
 *
 * Source: Radford et al. 2015, arXiv:1511.06434, section 3 (leaky relu in the discriminator, Adam with a first decay of 0.5).
 */
import { DATASETS } from "./datasets";
import type { RunConfig } from "./run-config";

/**
 * What a GAN wants otherwise than a VAE: a latent space of more than two dimensions, a leaky discriminator that always has a gradient to
 * give, and an Adam that forgets sooner, since what it chases moves.
 */
export const GAN_DEFAULTS = {
  model: "gan",
  conditional: false,
  encoder: [{ units: 256, activation: "lrelu" }],
  latentDim: 16,
  decoder: [{ units: 256, activation: "lrelu" }],
  outputActivation: "sigmoid",
  ganLoss: "nonsaturating",
  discriminatorSteps: 1,
  discriminatorRate: 1,
  labelSmoothing: 0,
  instanceNoise: 0,
  optimiser: "adam",
  learningRate: 0.0005,
  adamBeta1: 0.5,
  batchSize: 64,
  initialiser: "pytorch",
} as const satisfies Partial<RunConfig>;

/**
 * Epochs of a default run: 1,400 steps on 9,000 digits. Measured with the TensorFlow.js trainer on wasm, seeds 1, 2 and 3: all ten
 * classes in 512 draws, by the shipped classifier, the rarest with 21, 21 and 21 of them (after 1,120 steps 20, 15 and 15). Longer
 * runs begin to favour some digits: of PyTorch's, some had lost the zeros after 2,500.
 */
export const GAN_EPOCHS = 10;

/** Of the default run on points: 2,505 steps. */
export const GAN_POINTS_EPOCHS = 167;

const LEAKY = "lrelu";

export const GAN_PRESETS = {
  "gan-dense": { ...GAN_DEFAULTS, data: "mnist", trainSize: DATASETS.mnist.trainDefault },
  /**
   * The image goes through strided convolutions and comes from transposed ones, as in a DCGAN, here without its batch normalisation.
   * Measured as the dense one: all ten classes on seeds 1, 2 and 3, the rarest with 22, 10 and 16 of 512 draws. With PyTorch's
   * initialiser and a transposed layer more, all draws had become one digit after 700 steps.
   */
  "gan-conv": {
    ...GAN_DEFAULTS,
    data: "mnist",
    trainSize: DATASETS.mnist.trainDefault,
    encoder: [
      { filters: 16, kernel: 4, stride: 2, activation: LEAKY },
      { filters: 32, kernel: 4, stride: 2, activation: LEAKY },
    ],
    decoder: [
      { units: 14 * 14 * 8, activation: LEAKY },
      { filters: 16, kernel: 4, stride: 2, activation: LEAKY },
    ],
    initialiser: "keras",
  },
  /**
   * Nine clusters from a plane: the discriminator's field can be drawn in the data's own space. A generator this small sits on one to
   * three clusters and moves on, unless the discriminator is wider, faster, twice as often at work and, by a little noise, never sure.
   * Measured with the TensorFlow.js trainer on wasm, seeds 1, 2 and 3, after 2,500 steps: all nine clusters in 1,024 draws, the least
   * with 40, 69 and 47 draws within three standard deviations (with one discriminator step, seed 3 missed three).
   */
  "gan-points": {
    ...GAN_DEFAULTS,
    data: "gaussians",
    trainSize: DATASETS.gaussians.trainDefault,
    encoder: [
      { units: 128, activation: LEAKY },
      { units: 128, activation: LEAKY },
    ],
    latentDim: 2,
    decoder: [
      { units: 64, activation: LEAKY },
      { units: 64, activation: LEAKY },
    ],
    outputActivation: "linear",
    discriminatorSteps: 2,
    discriminatorRate: 4,
    instanceNoise: 0.05,
    batchSize: 256,
  },
} as const satisfies Readonly<Record<string, Partial<RunConfig>>>;
