/**
 * Whether two engines walk the same curve: same config, same seed, loss terms of every
 * step beside each other.
 */
import type { LossColumns } from "../../src/protocol/messages";

/** Steps over which they must agree, and how far they may be apart, relative to the larger: float32 sums in another order, amplified by Adam. */
export const CURVE_STEPS = 200;
export const CURVE_TOLERANCE = 1e-3;

const TERMS = ["reconstruction", "kl", "objective"] as const;
type Term = (typeof TERMS)[number];

export interface Deviation {
  readonly term: Term;
  /** Where it is largest. */
  readonly step: number;
  /** |a − b| / max(|a|, |b|); NaN where a term is not finite, which no tolerance takes. */
  readonly relative: number;
}

/** The largest deviation of each term. @throws RangeError when the two are not of the same steps */
export function deviations(a: LossColumns, b: LossColumns): Deviation[] {
  if (a.step.length !== b.step.length || a.step.some((step, i) => step !== b.step[i])) {
    throw new RangeError(`deviations: ${a.step.length} and ${b.step.length} steps that are not the same`);
  }
  return TERMS.map((term) => {
    let worst: Deviation = { term, step: 0, relative: 0 };
    a.step.forEach((step, i) => {
      const relative = relativeDeviation(a[term][i]!, b[term][i]!);
      if (relative > worst.relative || Number.isNaN(relative)) worst = { term, step, relative };
    });
    return worst;
  });
}

function relativeDeviation(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

export function areSameCurve(found: readonly Deviation[]): boolean {
  return found.every(({ relative }) => relative <= CURVE_TOLERANCE);
}

export function curveTable(found: readonly Deviation[]): string {
  const lines = found.map(({ term, step, relative }) => `| ${term} | ${relative.toExponential(1)} | ${step} |`);
  return ["| loss term | largest relative deviation | at step |", "| --- | ---: | ---: |", ...lines].join("\n");
}
