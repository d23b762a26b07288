/**
 * A GAN as it stands, seen through draws and images that never change in a run, so
 * that what changes is the model.
 */
import type { AdversarialTrainer } from "../engine/trainer";
import type { Classifier } from "../model/classifier";
import { fixedDraws } from "../engine/figures/fixed-draws";
import type { Examples, Floats, Snapshot } from "../protocol/messages";

/** Draws of z, and held-out images beside them: enough for a histogram of scores, few enough for every snapshot. */
export const STAGE_DRAWS = 512;

export interface Stage {
  /** z ~ N(0, I), `[STAGE_DRAWS, latentDim]` */
  readonly draws: Floats;
  /** `[reals, pixels]`, in [0, 1] */
  readonly real: Floats;
  readonly reals: number;
  /** Null on data that none ships for, and where it could not be loaded. */
  readonly classifier: Classifier | null;
}

/** @param latentDim of the generator */
export function setStage(seed: number, latentDim: number, { pixels, labels }: Examples, classifier: Classifier | null): Stage {
  const reals = Math.min(STAGE_DRAWS, labels.length);
  const size = pixels.length / labels.length;
  const real = Float32Array.from(pixels.subarray(0, reals * size), (byte) => byte / 255);
  return { draws: fixedDraws(seed, latentDim, STAGE_DRAWS), real, reals, classifier };
}

/** @param indices of the chosen examples: so many of the generated images are shown */
export async function adversarialSnapshot(
  trainer: AdversarialTrainer,
  { draws, real, reals, classifier }: Stage,
  indices: readonly number[],
): Promise<Omit<Snapshot, "id">> {
  const { step } = trainer;
  const { pixels } = trainer.network;
  // Asked for together, so that a GPU answers them together; no step comes in between.
  const [weights, fake, realScores] = await Promise.all([
    trainer.exportWeights(),
    trainer.decode(draws, STAGE_DRAWS),
    trainer.score(real, reals),
  ]);
  const fakeScores = await trainer.score(fake, STAGE_DRAWS);
  const shown = Math.min(indices.length, STAGE_DRAWS);
  return {
    step,
    weights,
    posteriorMean: new Float32Array(0),
    posteriorLogVar: null,
    exampleIndices: [...indices],
    reconstructions: fake.slice(0, shown * pixels),
    exampleLosses: fakeScores.slice(0, shown),
    adversarial: {
      draws: draws.slice(), // moves to the page
      drawClasses: classifier?.classify(fake, STAGE_DRAWS) ?? null,
      classifierAccuracy: classifier?.accuracy ?? null,
      fakeScores,
      realScores,
    },
  };
}
