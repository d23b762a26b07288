/**
 * The ranges of the loss chart's axes.
 *
 * The first steps of a run lie at 540 nats and the rest of it between 160 and 200:
 * a range over everything would flatten what is worth seeing. The y range follows
 * what most of the visible width shows, and what sticks out is clipped and marked.
 */
import { ticks } from "d3";
import { linearScale, logScale, niceScale, tickDigits, type Scale } from "./scale";

export type XKind = "linear" | "log";

/** Round ends of the x range, per decade: few enough that the axis rarely jumps, close enough that little width is empty. */
const ROUND_ENDS = [1, 1.5, 2, 3, 4, 5, 6, 8];
const LEAST_STEPS = 10;

/** The last step the x axis shows: a round number not below `lastStep`, or the run's own end where that comes first. */
export function xEnd(lastStep: number, totalSteps: number | null): number {
  const wanted = Math.max(lastStep, LEAST_STEPS);
  const decade = 10 ** Math.floor(Math.log10(wanted));
  const round = (ROUND_ENDS.find((end) => end * decade >= wanted) ?? 10) * decade;
  return totalSteps === null ? round : Math.max(lastStep, Math.min(round, totalSteps), 2);
}

export function xScale(kind: XKind, end: number, left: number, right: number): Scale {
  // Step 0, before the first update, has no place on a logarithmic axis: it stands at 1, where the first loss is told.
  return kind === "log" ? logScale([1, end], [left, right], true) : linearScale([0, end], [left, right], true);
}

export interface Tick {
  readonly at: number;
  readonly value: number;
}

/** Round values whose labels are at least `gap` pixels apart. */
export function xTicks(kind: XKind, scale: Scale, unit: number, gap: number): Tick[] {
  const [first, last] = scale.domain;
  const [left, right] = scale.range;
  const highest = Math.floor(last / unit);
  const values =
    kind === "linear" ? ticks(0, highest, Math.max(1, (right - left) / gap)).filter(Number.isInteger) : decades(Math.max(1, highest));
  const kept: Tick[] = [];
  for (const value of values) {
    const step = value * unit;
    if (step < first || step > last) continue;
    const at = scale(step);
    if (kept.length === 0 || at - kept.at(-1)!.at >= gap) kept.push({ at, value });
  }
  return kept;
}

/** 1, 10, 100 … and, where only a decade or two are shown, 2 and 5 of each. */
function decades(highest: number): number[] {
  const parts = highest < 1000 ? [1, 2, 5] : [1];
  const values: number[] = [];
  for (let decade = 1; decade <= highest; decade *= 10)
    values.push(...parts.map((part) => part * decade).filter((value) => value <= highest));
  return values;
}

/** Part of the visible width that may stick out at the top. */
const CLIPPED_PART = 0.06;
/** Empty part of the y range that showing the floor may cost. */
const FLOOR_COST = 0.4;

/** Parts of the y range its ends are rounded to. */
const FINE_ENDS = 10;

export interface YRange {
  readonly low: number;
  readonly high: number;
  /** Whether the floor lies within the range; if not it belongs behind a break of the axis. */
  readonly reachesFloor: boolean;
}

/**
 * @param visible finite values on screen, evenly spread over the width
 * @param kept values that must be inside whatever the rest does: the newest ones
 * @returns null when there is nothing to show
 */
export function yRange(visible: readonly number[], kept: readonly number[], floor: number | null, minSpan: number): YRange | null {
  const sorted = Float64Array.from(visible.filter(Number.isFinite)).toSorted(); // typed: ten times as fast as with a comparison
  const inside = kept.filter(Number.isFinite);
  if (sorted.length === 0 && inside.length === 0) return null;
  const typicalHigh = sorted[Math.ceil((1 - CLIPPED_PART) * (sorted.length - 1))] ?? -Infinity;
  let low = Math.min(sorted[0] ?? Infinity, ...inside);
  let high = Math.max(typicalHigh, ...inside);
  const lacking = minSpan - (high - low);
  if (lacking > 0) {
    // Room on both sides, but never below a floor that was respected so far.
    low = Math.max(low - lacking / 2, Math.min(low, floor ?? -Infinity));
    high = low + minSpan;
  }
  const reachesFloor = floor !== null && low - floor <= FLOOR_COST * (high - floor);
  return { low: reachesFloor ? Math.min(low, floor) : low, high, reachesFloor };
}

export interface YAxis {
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
  /** After the point, so that no two ticks read the same. */
  readonly digits: number;
}

/** A y axis whose ends stay. */
export function fixedScale(range: readonly [low: number, high: number], top: number, bottom: number): YAxis {
  return withTicks(linearScale(range, [bottom, top]));
}

/** A y axis over a range, its ends moved out to round values. */
export function yScale(range: YRange, top: number, bottom: number): YAxis {
  // Ends rounded as finely as that: rounded to the ticks, a low panel would be half empty.
  return withTicks(niceScale(linearScale([range.low, range.high], [bottom, top]), FINE_ENDS));
}

function withTicks(scale: Scale): YAxis {
  const [bottom, top] = scale.range;
  const count = Math.max(2, Math.round((bottom - top) / 26));
  const values = ticks(...scale.domain, count);
  const digits = tickDigits(...scale.domain, count);
  return { scale, ticks: values.map((value) => ({ value, at: scale(value) })), digits };
}
