/** Round numbers to choose from, with the one at hand among them. */
import type { RunConfig } from "../../protocol/run-config";
import { DATASETS, type DatasetId } from "../../protocol/datasets";

const BATCH_SIZES = [16, 32, 64, 128, 256, 512, 1024];
const TRAIN_SIZES = [100, 250, 500, 1_000, 2_500, 5_000, 10_000];

/** Batch sizes that fit the training images. */
export function batchChoices({ batchSize, trainSize }: Pick<RunConfig, "batchSize" | "trainSize">): number[] {
  return withCurrent(
    BATCH_SIZES.filter((size) => size <= trainSize),
    batchSize,
  );
}

/** Numbers of training images of a data set: round ones, and all there are. */
export function trainSizeChoices(data: DatasetId, { trainSize, batchSize }: Pick<RunConfig, "batchSize" | "trainSize">): number[] {
  const { trainMax } = DATASETS[data];
  return withCurrent([...TRAIN_SIZES.filter((size) => size < trainMax && size >= batchSize), trainMax], trainSize);
}

function withCurrent(choices: readonly number[], current: number): number[] {
  return [...new Set(Number.isFinite(current) ? [...choices, current] : choices)].toSorted((a, b) => a - b);
}
