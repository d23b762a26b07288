/**
 * Named experiments: the systems of the tutorials this project grows from, put right
 * and, where it can be watched, as written; and one for each family and kind of data.
 *
 * Their names and notes are in the catalogues (`presets`, `notes`), under the same ids. Ids are for ever: addresses and
 * lessons may name them.
 */
import { DATASETS, type DatasetId } from "./datasets";
import { GAN_EPOCHS, GAN_POINTS_EPOCHS, GAN_PRESETS } from "./gan-presets";
import { DEFAULT_CONFIG, POINT_DEFAULTS, type Activation, type ConvLayer, type DenseLayer, type RunConfig } from "./run-config";

export const PRESET_IDS = [
  "vae-plane",
  "vae-20",
  "ae-plane",
  "ae-plane-written",
  "ae-keras",
  "ae-keras-written",
  "ae-deep",
  "ae-deep-written",
  "vae-deep",
  "vae-deep-written",
  "vae-small",
  "vae-small-written",
  "dae-masking",
  "dae-gaussian",
  "ae-conv",
  "vae-conv",
  "vae-bernoulli",
  "vae-conditional",
  "beta-linear",
  "beta-cyclical",
  "free-bits",
  "beta-vae-shapes",
  "capacity-shapes",
  "vae-fashion",
  "vae-swissroll",
  "vae-moons",
  "ae-spiral",
  "gan-dense",
  "gan-conv",
  "gan-points",
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

/** The tutorials' systems by their letters (SOURCES): what a preset is a version of. */
export const SYSTEMS = ["A", "B", "C", "D", "E", "F", "G"] as const;
export type System = (typeof SYSTEMS)[number];

export const PRESET_GROUPS = ["tutorials", "families", "data", "gan"] as const;
export type PresetGroup = (typeof PRESET_GROUPS)[number];

export interface PresetFacts {
  readonly group: PresetGroup;
  /** The tutorials' system that this is, right or as written. */
  readonly system?: System;
  /** The same system with its mistakes. */
  readonly asWritten?: PresetId;
  /** Of an as-written one: the same system put right. */
  readonly corrected?: PresetId;
  /** Epochs after which there is something to judge, where that is worth a stop. */
  readonly epochs?: number;
}

export const PRESET_FACTS: Readonly<Record<PresetId, PresetFacts>> = {
  "vae-plane": { group: "tutorials", system: "B" },
  "vae-20": { group: "tutorials", system: "B" },
  "ae-plane": { group: "tutorials", system: "A", asWritten: "ae-plane-written" },
  "ae-plane-written": { group: "tutorials", system: "A", corrected: "ae-plane" },
  "ae-keras": { group: "tutorials", system: "C", asWritten: "ae-keras-written" },
  "ae-keras-written": { group: "tutorials", system: "C", corrected: "ae-keras" },
  "ae-deep": { group: "tutorials", system: "D", asWritten: "ae-deep-written" },
  "ae-deep-written": { group: "tutorials", system: "D", corrected: "ae-deep" },
  "vae-deep": { group: "tutorials", system: "E", asWritten: "vae-deep-written" },
  "vae-deep-written": { group: "tutorials", system: "E", corrected: "vae-deep" },
  "vae-small": { group: "tutorials", system: "F", asWritten: "vae-small-written" },
  "vae-small-written": { group: "tutorials", system: "F", corrected: "vae-small" },
  "dae-masking": { group: "families" },
  "dae-gaussian": { group: "families" },
  "ae-conv": { group: "families" },
  "vae-conv": { group: "families" },
  "vae-bernoulli": { group: "families" },
  "vae-conditional": { group: "families" },
  "beta-linear": { group: "families" },
  "beta-cyclical": { group: "families" },
  /** At half a nat no dimension would stay below it for more than an epoch. */
  "free-bits": { group: "families" },
  "beta-vae-shapes": { group: "families" },
  "capacity-shapes": { group: "families" },
  "vae-fashion": { group: "data" },
  "vae-swissroll": { group: "data" },
  "vae-moons": { group: "data" },
  "ae-spiral": { group: "data" },
  "gan-dense": { group: "gan", system: "G", epochs: GAN_EPOCHS },
  "gan-conv": { group: "gan", system: "G", epochs: GAN_EPOCHS },
  "gan-points": { group: "gan", epochs: GAN_POINTS_EPOCHS },
};

function layers(activation: Activation, ...units: number[]): DenseLayer[] {
  return units.map((width) => ({ units: width, activation }));
}

/** 3×3, stride 2, relu: each halves or doubles the image. */
function convLayers(...filters: number[]): ConvLayer[] {
  return filters.map((count) => ({ filters: count, kernel: 3, stride: 2, activation: "relu" }));
}

function on(data: DatasetId): Pick<RunConfig, "data" | "trainSize"> {
  return { data, trainSize: DATASETS[data].trainDefault };
}

/** 784-400-20, as PyTorch's example of a VAE. */
const VAE_20: RunConfig = { ...DEFAULT_CONFIG, latentDim: 20 };

/** System D's trunk. Relu units that are switched off are missed at once before a bottleneck this narrow; leaky ones never are. */
function deep(activation: "relu" | "lrelu"): Pick<RunConfig, "encoder" | "decoder"> {
  return { encoder: layers(activation, 128, 64, 32, 16, 8, 4), decoder: layers(activation, 4, 8, 16, 32, 64, 128) };
}

/** System A as what it is: a plain autoencoder, with a loss summed over pixels. */
const PLANE: RunConfig = { ...DEFAULT_CONFIG, model: "ae", encoder: layers("relu", 200), decoder: layers("relu", 200) };

/** System C with Adadelta's original rate; its first dense layer, a relu, is the code. */
const KERAS: RunConfig = {
  ...DEFAULT_CONFIG,
  model: "ae",
  encoder: [],
  headActivation: "relu",
  latentDim: 50,
  decoder: [],
  optimiser: "adadelta",
  learningRate: 1,
  batchSize: 256,
  initialiser: "keras",
};

/** System D on digits, with the tutorial's activations. */
const DEEP_WRITTEN: RunConfig = { ...DEFAULT_CONFIG, ...deep("relu"), model: "ae", outputActivation: "tanh", reconstruction: "mse" };

/** System F without its relu heads, which allowed no negative mean and no variance below 1. */
const SMALL: RunConfig = { ...DEFAULT_CONFIG, encoder: [], decoder: [], initialiser: "keras" };

/** The image goes to 7 × 7 × 64 and back, as in Keras' "Variational AutoEncoder" example (fchollet, 2020). */
const CONV: RunConfig = {
  ...DEFAULT_CONFIG,
  encoder: [...convLayers(32, 64), ...layers("relu", 16)],
  decoder: [...layers("relu", 7 * 7 * 64), ...convLayers(64, 32)],
  initialiser: "keras",
};

/** Networks and likelihood for points; small as they are, they bear a higher rate. */
const POINTS: RunConfig = { ...DEFAULT_CONFIG, ...POINT_DEFAULTS, learningRate: 0.003 };

const DENOISING: RunConfig = { ...DEFAULT_CONFIG, model: "ae", latentDim: 32 };

/** Sprites made from five known factors, in six dimensions, so that one may stay empty. */
const SHAPES: RunConfig = {
  ...DEFAULT_CONFIG,
  ...on("shapes"),
  encoder: layers("relu", 400, 200),
  latentDim: 6,
  decoder: layers("relu", 200, 400),
};

export const PRESETS: Readonly<Record<PresetId, RunConfig>> = {
  /** System B with a latent plane. */
  "vae-plane": DEFAULT_CONFIG,
  /** System B with the latent size of PyTorch's example. */
  "vae-20": VAE_20,
  "ae-plane": PLANE,
  "ae-plane-written": { ...PLANE, mistake: "detached-kl" },
  "ae-keras": KERAS,
  /** Today's default rate of Keras' Adadelta. */
  "ae-keras-written": { ...KERAS, learningRate: 0.001 },
  /** System D on digits rather than noise, with an output that suits pixels in [0, 1]. */
  "ae-deep": { ...DEFAULT_CONFIG, ...deep("lrelu"), model: "ae", reconstruction: "mse" },
  "ae-deep-written": DEEP_WRITTEN,
  /** System E with two heads of its own for mean and log-variance, and a KL term that is one. */
  "vae-deep": { ...DEFAULT_CONFIG, ...deep("lrelu"), reconstruction: "mse" },
  "vae-deep-written": { ...DEEP_WRITTEN, mistake: "code-mean" },
  "vae-small": SMALL,
  "vae-small-written": { ...SMALL, headActivation: "relu" },
  "dae-masking": { ...DENOISING, corruption: "masking", corruptionLevel: 0.5 },
  "dae-gaussian": { ...DENOISING, ...on("fashion"), corruption: "gaussian", corruptionLevel: 0.4 },
  "ae-conv": {
    ...CONV,
    model: "ae",
    latentDim: 16,
    encoder: convLayers(16, 32),
    decoder: [...layers("relu", 7 * 7 * 32), ...convLayers(32, 16)],
  },
  "vae-conv": CONV,
  "vae-bernoulli": { ...VAE_20, reconstruction: "bernoulli" },
  "vae-conditional": { ...DEFAULT_CONFIG, conditional: true },
  "beta-linear": { ...VAE_20, beta: 4, betaSchedule: "linear", scheduleSteps: 1_000 },
  "beta-cyclical": { ...VAE_20, betaSchedule: "cyclical", scheduleSteps: 500 },
  /** At half a nat no dimension would stay below it for more than an epoch. */
  "free-bits": { ...VAE_20, klMode: "free-bits", freeBits: 1 },
  /** β > 1 presses each factor into a dimension of its own (Higgins et al., ICLR 2017). */
  "beta-vae-shapes": { ...SHAPES, beta: 4 },
  "capacity-shapes": { ...SHAPES, beta: 30, klMode: "capacity", capacity: 16, scheduleSteps: 2_000 },
  "vae-fashion": { ...VAE_20, ...on("fashion") },
  "vae-swissroll": { ...POINTS, ...on("swissroll") },
  "vae-moons": { ...POINTS, ...on("moons"), latentDim: 1 },
  /** Three layers each way: two of 64 are no better than a straight line after 2,000 steps. */
  "ae-spiral": {
    ...POINTS,
    ...on("spiral"),
    model: "ae",
    encoder: layers("elu", 128, 128, 128),
    latentDim: 1,
    decoder: layers("elu", 128, 128, 128),
    learningRate: 0.002,
  },
  /** System G, which the tutorials describe and do not build. */
  "gan-dense": { ...DEFAULT_CONFIG, ...GAN_PRESETS["gan-dense"] },
  "gan-conv": { ...DEFAULT_CONFIG, ...GAN_PRESETS["gan-conv"] },
  "gan-points": { ...POINTS, ...GAN_PRESETS["gan-points"] },
};
