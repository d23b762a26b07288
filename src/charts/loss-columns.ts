/**
 * A curve of any length as at most two points per pixel column, and its smoothed
 * twin as one.
 *
 * The raw points are the least and the greatest value of a column, in the order
 * they came, so that no spike is lost. A smoothed value is the mean of the steps
 * around it: half an epoch to each side, never further than `NEAR_PART` of the
 * step's own number (at the start the loss falls too fast for more), never less
 * than a pixel column. What is `APART` times the step's own value stays out: a loss
 * that explodes is not smeared over the steps before it. Values count from the least
 * the curve can take, so that a likelihood that is negative, or passes through 0, is
 * smoothed like any other.
 */
import type { LossRows } from "./loss-data";

const NEAR_PART = 0.05;
const APART = 4;
/** Of a curve that nothing bounds: what is as near to 0 as this is always comparable. */
const NEAR_ZERO = 10;

/** Points of a polyline in the order of drawing; a value that is not finite breaks the line. */
export interface Points {
  /** Pixels. */
  readonly x: number[];
  /** Nats per image. */
  readonly value: number[];
}

/** One pixel column that holds rows `from` … `to` − 1. */
export interface Column {
  readonly from: number;
  readonly to: number;
}

/** Groups rows by the pixel column they fall into. @param toX step → pixels, rising. */
export function pixelColumns(rows: LossRows, toX: (step: number) => number): Column[] {
  const columns: Column[] = [];
  let from = 0;
  while (from < rows.length) {
    const pixel = Math.floor(toX(rows.step[from]!));
    let to = from + 1;
    while (to < rows.length && Math.floor(toX(rows.step[to]!)) === pixel) to++;
    columns.push({ from, to });
    from = to;
  }
  return columns;
}

export function rawPoints(values: ArrayLike<number>, rows: LossRows, columns: readonly Column[], toX: (step: number) => number): Points {
  const x: number[] = [];
  const value: number[] = [];
  const add = (row: number) => {
    x.push(toX(rows.step[row]!));
    value.push(values[row]!);
  };
  for (const { from, to } of columns) {
    let least = from;
    let greatest = from;
    let broken = -1;
    for (let row = from; row < to; row++) {
      if (!Number.isFinite(values[row]!)) broken = row;
      // Written so that a comparison with NaN takes the new row.
      if (!(values[row]! >= values[least]!)) least = row;
      if (!(values[row]! <= values[greatest]!)) greatest = row;
    }
    if (broken >= 0) add(broken);
    else if (least === greatest) add(least);
    else {
      add(Math.min(least, greatest));
      add(Math.max(least, greatest));
    }
  }
  return { x, value };
}

/**
 * One point per column, at its last row.
 *
 * @param epochSteps steps in one epoch
 * @param least what no value is below; null where there is nothing like it
 */
export function smoothedPoints(
  values: ArrayLike<number>,
  rows: LossRows,
  columns: readonly Column[],
  toX: (step: number) => number,
  epochSteps: number,
  least: number | null = 0,
): Points {
  const x: number[] = [];
  const value: number[] = [];
  let low = 0;
  let high = 0;
  const isComparable = comparison(least);
  for (const { from, to } of columns) {
    const step = rows.step[to - 1]!;
    const columnSteps = step - rows.step[from]!;
    const reach = Math.max(Math.min(epochSteps / 2, NEAR_PART * step), columnSteps / 2);
    // Both ends only move forward, as `step` ∓ `reach` does; a column's own rows are always inside.
    while (low < from && rows.step[low]! < step - reach) low++;
    high = Math.max(high, to);
    while (high < rows.length && rows.step[high]! <= step + reach) high++;
    x.push(toX(step));
    value.push(weightedMean(values, rows.count, low, high, to - 1, isComparable));
  }
  return { x, value };
}

/** Whether two values of a curve are of one size; never true of NaN. */
function comparison(least: number | null): (a: number, b: number) => boolean {
  if (least === null)
    return (a, b) => Math.abs(a) <= APART * Math.max(Math.abs(b), NEAR_ZERO) && Math.abs(b) <= APART * Math.max(Math.abs(a), NEAR_ZERO);
  const base = Math.min(0, least);
  return (a, b) => a - base <= APART * (b - base) && b - base <= APART * (a - base);
}

/** Mean over rows `low` … `high` − 1 by the steps they stand for, of what is comparable to row `centre`; NaN where that is not finite. */
function weightedMean(
  values: ArrayLike<number>,
  count: ArrayLike<number>,
  low: number,
  high: number,
  centre: number,
  isComparable: (a: number, b: number) => boolean,
): number {
  const own = values[centre]!;
  if (!Number.isFinite(own)) return Number.NaN;
  let sum = 0;
  let steps = 0;
  for (let row = low; row < high; row++) {
    const each = values[row]!;
    if (!isComparable(each, own)) continue;
    sum += each * count[row]!;
    steps += count[row]!;
  }
  return sum / steps;
}
