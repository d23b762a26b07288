/**
 * The model again in float64 loops, one image at a time, one number at a time: slow,
 * plain, the judge in tests. Shares no arithmetic with the engine.
 *
 * Source: Kingma & Welling 2013, arXiv:1312.6114, sections 2.3–2.4 and appendix B; β-VAE, Higgins et al., ICLR 2017.
 */
import { LEAKY_SLOPE, LOG_VAR_RANGE } from "../model/forward";
import type { DenseSpec, LayerSpec, Network } from "../model/network";
import type { Activation, ReconstructionKind } from "../protocol/run-config";
import { convTwin } from "./conv-twin";

/** Parameters by name, in the layout of `model/network`. */
export type TwinWeights = Readonly<Record<string, Float64Array>>;

export function twinWeights(table: Readonly<Record<string, ArrayLike<number>>>): TwinWeights {
  return Object.fromEntries(Object.entries(table).map(([name, values]) => [name, Float64Array.from(values)]));
}

export function activationTwin(activation: Activation, x: number): number {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return x > 0 ? x : 0;
    case "lrelu":
      return x > 0 ? x : LEAKY_SLOPE * x;
    case "elu":
      return x > 0 ? x : Math.exp(x) - 1;
    case "softplus":
      return x > 40 ? x : Math.log1p(Math.exp(x)); // e^−40 is below what float64 adds to 40
    case "tanh":
      return (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1);
    case "sigmoid":
      return 1 / (1 + Math.exp(-x));
  }
}

export function layerTwin(layer: LayerSpec, weights: TwinWeights, x: readonly number[]): number[] {
  if (layer.kind === "dense") return denseTwin(layer, weights, x);
  const sums = convTwin(layer, weights[`${layer.name}.weight`]!, weights[`${layer.name}.bias`]!, x);
  return sums.map((sum) => activationTwin(layer.activation, sum));
}

export function denseTwin({ name, inputs, units, activation }: DenseSpec, weights: TwinWeights, x: readonly number[]): number[] {
  return Array.from({ length: units }, (_, unit) => {
    let sum = weights[`${name}.bias`]![unit]!;
    for (let i = 0; i < inputs; i++) sum += x[i]! * weights[`${name}.weight`]![i * units + unit]!;
    return activationTwin(activation, sum);
  });
}

function stackTwin(layers: readonly LayerSpec[], weights: TwinWeights, x: readonly number[]): readonly number[] {
  return layers.reduce<readonly number[]>((h, layer) => layerTwin(layer, weights, h), x);
}

/** −log p(x|logits) of Bernoulli pixels: `−Σ x log p + (1 − x) log(1 − p)`, with p and 1 − p each from the logit. */
export function bceTwin(logits: readonly number[], x: readonly number[]): number {
  let nats = 0;
  for (let i = 0; i < logits.length; i++) {
    const on = 1 / (1 + Math.exp(-logits[i]!));
    const off = 1 / (1 + Math.exp(logits[i]!));
    nats -= x[i]! * Math.log(on) + (1 - x[i]!) * Math.log(off);
  }
  return nats;
}

export function squaredErrorTwin(reconstruction: readonly number[], x: readonly number[]): number {
  return reconstruction.reduce((sum, value, i) => sum + (value - x[i]!) ** 2, 0);
}

/** KL(N(mean, e^logVar) ‖ N(0, 1)), summed over dimensions, from the two densities' entropies: `log(1/σ) + (σ² + μ²)/2 − ½`. */
export function klTwin(mean: readonly number[], logVar: readonly number[]): number {
  return mean.reduce((sum, mu, d) => {
    const sigma = Math.exp(logVar[d]! / 2);
    return sum + (Math.log(1 / sigma) + (sigma * sigma + mu * mu) / 2 - 0.5);
  }, 0);
}

export interface ImageTwin {
  readonly mean: readonly number[];
  readonly logVar: readonly number[] | null;
  readonly z: readonly number[];
  readonly logits: readonly number[];
  readonly reconstruction: readonly number[];
  /** Nats, summed over pixels. */
  readonly loss: number;
  readonly kl: number;
}

/** One image through the whole network. @param epsilon null decodes the mean */
export function imageTwin(
  network: Network,
  reconstructionKind: ReconstructionKind,
  weights: TwinWeights,
  x: readonly number[],
  epsilon: readonly number[] | null,
): ImageTwin {
  const h = stackTwin(network.encoder, weights, x);
  const mean = denseTwin(network.mean, weights, h);
  const { min, max } = LOG_VAR_RANGE;
  const logVar = network.logVar && denseTwin(network.logVar, weights, h).map((value) => (value < min ? min : value > max ? max : value));
  const z = mean.map((mu, d) => (logVar === null || epsilon === null ? mu : mu + Math.sqrt(Math.exp(logVar[d]!)) * epsilon[d]!));
  const logits = layerTwin(network.output, weights, stackTwin(network.decoder, weights, z));
  const reconstruction = logits.map((logit) => activationTwin(network.outputActivation, logit));
  const loss = reconstructionKind === "bce" ? bceTwin(logits, x) : squaredErrorTwin(reconstruction, x);
  return { mean, logVar, z, logits, reconstruction, loss, kl: logVar === null ? 0 : klTwin(mean, logVar) };
}

export interface TermsTwin {
  readonly reconstruction: number;
  readonly kl: number;
  readonly objective: number;
}

/** Means over a batch. @param epsilon one row for each image; null decodes means */
export function objectiveTwin(
  network: Network,
  reconstructionKind: ReconstructionKind,
  beta: number,
  weights: TwinWeights,
  images: readonly (readonly number[])[],
  epsilon: readonly (readonly number[])[] | null,
): TermsTwin {
  let reconstruction = 0;
  let kl = 0;
  images.forEach((x, i) => {
    const twin = imageTwin(network, reconstructionKind, weights, x, epsilon?.[i] ?? null);
    reconstruction += twin.loss / images.length;
    kl += twin.kl / images.length;
  });
  return { reconstruction, kl, objective: reconstruction + beta * kl };
}
