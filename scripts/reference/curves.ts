/**
 * Whether two engines walk the same curve: same config, same seed, loss terms of every
 * step beside each other.
 *
 * Training amplifies rounding: where a unit comes to rest at the edge of its relu, the last bit of a weight decides a hundred steps later.
 * Some seeds meet such an edge within the first 200 steps. There the yardstick is TensorFlow.js beside itself, started from
 * weights that are a few units in the last place off.
 */
import type { LossColumns, WeightTable } from "../../src/protocol/messages";

/** Steps over which they must agree, and how far they may be apart, relative to the larger. */
export const CURVE_STEPS = 200;
const CURVE_TOLERANCE = 1e-3;
/** As often as TensorFlow.js' distance from itself, where that is more: another rounding, another place on the edge. */
const EDGE_FACTOR = 2;

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
      const relative = relativeDeviation(a[term]![i]!, b[term]![i]!);
      if (relative > worst.relative || Number.isNaN(relative)) worst = { term, step, relative };
    });
    return worst;
  });
}

function relativeDeviation(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

export interface Nudge {
  /** About so many units in the last place, which is what float32 sums in another order come to within a few steps. */
  readonly ulps: number;
  /** Weights in a row that move the same way. */
  readonly run: number;
}

/** Several, as not each finds the edge. */
export const NUDGES: readonly Nudge[] = [
  { ulps: 1, run: 1 },
  { ulps: 1, run: 3 },
  { ulps: 4, run: 1 },
  { ulps: 4, run: 3 },
];

/** Every weight a few units in the last place up or down. */
export function nudged(weights: WeightTable, { ulps, run }: Nudge): WeightTable {
  return Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [
      name,
      Float32Array.from(values, (value, i) => value * (1 + (Math.floor(i / run) % 2 === 0 ? ulps : -ulps) * 2 ** -23)),
    ]),
  );
}

export interface JudgedTerm {
  readonly term: Term;
  readonly found: Deviation;
  /** The largest relative deviation of TensorFlow.js from itself, nudged. */
  readonly own: number;
  readonly isSame: boolean;
}

/** @param nudgedRuns deviations of TensorFlow.js from each of its nudged selves */
export function judgeCurve(found: readonly Deviation[], nudgedRuns: readonly (readonly Deviation[])[]): JudgedTerm[] {
  return found.map((deviation, i) => {
    const own = Math.max(...nudgedRuns.map((run) => run[i]!.relative));
    const allowed = Math.max(CURVE_TOLERANCE, EDGE_FACTOR * own);
    return { term: deviation.term, found: deviation, own, isSame: deviation.relative <= allowed };
  });
}

/** One row for each seed and term. */
export function curveTable(curves: readonly { readonly seed: number; readonly terms: readonly JudgedTerm[] }[]): string {
  const lines = curves.flatMap(({ seed, terms }) =>
    terms.map(({ term, found, own, isSame }) => {
      const place = `${found.relative.toExponential(1)} | ${found.step} | ${own.toExponential(1)}`;
      return `| ${seed} | ${term} | ${place} | ${isSame ? (found.relative <= CURVE_TOLERANCE ? "same" : "same, at an edge") : "**apart**"} |`;
    }),
  );
  const head = "| seed | loss term | largest relative deviation | at step | TensorFlow.js from itself, a few ulps off | |";
  return [head, "| ---: | --- | ---: | ---: | ---: | --- |", ...lines].join("\n");
}
