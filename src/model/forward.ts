/**
 * The network's forward pass in plain TypeScript, float32 in and out.
 *
 * It serves the page: it decodes under the pointer from the last snapshot of
 * weights whatever the trainer is doing, and it is a second opinion in tests. Knows
 * no tensor, no GPU and no gradient.
 */
import type { Floats, WeightTable } from "../protocol/messages";
import type { Activation, OutputActivation } from "../protocol/run-config";
import { applyAffine, type Labels } from "./layer-products";
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

function apply(layer: LayerSpec, weights: WeightTable, x: Float32Array, count: number, labels?: Labels): Floats {
  const y = applyAffine(layer, weights, x, count, labels);
  activate(layer.activation, y);
  return y;
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
