/** Small runs for the suites of the `Trainer` contract: made-up pictures with labels, two batches an epoch and an image left over. */
import { expect } from "vitest";
import { canRun } from "../engine/capability";
import type { Images, Trainer, TrainerInputs } from "../engine/trainer";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork, type Network } from "../model/network";
import type { ImageShape } from "../protocol/datasets";
import type { Bytes, WeightTable } from "../protocol/messages";
import { DEFAULT_CONFIG, type BackendName, type EngineName, type RunConfig } from "../protocol/run-config";
import { expectClose } from "./close";

/** What the contract is asked of. */
export interface TrainerSuite {
  readonly engine: EngineName;
  readonly backend: BackendName;
  /** Relative, of float32 against float64. */
  readonly tolerance: number;
  readonly make: (inputs: TrainerInputs) => Promise<Trainer>;
  /** Tensors or GPU buffers that have been made and not been freed. */
  readonly alive: () => number;
}

/** No size a multiple of 4. */
export const SMALL_CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  trainSize: 15,
  batchSize: 7,
  encoder: [
    { units: 6, activation: "relu" },
    { units: 5, activation: "softplus" },
  ],
  latentDim: 3,
  decoder: [{ units: 5, activation: "tanh" }],
  learningRate: 0.01,
  beta: 0.8,
};

export const SMALL_IMAGE: ImageShape = { height: 3, width: 3, channels: 1 };

/** With labels of ten classes, which only a conditional network reads. */
export function imagesOf(count: number, { pixels }: Network, places?: ArrayLike<number>): Images {
  return {
    pixels: Uint8Array.from({ length: count * pixels }, (_, i) => (i * 151 + (i % 13) * 17) % 256),
    count,
    labels: Uint8Array.from({ length: count }, (_, i) => (i * 7 + 2) % 10),
    ...(places && { places }),
  };
}

export interface Built {
  readonly config: RunConfig;
  readonly network: Network;
  readonly weights: WeightTable;
  /** The training images. */
  readonly pixels: Bytes;
  readonly labels: Bytes;
  readonly trainer: Trainer;
}

export async function build({ make }: TrainerSuite, changes: Partial<RunConfig> = {}): Promise<Built> {
  const config = { ...SMALL_CONFIG, ...changes };
  const network = describeNetwork(config, SMALL_IMAGE);
  const weights = initialWeights(network, config.initialiser, config.seed);
  const { pixels, labels } = imagesOf(config.trainSize, network);
  const trainer = await make({ config, network, weights, training: { pixels, labels: labels! } });
  return { config, network, weights, pixels, labels: labels!, trainer };
}

/** Whether a suite's engine is one that a run of these changes could have. */
export function isCovered({ engine, backend }: TrainerSuite, changes: Partial<RunConfig>): boolean {
  return canRun({ ...SMALL_CONFIG, ...changes }, engine, backend);
}

export function expectWeights(actual: WeightTable, expected: Readonly<Record<string, ArrayLike<number>>>, tolerance: number): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) expectClose(actual[name]!, values, tolerance, name);
}
