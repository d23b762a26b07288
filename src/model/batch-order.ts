/**
 * Which training image stands where in which batch: a pure function of seed and
 * step, so that a run can be resumed or drawn on a GPU.
 *
 * The first epoch goes through the data set's files one after the other, shuffled
 * within each, so that training can start when the first file is there and the
 * curve still does not depend on how fast the rest came. Every later epoch is one
 * shuffle of all. The last partial batch of an epoch is dropped.
 */
import { permutedIndex } from "../lib/random";
import { CHUNK_IMAGES } from "../protocol/datasets";
import { stepsPerEpoch, type RunConfig } from "../protocol/run-config";
import { STREAMS } from "./streams";

type OrderConfig = Pick<RunConfig, "trainSize" | "batchSize" | "seed">;

/** Keeps the shuffles of the first epoch's files apart from those of later epochs. */
export const FIRST_EPOCH_BLOCK = 2 ** 28;

/** Writes the image indices of optimiser step `step`, counted from 0, to `out` (`batchSize` long). */
export function batchIndices(config: OrderConfig, step: number, out: Uint32Array): void {
  const perEpoch = stepsPerEpoch(config);
  const epoch = Math.floor(step / perEpoch);
  const first = (step % perEpoch) * config.batchSize;
  for (let i = 0; i < config.batchSize; i++) out[i] = imageAt(config, epoch, first + i);
}

function imageAt({ trainSize, seed }: OrderConfig, epoch: number, position: number): number {
  const random = { seed, stream: STREAMS.order };
  if (epoch > 0) return permutedIndex(random, epoch, trainSize, position);
  const chunk = Math.floor(position / CHUNK_IMAGES);
  const start = chunk * CHUNK_IMAGES;
  const size = Math.min(CHUNK_IMAGES, trainSize - start);
  return start + permutedIndex(random, FIRST_EPOCH_BLOCK + chunk, size, position - start);
}

/** How many of the first training images must be there for step `step`, counted from 0. */
export function imagesNeeded(config: OrderConfig, step: number): number {
  if (step >= stepsPerEpoch(config)) return config.trainSize;
  const last = (step + 1) * config.batchSize;
  return Math.min(config.trainSize, Math.ceil(last / CHUNK_IMAGES) * CHUNK_IMAGES);
}
