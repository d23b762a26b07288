/**
 * Whole training steps in float64: batches and noise of the run's streams, the
 * gradient by central differences, the optimiser one number at a time.
 */
import { fillNormal } from "../lib/random";
import { batchIndices } from "../model/batch-order";
import type { Network } from "../model/network";
import { STREAMS } from "../model/streams";
import type { RunConfig } from "../protocol/run-config";
import { centralDifferences } from "./central-differences";
import { objectiveTwin, twinWeights, type TermsTwin, type TwinWeights } from "./model-twin";
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

/** @param pixels `[trainSize, pixels]` bytes */
export function trainTwin(
  config: RunConfig,
  network: Network,
  start: Readonly<Record<string, ArrayLike<number>>>,
  pixels: Uint8Array,
  steps: number,
): TrainedTwin {
  const weights = twinWeights(start);
  const states: Record<string, ScalarState[]> = Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [name, Array.from(values, (w) => ({ w, a: 0, b: 0 }))]),
  );
  const terms: TermsTwin[] = [];
  for (let step = 0; step <= steps; step++) {
    const { images, epsilon } = batchTwin(config, network, pixels, step);
    const at = () => objectiveTwin(network, config.reconstruction, config.beta, weights, images, epsilon);
    terms.push(at());
    if (step === steps) break;
    const gradients = Object.entries(weights).map(([name, values]) => [name, centralDifferences(values, () => at().objective)] as const);
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

function batchTwin(config: RunConfig, network: Network, pixels: Uint8Array, step: number) {
  const indices = new Uint32Array(config.batchSize);
  batchIndices(config, step, indices);
  const all = rowsOf(pixels, network.pixels);
  const images = Array.from(indices, (index) => all[index]!.map((byte) => byte / 255));
  if (network.logVar === null) return { images, epsilon: null };
  const noise = new Float32Array(config.batchSize * network.latentDim);
  fillNormal({ seed: config.seed, stream: STREAMS.trainingNoise }, step, noise);
  return { images, epsilon: rowsOf(noise, network.latentDim) };
}
