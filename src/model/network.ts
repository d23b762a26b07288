/**
 * The network a config describes, as plain data: layers in order and a table of
 * parameters with names, shapes and fan-in. Every trainer, the page's own forward
 * pass, export and the pictures of weights are fed by this one description.
 *
 * Knows no tensor and no GPU.
 */
import { decoderGrid, isConvLayer, type Activation, type OutputActivation, type RunConfig } from "../protocol/run-config";
import { DATASETS, pixelCount, type ImageShape } from "../protocol/datasets";

interface LayerBase {
  /** Prefix of its two parameters: `<name>.weight` and `<name>.bias`. */
  readonly name: string;
  /** Numbers that go in, for each image. */
  readonly inputs: number;
  /** Numbers that come out, for each image. */
  readonly units: number;
  readonly activation: Activation;
}

/** `activation(x · weight + bias)`, x `[batch, inputs]`, weight `[inputs, units]`, bias `[units]`. */
export interface DenseSpec extends LayerBase {
  readonly kind: "dense";
  /** How many of the inputs, the last of them, are a label, one-hot; 0 in a layer that is not told. */
  readonly classes: number;
}

/**
 * A convolution, or a transposed one, which is the former's gradient by its input; both with "same" padding as TensorFlow
 * has it. Images are `[height, width, channels]`, channels innermost.
 *
 * `conv`: `to[y, x, o] = Σ from[y · stride + i − padTop, x · stride + j − padLeft, c] · weight[i, j, c, o] + bias[o]`,
 * weight `[kernel, kernel, from.channels, to.channels]`.
 *
 * `transposed`: `to[y · stride + i − padTop, x · stride + j − padLeft, o] += from[y, x, c] · weight[i, j, o, c]`, then the
 * bias; weight `[kernel, kernel, to.channels, from.channels]`.
 *
 * Outside an image all is 0. Source: Dumoulin & Visin 2016, arXiv:1603.07285, chapters 2 and 4.
 */
export interface ConvSpec extends LayerBase {
  readonly kind: "conv" | "transposed";
  readonly from: ImageShape;
  readonly to: ImageShape;
  readonly kernel: number;
  readonly stride: number;
  /** Rows of zeros above the larger of the two images; what else is needed stands below it. */
  readonly padTop: number;
  /** As `padTop`, columns on the left. */
  readonly padLeft: number;
}

export type LayerSpec = DenseSpec | ConvSpec;

export interface ParameterSpec {
  readonly name: string;
  readonly kind: "weight" | "bias";
  readonly shape: readonly number[];
  readonly size: number;
  readonly fanIn: number;
  readonly fanOut: number;
}

export interface Network {
  /** `adversarial`: `encoder` and `mean` are a discriminator, `decoder` and `output` a generator; nothing leads from one to the other. */
  readonly kind: "autoencoder" | "adversarial";
  /** Classes of the label that a conditional network is told; 0 in every other. */
  readonly classes: number;
  readonly image: ImageShape;
  readonly pixels: number;
  readonly latentDim: number;
  /** Hidden layers of the encoder. */
  readonly encoder: readonly LayerSpec[];
  /** Head, linear but for a taught mistake: posterior mean, or the code itself in an autoencoder; of a discriminator its one score, named `score`. */
  readonly mean: DenseSpec;
  /** Head, as the last: log σ²; null in an autoencoder and in a GAN. */
  readonly logVar: DenseSpec | null;
  /** Hidden layers of the decoder. */
  readonly decoder: readonly LayerSpec[];
  /**
   * From the last hidden layer to the pixels' logits; linear, `outputActivation` comes after. Dense, or after a transposed
   * convolution another one of its kernel size and stride 1.
   */
  readonly output: LayerSpec;
  readonly outputActivation: OutputActivation;
  /** In the order of the layers above, weight before bias. */
  readonly parameters: readonly ParameterSpec[];
  readonly parameterCount: number;
}

type Described = Pick<RunConfig, "model" | "encoder" | "latentDim" | "decoder" | "outputActivation"> &
  Partial<Pick<RunConfig, "data" | "conditional" | "headActivation">>;

/**
 * @param classes of the labels that a conditional network is told, those of its data set unless given
 * @throws RangeError when the layers do not fit each other or the image; a config without issues never does.
 */
export function describeNetwork(config: Described, image: ImageShape, classes: number = classesTold(config)): Network {
  const pixels = pixelCount(image);
  const { latentDim, outputActivation, model, headActivation = "linear" } = config;
  const encoder = encoderLayers(config.encoder, image, classes);
  const isTold = encoder.some(({ kind }) => kind === "dense");
  const encoded = (encoder.at(-1)?.units ?? pixels) + (isTold ? 0 : classes);
  const head = (name: string) => dense(name, encoded, latentDim, headActivation, isTold ? 0 : classes);
  const mean = model === "gan" ? dense("score", encoded, 1, "linear") : head("mean");
  const logVar = model === "vae" ? head("logVar") : null;
  const decoder = decoderLayers(config.decoder, latentDim, image, classes);
  const output = outputLayer(decoder.at(-1), latentDim, image, classes);
  const layers = [...encoder, mean, ...(logVar === null ? [] : [logVar]), ...decoder, output];
  const parameters = layers.flatMap(parametersOf);
  const parameterCount = parameters.reduce((sum, { size }) => sum + size, 0);
  const kind = model === "gan" ? "adversarial" : "autoencoder";
  return { kind, classes, image, pixels, latentDim, encoder, mean, logVar, decoder, output, outputActivation, parameters, parameterCount };
}

