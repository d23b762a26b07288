/**
 * Tells a run that has blown up from one that is only bad.
 *
 * Looks at numbers that were read back; what is done about it is the run's affair.
 */
import { LOSS_TERMS, type LossTerm } from "../protocol/loss-terms";
import type { Evaluation, LossColumns } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";

export interface Divergence {
  readonly term: LossTerm;
  readonly value: number;
  readonly step: number;
}

/** Past which value, up or down, a term is beyond any use; infinite where only NaN and infinities are. */
export type DivergenceLimits = Readonly<Record<LossTerm, number>>;

/**
 * Nats per pixel past which a reconstruction loss is beyond any use.
 *
 * A threshold is needed because a blown-up run can stay finite for very long: with Adam every weight moves by about the
 * learning rate at each step, so that a rate of 100 leads to losses of 1e10 … 1e20 nats, far below the 3e38 of float32. A BCE
 * from logits grows as |logit|, so that 1e4 nats per pixel are logits of 10,000 on the wrong side for every pixel, where an
 * untrained network starts at 0.7.
 */
export const MAX_NATS_PER_PIXEL = 1e4;

/** No run that still learns has a KL of ten million nats, whatever beta. */
const MAX_KL = 1e7;

/**
 * The mean of a code has no lower bound, and a run that lowers it (a taught mistake) is to be watched on its way down. Past this
 * neighbouring float32 numbers lie 64 apart: the objective no longer shows that there is a reconstruction loss in it.
 */
const MAX_CODE_MEAN = 1e9;

/** The losses of either side of a GAN grow as a score, as a BCE does; a discriminator that has won outright gives tens or hundreds. */
const MAX_GAME_LOSS = 1e6;

/** @param pixels of an image */
export function divergenceLimits({ reconstruction, sigma, mistake }: RunConfig, pixels: number): DivergenceLimits {
  // An error of 1 in a pixel costs a Gaussian likelihood so many nats; every other loss about one.
  const scale = reconstruction === "gaussian" ? Math.max(1, 1 / (2 * sigma ** 2)) : 1;
  const kl = mistake === "code-mean" ? MAX_CODE_MEAN : MAX_KL;
  return {
    reconstruction: MAX_NATS_PER_PIXEL * scale * pixels,
    kl,
    penalty: kl,
    objective: Infinity, // beta may lift it above any limit without harm
    discriminator: MAX_GAME_LOSS,
    generator: MAX_GAME_LOSS,
    realScore: Infinity,
    fakeScore: Infinity,
  };
}

/** The first row that is no longer a loss, or null. */
export function findDivergence(columns: LossColumns, limits: DivergenceLimits): (Divergence & { readonly row: number }) | null {
  for (let row = 0; row < columns.step.length; row++) {
    const bad = badTerm((term) => columns[term]?.[row], limits);
    if (bad !== null) return { row, step: columns.step[row]!, ...bad };
  }
  return null;
}

/** As `findDivergence`, for a held-out evaluation. */
export function evaluationDivergence(evaluation: Evaluation, limits: DivergenceLimits): Divergence | null {
  const bad = badTerm((term) => evaluation[term], limits);
  return bad === null ? null : { step: evaluation.step, ...bad };
}

/** The parts are blamed before their sum. */
const BLAME_ORDER: readonly LossTerm[] = [...LOSS_TERMS.filter((term) => term !== "objective"), "objective"];

/** @param valueOf undefined for a term that the run has not */
function badTerm(
  valueOf: (term: LossTerm) => number | undefined,
  limits: DivergenceLimits,
): { readonly term: LossTerm; readonly value: number } | null {
  const isBad = (isOut: (value: number, term: LossTerm) => boolean) =>
    BLAME_ORDER.find((term) => {
      const value = valueOf(term);
      return value !== undefined && isOut(value, term);
    });
  const term = isBad((value) => !Number.isFinite(value)) ?? isBad((value, name) => Math.abs(value) > limits[name]);
  return term === undefined ? null : { term, value: valueOf(term)! };
}
