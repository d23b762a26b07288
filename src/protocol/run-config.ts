/**
 * Everything a run depends on, as plain JSON with ranges: the same config on the
 * same backend gives the same curve.
 *
 * Does not hold what only decides how a run is carried out (backend, engine, when
 * to stop): that is `RunOptions`.
 */
import * as v from "valibot";
import { DATASETS, DATASET_IDS } from "./datasets";

export const MODELS = ["ae", "vae"] as const;
export const ACTIVATIONS = ["relu", "lrelu", "elu", "softplus", "tanh", "sigmoid", "linear"] as const;
export const OUTPUT_ACTIVATIONS = ["sigmoid", "tanh", "linear"] as const;
export const RECONSTRUCTIONS = ["bce", "mse"] as const;
export const OPTIMISERS = ["adam", "sgd", "rmsprop", "adadelta"] as const;
export const INITIALISERS = ["pytorch", "keras"] as const;
export const BACKENDS = ["webgpu", "wasm", "cpu"] as const;
export const ENGINES = ["compiled", "tfjs"] as const;

export type ModelKind = (typeof MODELS)[number];
export type Activation = (typeof ACTIVATIONS)[number];
export type OutputActivation = (typeof OUTPUT_ACTIVATIONS)[number];
export type ReconstructionKind = (typeof RECONSTRUCTIONS)[number];
export type OptimiserKind = (typeof OPTIMISERS)[number];
export type InitialiserKind = (typeof INITIALISERS)[number];
export type BackendName = (typeof BACKENDS)[number];
export type EngineName = (typeof ENGINES)[number];

/** Closed ranges of the numbers in a config. */
export const RANGES = {
  units: { min: 1, max: 4096 },
  layers: { min: 0, max: 8 },
  latentDim: { min: 1, max: 128 },
  beta: { min: 0, max: 1000 },
  learningRate: { min: 1e-6, max: 100 },
  momentum: { min: 0, max: 0.999 },
  batchSize: { min: 1, max: 1024 },
  seed: { min: 0, max: 0xffff_ffff },
  epochs: { min: 1, max: 100_000 },
} as const;

export type RangeName = keyof typeof RANGES;

const whole = (range: RangeName) => v.pipe(v.number(), v.integer(), v.minValue(RANGES[range].min), v.maxValue(RANGES[range].max));
const real = (range: RangeName) => v.pipe(v.number(), v.finite(), v.minValue(RANGES[range].min), v.maxValue(RANGES[range].max));

export const denseLayerSchema = v.strictObject({ units: whole("units"), activation: v.picklist(ACTIVATIONS) });
/** One hidden dense layer: `activation(x · W + b)`, `units` wide. */
export type DenseLayer = Readonly<v.InferOutput<typeof denseLayerSchema>>;

const layersSchema = v.pipe(v.array(denseLayerSchema), v.maxLength(RANGES.layers.max));

export const runConfigSchema = v.pipe(
  v.strictObject({
    data: v.picklist(DATASET_IDS),
    /** Training images used: the first so many of the data set's fixed order. */
    trainSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** `ae`: the code is the encoder's mean, there is no KL. `vae`: the code is drawn from N(mean, exp(logVar)). */
    model: v.picklist(MODELS),
    /** Hidden layers between the image and the heads, in data order. */
    encoder: layersSchema,
    latentDim: whole("latentDim"),
    /** Hidden layers between the code and the pixels, in data order. */
    decoder: layersSchema,
    outputActivation: v.picklist(OUTPUT_ACTIVATIONS),
    /** Sums over pixels: `bce` from logits (needs the sigmoid output), `mse` without the half. */
    reconstruction: v.picklist(RECONSTRUCTIONS),
    /** Weight of the KL term in the objective; plays no part in an `ae`. */
    beta: real("beta"),
    optimiser: v.picklist(OPTIMISERS),
    learningRate: real("learningRate"),
    /** Of `sgd` only. */
    momentum: real("momentum"),
    batchSize: whole("batchSize"),
    /** Also decides the constants of the optimisers: PyTorch's or Keras' defaults. */
    initialiser: v.picklist(INITIALISERS),
    seed: whole("seed"),
  }),
  v.check(({ reconstruction, outputActivation }) => reconstruction !== "bce" || outputActivation === "sigmoid", "bce-needs-sigmoid"),
  v.check(({ trainSize, data }) => trainSize <= DATASETS[data].trainMax, "train-size-too-large"),
  v.check(({ trainSize, batchSize }) => batchSize <= trainSize, "batch-larger-than-data"),
);

export type RunConfig = Readonly<v.InferOutput<typeof runConfigSchema>>;

/** Preset B of the sources with a latent plane: 784-400-2-400-784. */
export const DEFAULT_CONFIG: RunConfig = {
  data: "mnist",
  trainSize: DATASETS.mnist.trainDefault,
  model: "vae",
  encoder: [{ units: 400, activation: "relu" }],
  latentDim: 2,
  decoder: [{ units: 400, activation: "relu" }],
  outputActivation: "sigmoid",
  reconstruction: "bce",
  beta: 1,
  optimiser: "adam",
  learningRate: 0.001,
  momentum: 0.9,
  batchSize: 128,
  initialiser: "pytorch",
  seed: 1,
};

/** How a run is carried out; no part of what it is. */
export interface RunOptions {
  readonly backend: "auto" | BackendName;
  readonly engine: "auto" | EngineName;
  /** Stop after so many epochs; null runs on. */
  readonly epochs: number | null;
}

export const DEFAULT_OPTIONS: RunOptions = { backend: "auto", engine: "auto", epochs: null };

/** Steps in one epoch; the last partial batch is dropped. */
export function stepsPerEpoch({ trainSize, batchSize }: Pick<RunConfig, "trainSize" | "batchSize">): number {
  return Math.max(1, Math.floor(trainSize / batchSize));
}
