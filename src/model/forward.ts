/**
 * The network's forward pass in plain TypeScript, float32 in and out.
 *
 * It serves the page: it decodes under the pointer from the last snapshot of
 * weights whatever the trainer is doing, and it is a second opinion in tests. Knows
 * no tensor, no GPU and no gradient.
 */
import type { Floats, WeightTable } from "../protocol/messages";
import type { Activation, OutputActivation } from "../protocol/run-config";
import type { ConvSpec, DenseSpec, LayerSpec, Network } from "./network";

/**
 * log σ² is held in this range before it is used: e^±20 is far outside what a posterior over unit-scale codes needs, and
 * inside float32. Every trainer clamps alike.
 */
export const LOG_VAR_RANGE = { min: -20, max: 20 } as const;

/** Of each image or code, what a conditional network is told; 0 where there is none. Read by no other network. */
type Labels = ArrayLike<number>;

/**
 * Decodes `count` codes into pixels after the output activation.
 *
 * @param z `[count, latentDim]`
 * @param labels `[count]`, of a conditional network
 * @returns `[count, pixels]`
 * @throws RangeError when `z` is not `count` codes of this network's width.
 */
export function decode(network: Network, weights: WeightTable, z: Float32Array, count: number, labels?: Labels): Floats {
  if (z.length !== count * network.latentDim) {
    throw new RangeError(`decode: z holds ${z.length} numbers, ${count} codes of ${network.latentDim} are ${count * network.latentDim}`);
  }
  const pixels = decodeLogits(network, weights, z, count, labels);
  activateOutput(network.outputActivation, pixels);
  return pixels;
}

/** As `decode`, before the output activation. */
export function decodeLogits(network: Network, weights: WeightTable, z: Float32Array, count: number, labels?: Labels): Floats {
  return apply(network.output, weights, hidden(network.decoder, weights, z, count, labels), count, labels);
}

/** The decoder's hidden activations for `count` codes, layer by layer, each `[count, units]`. */
export function decoderActivations(network: Network, weights: WeightTable, z: Float32Array, count: number, labels?: Labels): Floats[] {
  return activations(network.decoder, weights, z, count, labels);
}

/** The encoder's hidden activations for `count` images, layer by layer, each `[count, units]`. */
export function encoderActivations(network: Network, weights: WeightTable, x: Float32Array, count: number, labels?: Labels): Floats[] {
  return activations(network.encoder, weights, x, count, labels);
}

/**
 * Encodes `count` images to their posteriors.
 *
 * @param x `[count, pixels]`, in [0, 1]
 * @returns mean and log σ² (clamped; null in an autoencoder), each `[count, latentDim]`
 */
export function encode(
  network: Network,
  weights: WeightTable,
  x: Float32Array,
  count: number,
  labels?: Labels,
): { mean: Floats; logVar: Floats | null } {
  const h = hidden(network.encoder, weights, x, count, labels);
  const mean = apply(network.mean, weights, h, count, labels);
  if (network.logVar === null) return { mean, logVar: null };
  const logVar = apply(network.logVar, weights, h, count, labels);
  for (let i = 0; i < logVar.length; i++) logVar[i] = Math.min(LOG_VAR_RANGE.max, Math.max(LOG_VAR_RANGE.min, logVar[i]!));
  return { mean, logVar };
}

function hidden(layers: readonly LayerSpec[], weights: WeightTable, x: Float32Array, count: number, labels?: Labels): Float32Array {
  let h = x;
  for (const layer of layers) h = apply(layer, weights, h, count, labels);
  return h;
}

function activations(layers: readonly LayerSpec[], weights: WeightTable, x: Float32Array, count: number, labels?: Labels): Floats[] {
  let h = x;
  return layers.map((layer) => {
    const y = apply(layer, weights, h, count, labels);
    h = y;
    return y;
  });
}

function parameter(weights: WeightTable, name: string, size: number): Floats {
  const values = weights[name];
  if (values?.length !== size) throw new RangeError(`forward: ${name} holds ${values?.length ?? "no"} numbers, the network wants ${size}`);
  return values;
}

function apply(layer: LayerSpec, weights: WeightTable, x: Float32Array, count: number, labels?: Labels): Floats {
  const y = layer.kind === "dense" ? dense(layer, weights, x, count, labels) : convolution(layer, weights, x, count);
  activate(layer.activation, y);
  return y;
}

/** `x · W + b`; where the layer is told a label, its one-hot stands after x: the weights' row of that class is added. */
function dense({ name, inputs, units, classes }: DenseSpec, weights: WeightTable, x: Float32Array, count: number, labels?: Labels): Floats {
  const weight = parameter(weights, `${name}.weight`, inputs * units);
  const y = biased(parameter(weights, `${name}.bias`, units), count);
  const width = inputs - classes;
  const active = new Uint32Array(width);
  for (let row = 0; row < count; row++) addActiveRows(weight, 0, x, row * width, active, y, row * units, units);
  if (classes === 0) return y;
  for (let row = 0; row < count; row++) {
    const told = (width + Math.min(labels?.[row] ?? 0, classes - 1)) * units;
    for (let j = 0; j < units; j++) y[row * units + j]! += weight[told + j]!;
  }
  return y;
}

