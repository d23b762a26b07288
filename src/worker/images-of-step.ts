/** How much of the training set a step of any family needs. */
import { imagesNeeded } from "../model/batch-order";
import type { RunConfig } from "../protocol/run-config";

/**
 * How many of the first training images must be there for step `step`, counted from 0. Each update of a discriminator takes a
 * batch of its own, so that n of them in a step go through the batches n times as fast.
 */
export function imagesOfStep(
  config: Pick<RunConfig, "model" | "discriminatorSteps" | "trainSize" | "batchSize" | "seed">,
  step: number,
): number {
  const batches = config.model === "gan" ? config.discriminatorSteps : 1;
  return imagesNeeded(config, step * batches + batches - 1);
}
