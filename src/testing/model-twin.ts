/**
 * The model again in float64 loops, one image at a time, one number at a time: slow,
 * plain, the judge in tests. Shares no arithmetic with the engine.
 *
 * Source: Kingma & Welling 2013, arXiv:1312.6114, sections 2.3–2.4 and appendix B; β-VAE, Higgins et al., ICLR 2017; conditional,
 * Sohn et al. 2015.
 */
import { LEAKY_SLOPE, LOG_VAR_RANGE } from "../model/forward";
import type { DenseSpec, LayerSpec, Network } from "../model/network";
import type { Activation, RunConfig } from "../protocol/run-config";
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

/** @param label of the image, read by a layer that is told it */
export function layerTwin(layer: LayerSpec, weights: TwinWeights, x: readonly number[], label = 0): number[] {
  if (layer.kind === "dense") return denseTwin(layer, weights, x, label);
  const sums = convTwin(layer, weights[`${layer.name}.weight`]!, weights[`${layer.name}.bias`]!, x);
  return sums.map((sum) => activationTwin(layer.activation, sum));
}

export function denseTwin({ name, inputs, units, classes, activation }: DenseSpec, weights: TwinWeights, x: readonly number[], label = 0) {
  return Array.from({ length: units }, (_, unit) => {
    let sum = weights[`${name}.bias`]![unit]!;
    for (let i = 0; i < inputs; i++) {
      const isLabel = i === inputs - classes + label; // never, where there are no classes
      sum += (i < inputs - classes ? x[i]! : isLabel ? 1 : 0) * weights[`${name}.weight`]![i * units + unit]!;
    }
    return activationTwin(activation, sum);
  });
}

