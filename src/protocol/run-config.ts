/**
 * Everything a run depends on, as plain JSON with ranges: the same config on the
 * same backend gives the same curve.
 *
 * Does not hold what only decides how a run is carried out (backend, engine, when
 * to stop): that is `RunOptions`.
 */
import * as v from "valibot";
import { DATASETS, DATASET_IDS, type ImageShape } from "./datasets";

export const MODELS = ["ae", "vae"] as const;
export const ACTIVATIONS = ["relu", "lrelu", "elu", "softplus", "tanh", "sigmoid", "linear"] as const;
export const OUTPUT_ACTIVATIONS = ["sigmoid", "tanh", "linear"] as const;
export const RECONSTRUCTIONS = ["bce", "mse"] as const;
export const OPTIMISERS = ["adam", "sgd", "rmsprop", "adadelta"] as const;
export const KERNEL_SIZES = [3, 4] as const;
export const STRIDES = [1, 2] as const;
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
  filters: { min: 1, max: 256 },
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

export const convLayerSchema = v.strictObject({
  filters: whole("filters"),
  kernel: v.picklist(KERNEL_SIZES),
  stride: v.picklist(STRIDES),
  activation: v.picklist(ACTIVATIONS),
});
/**
 * One hidden convolutional layer with square kernels and "same" padding. In an encoder a convolution, `stride` times smaller
 * each way (rounded up); in a decoder a transposed convolution, `stride` times larger each way.
 */
export type ConvLayer = Readonly<v.InferOutput<typeof convLayerSchema>>;

export type HiddenLayer = DenseLayer | ConvLayer;

export function isConvLayer(layer: HiddenLayer): layer is ConvLayer {
  return "filters" in layer;
}

/** By what it holds rather than `v.union`, so that an issue names the field. */
const layerSchema = v.lazy((layer) =>
  typeof layer === "object" && layer !== null && "filters" in layer ? convLayerSchema : denseLayerSchema,
);
const layersSchema = v.pipe(v.array(layerSchema), v.maxLength(RANGES.layers.max));

function isConvFirst(layers: readonly HiddenLayer[]): boolean {
  return layers.every((layer, i) => i === 0 || !isConvLayer(layer) || isConvLayer(layers[i - 1]!));
}

/**
 * The image that a decoder's last dense layer is laid out as, for its transposed convolutions to enlarge; the whole image where
 * there are none. Null where there is none that fits: strides that do not divide the image, no dense layer, or units that do
 * not fill the grid.
 */
export function decoderGrid(decoder: readonly HiddenLayer[], image: ImageShape): ImageShape | null {
  const convs = decoder.filter(isConvLayer);
  if (convs.length === 0) return image;
  const scale = convs.reduce((product, { stride }) => product * stride, 1);
  const last = decoder.findLast((layer): layer is DenseLayer => !isConvLayer(layer));
  const [height, width] = [image.height / scale, image.width / scale];
  const channels = (last?.units ?? 0) / (height * width);
  const isWhole = [height, width, channels].every((size) => Number.isInteger(size) && size > 0);
  return isWhole ? { height, width, channels } : null;
}

export const runConfigSchema = v.pipe(
  v.strictObject({
    data: v.picklist(DATASET_IDS),
    /** Training images used: the first so many of the data set's fixed order. */
    trainSize: v.pipe(v.number(), v.integer(), v.minValue(1)),
    /** `ae`: the code is the encoder's mean, there is no KL. `vae`: the code is drawn from N(mean, exp(logVar)). */
    model: v.picklist(MODELS),
    /** Hidden layers between the image and the heads, in data order: convolutions first. */
    encoder: layersSchema,
    latentDim: whole("latentDim"),
    /**
     * Hidden layers between the code and the pixels, in data order: dense ones first. The last dense layer before a transposed
     * convolution is laid out as an image, `units` = height · width · channels. After one, the pixels come from a transposed
     * convolution of its kernel size and stride 1.
     */
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
  v.check(({ encoder }) => isConvFirst(encoder), "conv-after-dense"),
  v.check(({ decoder }) => isConvFirst(decoder.toReversed()), "dense-after-conv"),
  v.check(({ decoder, data }) => decoderGrid(decoder, DATASETS[data].image) !== null, "decoder-grid"),
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
