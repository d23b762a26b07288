/**
 * How much memory a run will want, before any of it is asked for: told beside the
 * architecture editor and in the failure when a device has too little.
 *
 * An upper guess from the shapes alone; knows no backend.
 */
import type { OptimiserKind, RunConfig } from "../protocol/run-config";
import type { LayerSpec, Network } from "./network";

const BYTES_PER_FLOAT = 4;

/** Vectors as long as the parameters that an optimiser keeps from step to step. */
export const OPTIMISER_SLOTS: Readonly<Record<OptimiserKind, number>> = { adam: 2, sgd: 1, rmsprop: 1, adadelta: 2 };

/** Old and new weights, their gradient, and at most three intermediate vectors of an update, alive at once. */
const PASSING_VECTORS = 6;

/** Per unit of a layer and row of a batch: its output, the gradient of that, and one of the two transposed for a product. */
const COPIES_OF_ACTIVATION = 3;

export function estimateMemory(config: Pick<RunConfig, "trainSize" | "batchSize" | "optimiser">, network: Network): number {
  const { encoder, mean, logVar, decoder, output, parameterCount, pixels } = network;
  const layers: readonly LayerSpec[] = [...encoder, mean, ...(logVar === null ? [] : [logVar]), ...decoder, output];
  const units = layers.reduce((sum, layer) => sum + layer.units, pixels);
  const parameters = parameterCount * (PASSING_VECTORS + OPTIMISER_SLOTS[config.optimiser]) * BYTES_PER_FLOAT;
  const activations = config.batchSize * units * COPIES_OF_ACTIVATION * BYTES_PER_FLOAT;
  const images = config.trainSize * pixels;
  return parameters + activations + images;
}