/** What comes out of layers, one after another. */
export function stackTwin(layers: readonly LayerSpec[], weights: TwinWeights, x: readonly number[], label = 0): readonly number[] {
  return layers.reduce<readonly number[]>((h, layer) => layerTwin(layer, weights, h, label), x);
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

/** −log of the normal density, pixel by pixel: `e^−((x − x̂)/σ)²/2 / (σ √2π)`. */
export function gaussianTwin(reconstruction: readonly number[], x: readonly number[], sigma: number): number {
  return reconstruction.reduce((sum, value, i) => {
    const deviations = (x[i]! - value) / sigma;
    return sum + deviations ** 2 / 2 + Math.log(sigma * Math.sqrt(2 * Math.PI));
  }, 0);
}

type Likelihood = Pick<RunConfig, "reconstruction" | "sigma">;

export function lossTwin(
  { reconstruction: kind, sigma }: Likelihood,
  logits: readonly number[],
  reconstruction: readonly number[],
  x: readonly number[],
): number {
  switch (kind) {
    case "bce":
    case "bernoulli":
      return bceTwin(logits, x);
    case "gaussian":
      return gaussianTwin(reconstruction, x, sigma);
    case "mse":
      return squaredErrorTwin(reconstruction, x);
  }
}

/** KL(N(mean, e^logVar) ‖ N(0, 1)), summed over dimensions, from the two densities' entropies: `log(1/σ) + (σ² + μ²)/2 − ½`. */
export function klTwin(mean: readonly number[], logVar: readonly number[]): number {
  return mean.reduce((sum, mu, d) => {
    const sigma = Math.exp(logVar[d]! / 2);
    return sum + (Math.log(1 / sigma) + (sigma * sigma + mu * mu) / 2 - 0.5);
  }, 0);
}

/** One image as a network is given it. */
export interface GivenImage {
  /** What the encoder sees. */
  readonly input: readonly number[];
  /** What the loss compares with. */
  readonly target: readonly number[];
  readonly label: number;
}

export interface ImageTwin {
  readonly mean: readonly number[];
  readonly logVar: readonly number[] | null;
  readonly z: readonly number[];
  readonly logits: readonly number[];
  readonly reconstruction: readonly number[];
  /** Nats, summed over pixels. */
  readonly loss: number;
  /** To the prior; 0 in an autoencoder. */
  readonly kl: number;
}

/** One image through the whole network. @param epsilon null decodes the mean */
export function imageTwin(
  network: Network,
  likelihood: Likelihood,
  weights: TwinWeights,
  { input, target, label }: GivenImage,
  epsilon: readonly number[] | null,
): ImageTwin {
  const h = stackTwin(network.encoder, weights, input, label);
  const mean = denseTwin(network.mean, weights, h, label);
  const { min, max } = LOG_VAR_RANGE;
  const raw = network.logVar && denseTwin(network.logVar, weights, h, label);
  const logVar = raw && raw.map((value) => (value < min ? min : value > max ? max : value));
  const z = mean.map((mu, d) => (logVar === null || epsilon === null ? mu : mu + Math.sqrt(Math.exp(logVar[d]!)) * epsilon[d]!));
  const logits = layerTwin(network.output, weights, stackTwin(network.decoder, weights, z, label), label);
  const reconstruction = logits.map((logit) => activationTwin(network.outputActivation, logit));
  const loss = lossTwin(likelihood, logits, reconstruction, target);
  return { mean, logVar, z, logits, reconstruction, loss, kl: logVar === null ? 0 : klTwin(mean, logVar) };
}

export interface TermsTwin {
  readonly reconstruction: number;
  readonly kl: number;
  /** What β is multiplied with: the KL itself where nothing else stands for it. */
  readonly penalty: number;
  readonly objective: number;
  /** What the gradient is taken of: the objective, but where its KL is detached. */
  readonly lowered: number;
}

export type ObjectiveConfig = Likelihood & Pick<RunConfig, "klMode" | "freeBits" | "mistake">;

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a batch of posteriors is charged. @param images mean and log σ² of each @param capacity C */
export function chargeTwin(
  { klMode, freeBits, mistake }: Pick<ObjectiveConfig, "klMode" | "freeBits" | "mistake">,
  images: readonly Pick<ImageTwin, "mean" | "logVar">[],
  capacity: number,
): Pick<TermsTwin, "kl" | "penalty"> {
  if (mistake === "code-mean") {
    const kl = average(images.flatMap(({ mean }) => mean));
    return { kl, penalty: kl };
  }
  if (mistake === "detached-kl") {
    const kl = average(images.map(({ mean }) => mean.reduce((sum, value) => sum + (value * value) / 2, 0)));
    return { kl, penalty: kl };
  }
  const byDimension = images[0]!.mean.map((_, d) =>
    average(images.map(({ mean, logVar }) => (logVar === null ? 0 : klTwin([mean[d]!], [logVar[d]!])))),
  );
  const kl = byDimension.reduce((sum, value) => sum + value, 0);
  if (images[0]!.logVar === null || klMode === "plain") return { kl, penalty: kl };
  if (klMode === "capacity") return { kl, penalty: kl < capacity ? capacity - kl : kl - capacity };
  return { kl, penalty: byDimension.reduce((sum, value) => sum + (value < freeBits ? freeBits : value), 0) };
}

/** Means over a batch. @param epsilon one row for each image; null decodes means @param rates β and C of the step */
export function objectiveTwin(
  network: Network,
  config: ObjectiveConfig,
  weights: TwinWeights,
  images: readonly GivenImage[],
  epsilon: readonly (readonly number[])[] | null,
  { beta, capacity }: { readonly beta: number; readonly capacity: number },
): TermsTwin {
  const twins = images.map((image, i) => imageTwin(network, config, weights, image, epsilon?.[i] ?? null));
  const reconstruction = twins.reduce((sum, { loss }) => sum + loss / twins.length, 0);
  const { kl, penalty } = chargeTwin(config, twins, capacity);
  const objective = reconstruction + beta * penalty;
  return { reconstruction, kl, penalty, objective, lowered: config.mistake === "detached-kl" ? reconstruction : objective };
}
