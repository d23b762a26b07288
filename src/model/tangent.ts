/**
 * The decoder's derivative at codes, exact to rounding and never formed as a matrix: its
 * product with directions of latent space (forward mode, J · v) and with gradients
 * of pixels (reverse mode, Jᵀ · g), through the plain forward pass.
 *
 * Pixels are after the output activation. Where an activation has a corner its slope is the engine's: 0 of relu, the leaky
 * slope of lrelu.
 *
 * Source: Griewank & Walther 2008, Evaluating Derivatives, chapter 3; Baydin et al. 2018, arXiv:1502.05767, section 3.
 */
import type { Floats, WeightTable } from "../protocol/messages";
import type { Activation } from "../protocol/run-config";
import { activate, LEAKY_SLOPE } from "./forward";
import { applyAffine, applyTangent, applyTransposed, type Labels } from "./layer-products";
import type { LayerSpec, Network } from "./network";

/** The decoder at `count` codes: what it shows there, and how that changes. Costs a decode; so does every product. */
export interface LinearisedDecoder {
  /** As `decode` has them, `[count, pixels]`. */
  readonly pixels: Floats;
  /** `J · v`. @param directions one for each code, `[count, latentDim]` @returns `[count, pixels]` */
  readonly push: (directions: Float32Array) => Floats;
  /** `Jᵀ · g`. @param gradients by the pixels, `[count, pixels]` @returns `[count, latentDim]` */
  readonly pull: (gradients: Float32Array) => Floats;
}

/**
 * @param z `[count, latentDim]`
 * @param labels `[count]`, of a conditional network; they have no derivative
 * @throws RangeError when `z` is not `count` codes of this network's width.
 */
export function lineariseDecoder(
  network: Network,
  weights: WeightTable,
  z: Float32Array,
  count: number,
  labels?: Labels,
): LinearisedDecoder {
  expectCodes("lineariseDecoder: z", z, count, network.latentDim);
  const layers = [...network.decoder, network.output];
  const slopes: Floats[] = [];
  const ones = new Float32Array(z.length).fill(1); // nothing stands before the first layer
  let h: Float32Array = z;
  for (const layer of layers) {
    const y = applyAffine(layer, weights, h, count, labels);
    const activation = activationOf(network, layer);
    activate(activation, y);
    slopes.push(slopesOf(activation, y));
    h = y;
  }
  return {
    pixels: h as Floats,
    push: (directions) => {
      expectCodes("push: directions", directions, count, network.latentDim);
      let t: Float32Array = directions;
      layers.forEach((layer, i) => {
        t = multiply(applyTangent(layer, weights, t, count), slopes[i]!);
      });
      return t as Floats;
    },
    pull: (gradients) => {
      expectCodes("pull: gradients", gradients, count, network.pixels);
      let g: Float32Array = multiply(gradients.slice(), slopes.at(-1)!);
      for (let i = layers.length - 1; i >= 0; i--) g = applyTransposed(layers[i]!, weights, g, slopes[i - 1] ?? ones, count);
      return g as Floats;
    },
  };
}

/**
 * Decodes codes and, along with them, one direction of each: its pixels and how fast they change on leaving it that way.
 *
 * @param z `[count, latentDim]`, as `directions`
 * @returns both `[count, pixels]`; a tangent is a change of pixels per unit of length of its direction times that length
 */
export function decodeAlong(
  network: Network,
  weights: WeightTable,
  z: Float32Array,
  directions: Float32Array,
  count: number,
  labels?: Labels,
): { pixels: Floats; tangents: Floats } {
  const { pixels, push } = lineariseDecoder(network, weights, z, count, labels);
  return { pixels, tangents: push(directions) };
}

function expectCodes(what: string, values: Float32Array, count: number, width: number): void {
  if (values.length === count * width) return;
  throw new RangeError(`${what} holds ${values.length} numbers, ${count} of ${width} are ${count * width}`);
}

/** The output layer's own is linear; the output activation follows it. */
function activationOf(network: Network, layer: LayerSpec): Activation {
  return layer === network.output ? network.outputActivation : layer.activation;
}

/** The derivative of an activation from what came out of it. */
function slopesOf(activation: Activation, y: Floats): Floats {
  switch (activation) {
    case "linear":
      return y.map(() => 1);
    case "relu":
      return y.map((value) => (value > 0 ? 1 : 0));
    case "lrelu":
      return y.map((value) => (value > 0 ? 1 : LEAKY_SLOPE));
    case "elu": // e^x = y + 1 below 0
      return y.map((value) => (value > 0 ? 1 : value + 1));
    case "softplus": // σ(x) = 1 − e^−y
      return y.map((value) => -Math.expm1(-value));
    case "tanh":
      return y.map((value) => 1 - value * value);
    case "sigmoid":
      return y.map((value) => value * (1 - value));
  }
}

/** In place. */
function multiply(values: Float32Array, by: Floats): Float32Array {
  for (let i = 0; i < values.length; i++) values[i]! *= by[i]!;
  return values;
}
