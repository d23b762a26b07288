/**
 * How much memory a run will want, before any of it is asked for: told beside the
 * architecture editor and in the failure when a device has too little.
 *
 * A guess from the shapes alone that fits the trainer over TensorFlow.js, which wants the most; knows no backend.
 */
import type { OptimiserKind, RunConfig } from "../protocol/run-config";
import { layersOf, type Network } from "./network";

const BYTES_PER_FLOAT = 4;

/** Vectors as long as the parameters that an optimiser keeps from step to step. */
export const OPTIMISER_SLOTS: Readonly<Record<OptimiserKind, number>> = { adam: 2, sgd: 1, rmsprop: 1, adadelta: 2 };

/** Old and new weights, new slots, the gradient, and intermediate vectors of an update, alive at once. */
const PASSING_VECTORS = 11;

/**
 * Per unit of a layer and row of a batch: its output, the gradients by it and by its sum, and what a product lays out anew.
 * Both numbers are those with which peaks measured on wasm come out, for 784-400-20 (40.6 MB) and the convolutional VAE (165 MB).
 */
const COPIES_OF_ACTIVATION = 6;

export function estimateMemory(config: Pick<RunConfig, "trainSize" | "batchSize" | "optimiser">, network: Network): number {
  const { parameterCount, pixels } = network;
  const units = layersOf(network).reduce((sum, layer) => sum + layer.units, pixels);
  const parameters = parameterCount * (PASSING_VECTORS + OPTIMISER_SLOTS[config.optimiser]) * BYTES_PER_FLOAT;
  const activations = config.batchSize * units * COPIES_OF_ACTIVATION * BYTES_PER_FLOAT;
  const images = config.trainSize * pixels;
  return parameters + activations + images;
}
