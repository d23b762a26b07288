/**
 * What follows from a snapshot and the probe without asking the worker: the model as
 * it stood, what a code decodes to, how likely the prior finds it, and which real
 * example lies nearest.
 *
 * Pure functions of what the stores hold.
 */
import { decode, encode } from "../model/forward";
import type { Network } from "../model/network";
import type { Bytes, Floats, Snapshot, WeightTable } from "../protocol/messages";
import type { RunState } from "./run-store";
import type { SeenImage } from "./seen-image";

export interface Model {
  readonly network: Network;
  readonly weights: WeightTable;
}

/** One model per table of weights, so that a selector hands out the same object until there are new ones: other examples are no other model. */
const models = new WeakMap<WeightTable, Model>();

/** The model of the last snapshot; null before the first. A selector of the run store. */
export function currentModel({ network, snapshot }: Pick<RunState, "network" | "snapshot">): Model | null {
  if (snapshot === null) return null;
  const known = models.get(snapshot.weights);
  if (known?.network === network) return known;
  const model = { network, weights: snapshot.weights };
  models.set(snapshot.weights, model);
  return model;
}

/** The class that a conditional network is told: `label`, or its last one where it knows fewer; null in every other network. */
export function toldClass({ classes }: Pick<Network, "classes">, label: number): number | null {
  return classes === 0 ? null : Math.min(label, classes - 1);
}

/**
 * Decodes one code into pixels after the output activation.
 *
 * @param z `latentDim` numbers
 * @param label that a conditional network is told
 * @returns `[pixels]`; null when the code is not of this model's width, as it may be for a moment after a change of network.
 */
export function decodeCode({ network, weights }: Model, z: readonly number[], label = 0): Floats | null {
  return z.length === network.latentDim ? decode(network, weights, Float32Array.from(z), 1, [label]) : null;
}

export interface SeenExample extends SeenImage {
  readonly index: number;
  readonly label: number;
}

/**
 * The posterior of a held-out image as the encoder sees it, each `[latentDim]`: of the snapshot, whose posteriors are of
 * images as they are; a spoilt one is encoded here.
 */
export function posteriorOfExample(
  network: Network,
  { weights, posteriorMean, posteriorLogVar }: Pick<Snapshot, "weights" | "posteriorMean" | "posteriorLogVar">,
  { seen, target, index, label }: SeenExample,
): { readonly mean: Floats; readonly logVar: Floats | null } {
  if (seen !== target) return encode(network, weights, seen, 1, [label]);
  const row = (values: Floats) => values.subarray(index * network.latentDim, (index + 1) * network.latentDim);
  return { mean: row(posteriorMean), logVar: posteriorLogVar === null ? null : row(posteriorLogVar) };
}

export interface PriorDensity {
  /** N(z; 0, I) over all latent dimensions, per unit of latent volume. */
  readonly density: number;
  /** Its natural logarithm, which is still of use when the density is too small to be told from 0. */
  readonly logDensity: number;
}

/** The prior's density at a code: −½ Σ (z² + log 2π) is its logarithm. */
export function priorDensity(z: readonly number[]): PriorDensity {
  const logDensity = -0.5 * z.reduce((sum, value) => sum + value * value + Math.log(2 * Math.PI), 0);
  return { density: Math.exp(logDensity), logDensity };
}

export interface NearestExample {
  /** Index into the examples. */
  readonly index: number;
  /** Euclidean, in the whole latent space, between the code and the example's posterior mean. */
  readonly distance: number;
}

/**
 * The example whose posterior mean lies nearest to a code, among the classes that are shown; null when there is none.
 *
 * @param z `latentDim` numbers
 */
export function nearestExample(
  { posteriorMean }: Pick<Snapshot, "posteriorMean">,
  labels: Bytes,
  hiddenClasses: readonly number[],
  z: readonly number[],
): NearestExample | null {
  const latentDim = z.length;
  const count = Math.min(labels.length, posteriorMean.length / latentDim);
  const hidden = new Set(hiddenClasses);
  let index = -1;
  let least = Infinity; // squared
  for (let i = 0; i < count; i++) {
    if (hidden.has(labels[i]!)) continue;
    let squared = 0;
    for (let d = 0; d < latentDim; d++) squared += (posteriorMean[i * latentDim + d]! - z[d]!) ** 2;
    if (squared < least) {
      least = squared;
      index = i;
    }
  }
  return index < 0 ? null : { index, distance: Math.sqrt(least) };
}