/**
 * Both kinds are one walk: each pixel of the smaller image meets those of the larger one that the kernel lays on it, and
 * what flows between two pixels is a small dense layer.
 */
function convolution(layer: ConvSpec, weights: WeightTable, x: Float32Array, count: number): Floats {
  const { name, kind, from, to, kernel, stride, padTop, padLeft } = layer;
  const isForward = kind === "conv";
  const [small, large] = isForward ? [to, from] : [from, to];
  const tap = from.channels * to.channels;
  const given = parameter(weights, `${name}.weight`, kernel * kernel * tap);
  const weight = isForward ? given : swapChannels(given, from.channels, to.channels);
  const y = biased(parameter(weights, `${name}.bias`, to.channels), count * to.height * to.width);
  const active = new Uint32Array(from.channels);
  const rows = count * small.height;
  for (let row = 0; row < rows; row++) {
    const image = Math.floor(row / small.height);
    const top = (row % small.height) * stride - padTop;
    for (let i = Math.max(0, -top); i < Math.min(kernel, large.height - top); i++) {
      const largeRow = (image * large.height + top + i) * large.width;
      for (let column = 0; column < small.width; column++) {
        const left = column * stride - padLeft;
        const here = row * small.width + column;
        for (let j = Math.max(0, -left); j < Math.min(kernel, large.width - left); j++) {
          const there = largeRow + left + j;
          const source = (isForward ? there : here) * from.channels;
          const target = (isForward ? here : there) * to.channels;
          addActiveRows(weight, (i * kernel + j) * tap, x, source, active, y, target, to.channels);
        }
      }
    }
  }
  return y;
}

/** `[taps, to, from]` to `[taps, from, to]`. */
function swapChannels(weight: Floats, from: number, to: number): Floats {
  const tap = from * to;
  return weight.map((_, i) => weight[i - (i % tap) + (i % to) * from + Math.floor((i % tap) / to)]!);
}

/** `[count, bias.length]` */
function biased(bias: Floats, count: number): Floats {
  const y = new Float32Array(count * bias.length);
  for (let row = 0; row < count; row++) y.set(bias, row * bias.length);
  return y;
}

/**
 * `y[target …] += x[source …] · W`, of one row: adds rows of W scaled by their inputs, so that memory is read in order, zeros
 * (of relu, of dark pixels) cost nothing, and y is read and written once for four rows.
 *
 * @param start of W, `[active.length, units]`, in `weight`
 * @param active room for the indices of the inputs that are not 0
 */
function addActiveRows(
  weight: Floats,
  start: number,
  x: Float32Array,
  source: number,
  active: Uint32Array,
  y: Floats,
  target: number,
  units: number,
): void {
  let rows = 0;
  for (let i = 0; i < active.length; i++) if (x[source + i] !== 0) active[rows++] = i;
  let k = 0;
  for (; k + 4 <= rows; k += 4) {
    const [i0, i1, i2, i3] = [active[k]!, active[k + 1]!, active[k + 2]!, active[k + 3]!];
    const [x0, x1, x2, x3] = [x[source + i0]!, x[source + i1]!, x[source + i2]!, x[source + i3]!];
    const [w0, w1, w2, w3] = [start + i0 * units, start + i1 * units, start + i2 * units, start + i3 * units];
    for (let j = 0; j < units; j++) {
      y[target + j]! += x0 * weight[w0 + j]! + x1 * weight[w1 + j]! + x2 * weight[w2 + j]! + x3 * weight[w3 + j]!;
    }
  }
  for (; k < rows; k++) {
    const value = x[source + active[k]!]!;
    const row = start + active[k]! * units;
    for (let j = 0; j < units; j++) y[target + j]! += value * weight[row + j]!;
  }
}

/** Applies a hidden activation in place. */
export function activate(activation: Activation, values: Float32Array): void {
  switch (activation) {
    case "linear":
      return;
    case "relu":
      for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = 0;
      return;
    case "lrelu":
      for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = LEAKY_SLOPE * values[i]!;
      return;
    case "elu":
      for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = Math.expm1(values[i]!);
      return;
    case "softplus":
      for (let i = 0; i < values.length; i++) values[i] = Math.max(values[i]!, 0) + Math.log1p(Math.exp(-Math.abs(values[i]!)));
      return;
    case "tanh":
      for (let i = 0; i < values.length; i++) values[i] = Math.tanh(values[i]!);
      return;
    case "sigmoid":
      for (let i = 0; i < values.length; i++) values[i] = 1 / (1 + Math.exp(-values[i]!));
      return;
  }
}

/** Slope of the leaky relu below 0, PyTorch's default. */
export const LEAKY_SLOPE = 0.01;

/** Applies the output activation in place: logits to pixels. */
export function activateOutput(activation: OutputActivation, values: Float32Array): void {
  activate(activation, values);
}
