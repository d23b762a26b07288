/**
 * The shown points as rows of a table: held-out examples first, then the training images
 * that were encoded besides. Pure functions of arrays; nothing is copied but the order.
 */
import type { Bytes, Floats, Material, Snapshot } from "../../../protocol/messages";
import type { ManyCodes } from "../../../store/explorer-store";

/** The columns a table can be sorted by. */
export type PointColumn = "index" | "class" | "horizontal" | "vertical" | "sigma" | "loss" | "distance";

export interface PointSet {
  /** Held-out examples; what comes after them are training images. */
  readonly examples: number;
  readonly count: number;
  readonly latentDim: number;
  /** The code of a point, `[latentDim]`. */
  readonly code: (index: number) => Floats;
  /** log σ² of a point, `[latentDim]`; null where a code is a point. */
  readonly logVar: (index: number) => Floats | null;
  /** Class number; null where nobody knows. */
  readonly label: (index: number) => number | null;
}

type Shown = Pick<Snapshot, "posteriorMean" | "posteriorLogVar" | "adversarial">;

/** The points of a model: codes of the examples and of `many` images, or the draws of a GAN. */
export function pointSet(snapshot: Shown, material: Pick<Material, "examples">, many: ManyCodes | null, latentDim: number): PointSet {
  const { adversarial } = snapshot;
  const mean = adversarial?.draws ?? snapshot.posteriorMean;
  const logVar = adversarial === null ? snapshot.posteriorLogVar : null;
  const labels: Bytes | null = adversarial === null ? material.examples.labels : adversarial.drawClasses;
  const examples = Math.floor(mean.length / latentDim);
  const more = adversarial === null ? many : null;
  const row = (values: Floats, index: number) => values.subarray(index * latentDim, (index + 1) * latentDim);
  return {
    examples,
    count: examples + (more?.done ?? 0),
    latentDim,
    code: (index) => (index < examples || more === null ? row(mean, index) : row(more.mean, index - examples)),
    logVar: (index) => {
      const values = index < examples || more === null ? logVar : more.logVar;
      return values === null ? null : row(values, index < examples ? index : index - examples);
    },
    label: (index) => (index < examples || more === null ? labels?.[index] : more.labels[index - examples]) ?? null,
  };
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
export function valueOf(points: PointSet, index: number, column: PointColumn, { z, axes, losses }: RowContext): number {
  switch (column) {
    case "index":
      return index;
    case "class":
      return points.label(index) ?? Number.NaN;
    case "horizontal":
      return points.code(index)[axes[0]] ?? Number.NaN;
    case "vertical":
      return points.code(index)[axes[1]] ?? Number.NaN;
    case "sigma":
      return meanSigma(points.logVar(index));
    case "loss":
      return losses?.[index] ?? Number.NaN;
    case "distance":
      return codeDistance(points.code(index), z);
  }
}

/** Indices of the points whose class is shown, in the order of the rule; points without a value come last, equal ones by index. */
export function sortedPoints(points: PointSet, { column, isDescending }: SortRule, context: RowContext): Uint32Array {
  const hidden = new Set(context.hiddenClasses);
  const shown = Uint32Array.from({ length: points.count }, (_, index) => index).filter((index) => {
    const label = points.label(index);
    return label === null || !hidden.has(label);
  });
  const sign = isDescending ? -1 : 1;
  const values = new Float64Array(points.count);
  for (const index of shown) {
    const value = valueOf(points, index, column, context) * sign;
    values[index] = Number.isNaN(value) ? Infinity : value;
  }
  return shown.toSorted((a, b) => (values[a] === values[b] ? a - b : values[a]! - values[b]!));
}