function classesTold({ conditional = false, data }: Described): number {
  return conditional && data !== undefined ? DATASETS[data].classes : 0;
}

/** Whether a parameter is the discriminator's: of an adversarial network those of `encoder` and `mean`. */
export function isDiscriminator(parameterName: string): boolean {
  return parameterName.startsWith("encoder.") || parameterName.startsWith("score.");
}

/** In the order of the network's parameters. */
export function layersOf({ encoder, mean, logVar, decoder, output }: Network): readonly LayerSpec[] {
  return [...encoder, mean, ...(logVar === null ? [] : [logVar]), ...decoder, output];
}

/** The first dense layer is told the label. */
function encoderLayers(layers: RunConfig["encoder"], image: ImageShape, classes: number): LayerSpec[] {
  let from: ImageShape | null = image;
  let inputs = pixelCount(image);
  return layers.map((layer, i) => {
    const told = from === null ? 0 : classes;
    const spec: LayerSpec = isConvLayer(layer)
      ? convolution(`encoder.${i}`, layer, from)
      : dense(`encoder.${i}`, inputs + told, layer.units, layer.activation, told);
    from = spec.kind === "dense" ? null : spec.to;
    inputs = spec.units;
    return spec;
  });
}

/** The first layer, a dense one, is told the label. */
function decoderLayers(layers: RunConfig["decoder"], latentDim: number, image: ImageShape, classes: number): LayerSpec[] {
  let from = decoderGrid(layers, image);
  let inputs = latentDim;
  return layers.map((layer, i) => {
    const told = i === 0 ? classes : 0;
    const spec: LayerSpec = isConvLayer(layer)
      ? transposed(`decoder.${i}`, layer, from)
      : dense(`decoder.${i}`, inputs + told, layer.units, layer.activation, told);
    if (spec.kind !== "dense") from = spec.to;
    inputs = spec.units;
    return spec;
  });
}

function outputLayer(last: LayerSpec | undefined, latentDim: number, image: ImageShape, classes: number): LayerSpec {
  if (last === undefined) return dense("output", latentDim + classes, pixelCount(image), "linear", classes);
  if (last.kind === "dense") return dense("output", last.units, pixelCount(image), "linear");
  return transposed("output", { filters: image.channels, kernel: last.kernel, stride: 1, activation: "linear" }, last.to);
}

function dense(name: string, inputs: number, units: number, activation: Activation, classes = 0): DenseSpec {
  return { kind: "dense", name, inputs, units, activation, classes };
}

type ConvShape = Pick<ConvSpec, "kernel" | "stride" | "activation"> & { readonly filters: number };

function convolution(name: string, { filters, kernel, stride, activation }: ConvShape, from: ImageShape | null): ConvSpec {
  if (from === null) throw new RangeError(`describeNetwork: ${name} is a convolution after a dense layer`);
  const to = { height: Math.ceil(from.height / stride), width: Math.ceil(from.width / stride), channels: filters };
  const pads = samePadding(from, to, kernel, stride);
  return { kind: "conv", name, inputs: pixelCount(from), units: pixelCount(to), activation, from, to, kernel, stride, ...pads };
}

function transposed(name: string, { filters, kernel, stride, activation }: ConvShape, from: ImageShape | null): ConvSpec {
  if (from === null) throw new RangeError(`describeNetwork: ${name} has no image that it could enlarge to this one`);
  const to = { height: from.height * stride, width: from.width * stride, channels: filters };
  const pads = samePadding(to, from, kernel, stride);
  return { kind: "transposed", name, inputs: pixelCount(from), units: pixelCount(to), activation, from, to, kernel, stride, ...pads };
}

/** TensorFlow's "same": as little as the small image needs of the large one, the odd row or column at the far side. */
function samePadding(large: ImageShape, small: ImageShape, kernel: number, stride: number): Pick<ConvSpec, "padTop" | "padLeft"> {
  const before = (from: number, to: number) => Math.floor(Math.max((to - 1) * stride + kernel - from, 0) / 2);
  return { padTop: before(large.height, small.height), padLeft: before(large.width, small.width) };
}

function parametersOf(layer: LayerSpec): ParameterSpec[] {
  const { shape, fanIn, fanOut, biases } = weightOf(layer);
  const size = shape.reduce((product, length) => product * length, 1);
  return [
    { name: `${layer.name}.weight`, kind: "weight", shape, size, fanIn, fanOut },
    { name: `${layer.name}.bias`, kind: "bias", shape: [biases], size: biases, fanIn, fanOut },
  ];
}

/**
 * Fans as PyTorch and Keras both count them: over the second-last and the last axis of a kernel. Of a transposed convolution
 * that makes the fan in out of its output channels (PyTorch's `_calculate_fan_in_and_fan_out`, Keras' `compute_fans`).
 */
function weightOf(layer: LayerSpec): { shape: number[]; fanIn: number; fanOut: number; biases: number } {
  if (layer.kind === "dense") {
    const { inputs, units } = layer;
    return { shape: [inputs, units], fanIn: inputs, fanOut: units, biases: units };
  }
  const { kind, kernel, from, to } = layer;
  const [near, far] = kind === "conv" ? [from.channels, to.channels] : [to.channels, from.channels];
  const area = kernel * kernel;
  return { shape: [kernel, kernel, near, far], fanIn: area * near, fanOut: area * far, biases: to.channels };
}
