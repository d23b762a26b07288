/**
 * The network's forward pass in plain TypeScript, float32 in and out.
 *
 * It serves the page: it decodes under the pointer from the last snapshot of
 * weights whatever the trainer is doing, and it is a second opinion in tests. Knows
 * no tensor, no GPU and no gradient.
 */
import type { Floats, WeightTable } from "../protocol/messages";
import type { Activation, OutputActivation } from "../protocol/run-config";
import type { LayerSpec, Network } from "./network";

/**
 * log σ² is held in this range before it is used: e^±20 is far outside what a posterior over unit-scale codes needs, and
 * inside float32. Every trainer clamps alike.
 */
export const LOG_VAR_RANGE = { min: -20, max: 20 } as const;

/**
 * Decodes `count` codes into pixels after the output activation.
 *
 * @param z `[count, latentDim]`
 * @returns `[count, pixels]`
 * @throws RangeError when `z` is not `count` codes of this network's width.
 */
export function decode(network: Network, weights: WeightTable, z: Float32Array, count: number): Floats {
  if (z.length !== count * network.latentDim) {
    throw new RangeError(`decode: z holds ${z.length} numbers, ${count} codes of ${network.latentDim} are ${count * network.latentDim}`);
  }
  const pixels = decodeLogits(network, weights, z, count);
  activateOutput(network.outputActivation, pixels);
  return pixels;
}

/** As `decode`, before the output activation. */
export function decodeLogits(network: Network, weights: WeightTable, z: Float32Array, count: number): Floats {
  return dense(network.output, weights, hidden(network.decoder, weights, z, count), count);
}

/** The decoder's hidden activations for `count` codes, layer by layer, each `[count, units]`. */
export function decoderActivations(network: Network, weights: WeightTable, z: Float32Array, count: number): Floats[] {
  return activations(network.decoder, weights, z, count);
}

/** The encoder's hidden activations for `count` images, layer by layer, each `[count, units]`. */
export function encoderActivations(network: Network, weights: WeightTable, x: Float32Array, count: number): Floats[] {
  return activations(network.encoder, weights, x, count);
}

/**
 * Encodes `count` images to their posteriors.
 *
 * @param x `[count, pixels]`, in [0, 1]
 * @returns mean and log σ² (clamped; null in an autoencoder), each `[count, latentDim]`
 */
export function encode(network: Network, weights: WeightTable, x: Float32Array, count: number): { mean: Floats; logVar: Floats | null } {
  const h = hidden(network.encoder, weights, x, count);
  const mean = dense(network.mean, weights, h, count);
  if (network.logVar === null) return { mean, logVar: null };
  const logVar = dense(network.logVar, weights, h, count);
  for (let i = 0; i < logVar.length; i++) logVar[i] = Math.min(LOG_VAR_RANGE.max, Math.max(LOG_VAR_RANGE.min, logVar[i]!));
  return { mean, logVar };
}

function hidden(layers: readonly LayerSpec[], weights: WeightTable, x: Float32Array, count: number): Float32Array {
  let h = x;
  for (const layer of layers) h = dense(layer, weights, h, count);
  return h;
}

function activations(layers: readonly LayerSpec[], weights: WeightTable, x: Float32Array, count: number): Floats[] {
  let h = x;
  return layers.map((layer) => {
    const y = dense(layer, weights, h, count);
    h = y;
    return y;
  });
}

function parameter(weights: WeightTable, name: string, size: number): Floats {
  const values = weights[name];
  if (values?.length !== size) throw new RangeError(`forward: ${name} holds ${values?.length ?? "no"} numbers, the network wants ${size}`);
  return values;
}

/** `activation(x · W + b)`. */
function dense({ name, inputs, units, activation }: LayerSpec, weights: WeightTable, x: Float32Array, count: number): Floats {
  const weight = parameter(weights, `${name}.weight`, inputs * units);
  const bias = parameter(weights, `${name}.bias`, units);
  const y = new Float32Array(count * units);
  const active = new Uint32Array(inputs);
  for (let row = 0; row < count; row++) {
    const out = y.subarray(row * units, (row + 1) * units);
    out.set(bias);
    addActiveRows(weight, units, x.subarray(row * inputs, (row + 1) * inputs), active, out);
  }
  activate(activation, y);
  return y;
}

/**
 * `out += x · W`: adds rows of W scaled by their inputs, so that memory is read in order, zeros (of relu, of dark pixels) cost
 * nothing, and `out` is read and written once for four rows.
 */
function addActiveRows(weight: Floats, units: number, x: Float32Array, active: Uint32Array, out: Float32Array): void {
  let rows = 0;
  for (let i = 0; i < x.length; i++) if (x[i] !== 0) active[rows++] = i;
  let k = 0;
  for (; k + 4 <= rows; k += 4) {
    const [i0, i1, i2, i3] = [active[k]!, active[k + 1]!, active[k + 2]!, active[k + 3]!];
    const [x0, x1, x2, x3] = [x[i0]!, x[i1]!, x[i2]!, x[i3]!];
    const [w0, w1, w2, w3] = [i0 * units, i1 * units, i2 * units, i3 * units];
    for (let j = 0; j < units; j++) {
      out[j]! += x0 * weight[w0 + j]! + x1 * weight[w1 + j]! + x2 * weight[w2 + j]! + x3 * weight[w3 + j]!;
    }
  }
  for (; k < rows; k++) {
    const value = x[active[k]!]!;
    const start = active[k]! * units;
    for (let j = 0; j < units; j++) out[j]! += value * weight[start + j]!;
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
