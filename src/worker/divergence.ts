/**
 * Tells a run that has blown up from one that is only bad.
 *
 * Looks at numbers that were read back; what is done about it is the run's affair.
 */
import type { Failure } from "../protocol/failure";
import type { Evaluation, LossColumns } from "../protocol/messages";

type Term = Extract<Failure, { kind: "diverged" }>["term"];

export interface Divergence {
  readonly term: Term;
  readonly value: number;
  readonly step: number;
}

/**
 * Nats per pixel past which a reconstruction loss or a KL is beyond any use.
 *
 * A threshold is needed because a blown-up run can stay finite for very long: with Adam every weight moves by about the
 * learning rate at each step, so that a rate of 100 leads to losses of 1e10 … 1e20 nats, far below the 3e38 of float32. A BCE
 * from logits grows as |logit|, so that 1e4 nats per pixel are logits of 10,000 on the wrong side for every pixel, where an
 * untrained network starts at 0.7; and no run that still learns has a KL of millions of nats, whatever beta.
 */
export const MAX_NATS_PER_PIXEL = 1e4;

const TERMS = ["reconstruction", "kl", "objective"] as const;

/** The first row that is no longer a loss, or null. */
export function findDivergence(columns: LossColumns, pixels: number): (Divergence & { readonly row: number }) | null {
  for (let row = 0; row < columns.step.length; row++) {
    const terms = { reconstruction: columns.reconstruction[row]!, kl: columns.kl[row]!, objective: columns.objective[row]! };
    const bad = badTerm(terms, pixels);
    if (bad !== null) return { row, step: columns.step[row]!, ...bad };
  }
  return null;
}

/** As `findDivergence`, for a held-out evaluation. */
export function evaluationDivergence(evaluation: Evaluation, pixels: number): Divergence | null {
  const bad = badTerm(evaluation, pixels);
  return bad === null ? null : { step: evaluation.step, ...bad };
}

function badTerm(terms: Readonly<Record<Term, number>>, pixels: number): { readonly term: Term; readonly value: number } | null {
  const term =
    TERMS.find((name) => !Number.isFinite(terms[name])) ??
    // Not the objective: beta may lift it above any limit without harm.
    (["reconstruction", "kl"] as const).find((name) => terms[name] > MAX_NATS_PER_PIXEL * pixels);
  return term === undefined ? null : { term, value: terms[term] };
}
