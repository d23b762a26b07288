/**
 * The shown points as rows of a table: held-out examples first, then the training images
 * that were encoded besides. Pure functions of arrays; nothing is copied but the order.
 */
import type { Floats } from "../../../protocol/messages";
import { classOfPoint, codeOfPoint, type ShownPoints } from "../../latent/use-cloud";

/** The columns a table can be sorted by. */
export type PointColumn = "index" | "class" | "horizontal" | "vertical" | "sigma" | "loss" | "distance";

/** log σ² of a shown point, `[latentDim]`; null where a code is a point. */
function logVarOfPoint({ latentDim, examples, exampleCount, many }: ShownPoints, index: number): Floats | null {
  const [cloud, at] = index < exampleCount ? [examples, index] : [many, index - exampleCount];
  return cloud?.logVar?.subarray(at * latentDim, (at + 1) * latentDim) ?? null;
}

/** Euclidean, in the whole latent space. */
export function codeDistance(code: ArrayLike<number>, z: readonly number[]): number {
  let squared = 0;
  for (let d = 0; d < z.length; d++) squared += (code[d]! - z[d]!) ** 2;
  return Math.sqrt(squared);
}

/** √(mean σ²) over the dimensions: one number for how wide a posterior is; NaN where a code is a point. */
export function meanSigma(logVar: Floats | null): number {
  if (logVar === null || logVar.length === 0) return Number.NaN;
  return Math.sqrt(logVar.reduce((sum, value) => sum + Math.exp(value), 0) / logVar.length);
}

export interface SortRule {
  readonly column: PointColumn;
  readonly isDescending: boolean;
}

export interface RowContext {
  readonly z: readonly number[];
  readonly axes: readonly [number, number];
  /** Of the examples, nats; null before they are there. */
  readonly losses: Floats | null;
  readonly hiddenClasses: readonly number[];
}

/** The value of a point in a column; NaN where it has none. */
export function valueOf(points: ShownPoints, index: number, column: PointColumn, { z, axes, losses }: RowContext): number {
  switch (column) {
    case "index":
      return index;
    case "class":
      return classOfPoint(points, index) ?? Number.NaN;
    case "horizontal":
      return codeOfPoint(points, index)[axes[0]] ?? Number.NaN;
    case "vertical":
      return codeOfPoint(points, index)[axes[1]] ?? Number.NaN;
    case "sigma":
      return meanSigma(logVarOfPoint(points, index));
    case "loss":
      return losses?.[index] ?? Number.NaN;
    case "distance":
      return codeDistance(codeOfPoint(points, index), z);
  }
}

/** Points in the order of a rule, not yet laid out: 60,000 of them are put in order by the browser's own sort of numbers. */
export interface SortedPoints {
  /** Indices of the points whose class is shown, rising. */
  readonly shown: Uint32Array;
  /** What each of them is sorted by; ∞ without a value. */
  readonly keys: Float64Array;
  /** The keys in rising order. */
  readonly sorted: Float64Array;
}

export function sortPoints(points: ShownPoints, { column, isDescending }: SortRule, context: RowContext): SortedPoints {
  const hidden = new Set(context.hiddenClasses);
  const shown = Uint32Array.from({ length: points.count }, (_, index) => index).filter((index) => {
    const label = classOfPoint(points, index);
    return label === null || !hidden.has(label);
  });
  const sign = isDescending ? -1 : 1;
  const keys = Float64Array.from(shown, (index) => {
    const value = valueOf(points, index, column, context) * sign;
    return Number.isNaN(value) ? Infinity : value;
  });
  return { shown, keys, sorted: keys.toSorted() };
}

/** The points from place `from` on, at most `count`; equal ones by index, those without a value last. */
export function pageOf({ shown, keys, sorted }: SortedPoints, from: number, count: number): number[] {
  const least = sorted[from];
  const most = sorted[Math.min(from + count, sorted.length) - 1];
  if (least === undefined || most === undefined) return [];
  const inside = [...shown.keys()].filter((at) => keys[at]! >= least && keys[at]! <= most);
  const before = from - sorted.indexOf(least); // of the first equals, so many are on earlier pages
  return inside
    .toSorted((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b))
    .slice(before, before + count)
    .map((at) => shown[at]!);
}
