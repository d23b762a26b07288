/**
 * Everything a run depends on, as plain JSON with ranges: the same config on the
 * same backend gives the same curve.
 *
 * Does not hold what only decides how a run is carried out (backend, engine, when
 * to stop): that is `RunOptions`.
 */
import * as v from "valibot";
import { DATASETS, DATASET_IDS, isPointCloud, type ImageShape } from "./datasets";

export const MODELS = ["ae", "vae", "gan"] as const;
export const ACTIVATIONS = ["relu", "lrelu", "elu", "softplus", "tanh", "sigmoid", "linear"] as const;
export const OUTPUT_ACTIVATIONS = ["sigmoid", "tanh", "linear"] as const;
export const RECONSTRUCTIONS = ["bce", "bernoulli", "gaussian", "mse"] as const;
export const HEAD_ACTIVATIONS = ["linear", "relu"] as const;
export const CORRUPTIONS = ["none", "gaussian", "masking", "salt"] as const;
export const BETA_SCHEDULES = ["constant", "linear", "cyclical"] as const;
export const KL_MODES = ["plain", "free-bits", "capacity"] as const;
export const MISTAKES = ["none", "detached-kl", "code-mean"] as const;
export const GAN_LOSSES = ["nonsaturating", "hinge"] as const;
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
export type HeadActivation = (typeof HEAD_ACTIVATIONS)[number];
export type CorruptionKind = (typeof CORRUPTIONS)[number];
export type BetaSchedule = (typeof BETA_SCHEDULES)[number];
export type KlMode = (typeof KL_MODES)[number];
export type Mistake = (typeof MISTAKES)[number];
export type GanLoss = (typeof GAN_LOSSES)[number];
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
  adamBeta1: { min: 0, max: 0.999 },
  corruptionLevel: { min: 0, max: 1 },
  sigma: { min: 0.01, max: 10 },
  freeBits: { min: 0, max: 10 },
  capacity: { min: 0, max: 500 },
  scheduleSteps: { min: 1, max: 1_000_000 },
  discriminatorSteps: { min: 1, max: 10 },
  discriminatorRate: { min: 0.01, max: 100 },
  labelSmoothing: { min: 0, max: 0.5 },
  instanceNoise: { min: 0, max: 1 },
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

