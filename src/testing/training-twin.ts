/**
 * Whole training steps in float64: batches and noise of the run's streams, the
 * gradient by central differences, the optimiser one number at a time.
 */
import { fillNormal } from "../lib/random";
import { batchIndices } from "../model/batch-order";
import { binarise, corrupt, type Draws } from "../model/corruption";
import type { Network } from "../model/network";
import { betaAt, capacityAt } from "../model/schedule";
import { STREAMS } from "../model/streams";
import type { RunConfig } from "../protocol/run-config";
import { centralDifferences } from "./central-differences";
import { objectiveTwin, twinWeights, type GivenImage, type TermsTwin, type TwinWeights } from "./model-twin";
import { optimiserTwin, type ScalarState } from "./optimiser-twin";

export interface TrainedTwin {
  /** Of each step, before its update, and of the one that would follow. */
  readonly terms: readonly TermsTwin[];
  readonly weights: TwinWeights;
}

/** Rows of `width` numbers. */
export function rowsOf(values: ArrayLike<number>, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, row) => Array.from({ length: width }, (_, i) => values[row * width + i]!));
}

/**
 * @param pixels `[trainSize, pixels]` bytes
 * @param labels `[trainSize]`, of a conditional network
 */
export function trainTwin(
  config: RunConfig,
  network: Network,
  start: Readonly<Record<string, ArrayLike<number>>>,
  pixels: Uint8Array,
  steps: number,
  labels?: ArrayLike<number>,
): TrainedTwin {
  const weights = twinWeights(start);
  const states: Record<string, ScalarState[]> = Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [name, Array.from(values, (w) => ({ w, a: 0, b: 0 }))]),
  );
  const terms: TermsTwin[] = [];
  for (let step = 0; step <= steps; step++) {
    const { images, epsilon } = batchTwin(config, network, pixels, labels, step);
    const rates = { beta: betaAt(config, config.beta, step + 1), capacity: capacityAt(config, step + 1) };
    const at = () => objectiveTwin(network, config, weights, images, epsilon, rates);
    terms.push(at());
    if (step === steps) break;
    const gradients = Object.entries(weights).map(([name, values]) => [name, centralDifferences(values, () => at().lowered)] as const);
    for (const [name, gradient] of gradients) {
      gradient.forEach((g, i) => {
        const state = states[name]![i]!;
        optimiserTwin(config, state, g, step + 1);
        weights[name]![i] = state.w;
      });
    }
  }
  return { terms, weights };
}

/** One image as it stands in a batch or in the held-out set: drawn black and white, spoilt, as the config has it. */
export function givenImage(config: RunConfig, bytes: ArrayLike<number>, label: number, draws: Draws): GivenImage {
  const target = Float32Array.from(bytes, (byte) => byte / 255);
  if (config.reconstruction === "bernoulli") binarise(config.seed, draws, target);
  const input = target.slice();
  corrupt(config, draws, input);
  return { input: [...input], target: [...target], label };
}

function batchTwin(config: RunConfig, network: Network, pixels: Uint8Array, labels: ArrayLike<number> | undefined, step: number) {
  const indices = new Uint32Array(config.batchSize);
  batchIndices(config, step, indices);
  const all = rowsOf(pixels, network.pixels);
  const images = Array.from(indices, (index, row) =>
    givenImage(config, all[index]!, labels?.[index] ?? 0, { purpose: "training", block: step, first: row * network.pixels }),
  );
  if (network.logVar === null) return { images, epsilon: null };
  const noise = new Float32Array(config.batchSize * network.latentDim);
  fillNormal({ seed: config.seed, stream: STREAMS.trainingNoise }, step, noise);
  return { images, epsilon: rowsOf(noise, network.latentDim) };
}
