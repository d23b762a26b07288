/**
 * Named experiments: the systems of the tutorials this project grows from, put right,
 * and two of our own. Their names and notes are in the catalogues, under the same ids.
 */
import { DATASETS } from "./datasets";
import { DEFAULT_CONFIG, type Activation, type ConvLayer, type DenseLayer, type RunConfig } from "./run-config";

export const PRESET_IDS = [
  "vae-plane",
  "vae-20",
  "ae-plane",
  "ae-keras",
  "ae-deep",
  "vae-deep",
  "vae-small",
  "vae-conv",
  "vae-fashion",
  "beta-vae-shapes",
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

function layers(activation: Activation, ...units: number[]): DenseLayer[] {
  return units.map((width) => ({ units: width, activation }));
}

/** 3×3, stride 2, relu: each halves or doubles the image. */
function convLayers(...filters: number[]): ConvLayer[] {
  return filters.map((count) => ({ filters: count, kernel: 3, stride: 2, activation: "relu" }));
}

/** System D's trunk without its relu: before a bottleneck this narrow, units that a relu has switched off are missed at once. */
const DEEP: Pick<RunConfig, "encoder" | "decoder"> = {
  encoder: layers("lrelu", 128, 64, 32, 16, 8, 4),
  decoder: layers("lrelu", 4, 8, 16, 32, 64, 128),
};

export const PRESETS: Readonly<Record<PresetId, RunConfig>> = {
  /** System B with a latent plane. */
  "vae-plane": DEFAULT_CONFIG,
  /** System B with the latent size of PyTorch's example. */
  "vae-20": { ...DEFAULT_CONFIG, latentDim: 20 },
  /** System A as what it is: a plain autoencoder, with a loss summed over pixels. */
  "ae-plane": { ...DEFAULT_CONFIG, model: "ae", encoder: layers("relu", 200), decoder: layers("relu", 200) },
  /**
   * System C with Adadelta's original rate. Its first dense layer is the code; ours is linear where the tutorial's is a
   * relu, since a code here may be any number.
   */
  "ae-keras": {
    ...DEFAULT_CONFIG,
    model: "ae",
    encoder: [],
    latentDim: 50,
    decoder: [],
    optimiser: "adadelta",
    learningRate: 1,
    batchSize: 256,
    initialiser: "keras",
  },
  /** System D on digits rather than noise, with an output that suits pixels in [0, 1]. */
  "ae-deep": { ...DEFAULT_CONFIG, ...DEEP, model: "ae", reconstruction: "mse" },
  /** System E with two heads of its own for mean and log-variance, and a KL term that is one. */
  "vae-deep": { ...DEFAULT_CONFIG, ...DEEP, reconstruction: "mse" },
  /** System F with linear heads: its relu allowed no negative mean and no variance below 1. */
  "vae-small": { ...DEFAULT_CONFIG, encoder: [], decoder: [], initialiser: "keras" },
  /**
   * The network of Keras' "Variational AutoEncoder" example (fchollet, 2020), whose digits go through two convolutions to a
   * plane and back through two transposed ones from 7 × 7 × 64.
   */
  "vae-conv": {
    ...DEFAULT_CONFIG,
    encoder: [...convLayers(32, 64), ...layers("relu", 16)],
    decoder: [...layers("relu", 7 * 7 * 64), ...convLayers(64, 32)],
    initialiser: "keras",
  },
  "vae-fashion": { ...DEFAULT_CONFIG, data: "fashion", trainSize: DATASETS.fashion.trainDefault, latentDim: 20 },
  /** Five factors make the sprites; β > 1 presses each into a dimension of its own (Higgins et al., ICLR 2017). */
  "beta-vae-shapes": {
    ...DEFAULT_CONFIG,
    data: "shapes",
    trainSize: DATASETS.shapes.trainDefault,
    encoder: layers("relu", 400, 200),
    latentDim: 6,
    decoder: layers("relu", 200, 400),
    beta: 4,
  },
};