/** Whether a loss is taken between probabilities, from logits. */
export function isCrossEntropy(reconstruction: ReconstructionKind): reconstruction is "bce" | "bernoulli" {
  return reconstruction === "bce" || reconstruction === "bernoulli";
}

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
    /**
     * `ae`: the code is the encoder's mean, there is no KL. `vae`: the code is drawn from N(mean, exp(logVar)). `gan`: the decoder
     * is the generator, fed from the prior, the encoder's layers are the discriminator's, which end in one score.
     */
    model: v.picklist(MODELS),
    /**
     * Whether encoder and decoder are told the label, one-hot: beside the inputs of the encoder's first dense layer and beside the
     * code (Sohn et al. 2015). Not in a `gan`.
     */
    conditional: v.boolean(),
    /** Hidden layers between the image and the heads, in data order: convolutions first. Of a `gan`, the discriminator's. */
    encoder: layersSchema,
    /** After the heads for mean and log-variance; `relu` is a mistake that is taught, as no code can be negative then. */
    headActivation: v.picklist(HEAD_ACTIVATIONS),
    latentDim: whole("latentDim"),
    /**
     * Hidden layers between the code and the pixels, in data order: dense ones first. The last dense layer before a transposed
     * convolution is laid out as an image, `units` = height · width · channels. After one, the pixels come from a transposed
     * convolution of its kernel size and stride 1.
     */
    decoder: layersSchema,
    outputActivation: v.picklist(OUTPUT_ACTIVATIONS),
    /**
     * −log p(x|z) or what stands for it, summed over pixels. `bce`: cross-entropy from logits with grey pixels. `bernoulli`: the same
     * with pixels drawn black or white anew for every batch, each white with its grey value as probability, for encoder and loss
     * alike: a likelihood. `gaussian`: −log N(x; x̂, σ²), its constant included. `mse`: Σ (x − x̂)², without the half. The first two
     * need the sigmoid output. Plays no part in a `gan`.
     */
    reconstruction: v.picklist(RECONSTRUCTIONS),
    /** σ of the `gaussian` likelihood. */
    sigma: real("sigma"),
    /** What is done to the images that the encoder sees; the loss judges against clean ones (Vincent et al. 2008). Not in a `gan`. */
    corruption: v.picklist(CORRUPTIONS),
    /** Of `gaussian` corruption the standard deviation; of `masking` (pixels set to 0) and `salt` (set to 0 or 1) the share of pixels. */
    corruptionLevel: real("corruptionLevel"),
    /** Weight of the KL term in the objective, where an annealed one ends; plays no part in an `ae` or a `gan`. */
    beta: real("beta"),
    /** How β comes to its value: at once, in a line, or again and again (`model/schedule`). */
    betaSchedule: v.picklist(BETA_SCHEDULES),
    /** Steps of the line, or of one cycle; those in which the capacity is reached. */
    scheduleSteps: whole("scheduleSteps"),
    /**
     * What of the KL is charged. `plain`: all. `free-bits`: Σ_j max(λ, mean over the batch of KL_j) (Kingma et al. 2016).
     * `capacity`: |mean KL − C|, C rising from 0 (Burgess et al. 2018).
     */
    klMode: v.picklist(KL_MODES),
    /** λ of `free-bits`, nats per latent dimension. */
    freeBits: real("freeBits"),
    /** What C rises to, nats. */
    capacity: real("capacity"),
    /**
     * Mistakes that are taught, of an `ae` only. `detached-kl`: ½ Σ z² is added to what is reported and its gradient left out.
     * `code-mean`: β times the mean of the code is added, which has no lower bound.
     */
    mistake: v.picklist(MISTAKES),
    ganLoss: v.picklist(GAN_LOSSES),
    /** Updates of the discriminator for each one of the generator. */
    discriminatorSteps: whole("discriminatorSteps"),
    /** The discriminator's learning rate, in units of the generator's. */
    discriminatorRate: real("discriminatorRate"),
    /** One-sided: real images are to be scored 1 − this (Salimans et al. 2016); plays no part in the hinge loss. */
    labelSmoothing: real("labelSmoothing"),
    /** Standard deviation of the noise on every image the discriminator sees in training, real or not (Sønderby et al. 2017). */
    instanceNoise: real("instanceNoise"),
    optimiser: v.picklist(OPTIMISERS),
    learningRate: real("learningRate"),
    /** Of `sgd` only. */
    momentum: real("momentum"),
    /** Of `adam` only: decay of its running mean of gradients. */
    adamBeta1: real("adamBeta1"),
    batchSize: whole("batchSize"),
    /** Also decides the constants of the optimisers: PyTorch's or Keras' defaults. */
    initialiser: v.picklist(INITIALISERS),
    seed: whole("seed"),
  }),
  v.check(({ reconstruction, outputActivation }) => !isCrossEntropy(reconstruction) || outputActivation === "sigmoid", "bce-needs-sigmoid"),
  v.check(
    ({ reconstruction, data, model }) => model === "gan" || !isCrossEntropy(reconstruction) || !isPointCloud(data),
    "bce-needs-images",
  ),
  v.check(({ encoder, decoder, data }) => !isPointCloud(data) || ![...encoder, ...decoder].some(isConvLayer), "conv-needs-images"),
  v.check(({ mistake, model }) => mistake === "none" || model === "ae", "mistake-needs-ae"),
  v.check(({ conditional, model }) => !conditional || model !== "gan", "condition-not-in-gan"),
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
  conditional: false,
  encoder: [{ units: 400, activation: "relu" }],
  headActivation: "linear",
  latentDim: 2,
  decoder: [{ units: 400, activation: "relu" }],
  outputActivation: "sigmoid",
  reconstruction: "bce",
  sigma: 0.1,
  corruption: "none",
  corruptionLevel: 0.3,
  beta: 1,
  betaSchedule: "constant",
  scheduleSteps: 1_000,
  klMode: "plain",
  freeBits: 0.25,
  capacity: 25,
  mistake: "none",
  ganLoss: "nonsaturating",
  discriminatorSteps: 1,
  discriminatorRate: 1,
  labelSmoothing: 0,
  instanceNoise: 0,
  optimiser: "adam",
  learningRate: 0.001,
  momentum: 0.9,
  adamBeta1: 0.9,
  batchSize: 128,
  initialiser: "pytorch",
  seed: 1,
};

/** What differs where the data are points of a plane or of space: coordinates rather than light, and two numbers rather than 784. */
export const POINT_DEFAULTS = {
  reconstruction: "gaussian",
  sigma: 0.05,
  outputActivation: "linear",
  encoder: [
    { units: 64, activation: "elu" },
    { units: 64, activation: "elu" },
  ],
  decoder: [
    { units: 64, activation: "elu" },
    { units: 64, activation: "elu" },
  ],
} as const satisfies Partial<RunConfig>;

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
