/**
 * How far one cloud of points is from another: the unbiased squared maximum mean
 * discrepancy with a Gaussian kernel, in pieces.
 *
 * Source: Gretton et al. 2012, "A kernel two-sample test", JMLR 13, lemma 6 (equation 4, as many points of either kind), and section 8 for the bandwidth.
 */
import type { Floats } from "../../protocol/messages";

/** Rows of kernels worked out at once: 64 · 1,000 kernels are a few milliseconds in a few dimensions. */
const ROWS_PER_PIECE = 64;

/** Yields of `squaredDiscrepancy`. */
export function discrepancyPieces(points: number): number {
  return Math.floor(points / ROWS_PER_PIECE);
}

/** Squared distance of row `i` of `a` and row `j` of `b`. */
function squaredDistance(a: Floats, i: number, b: Floats, j: number, columns: number): number {
  let sum = 0;
  for (let d = 0; d < columns; d++) sum += (a[i * columns + d]! - b[j * columns + d]!) ** 2;
  return sum;
}

/**
 * The median heuristic: the median distance of two of these points. Taken of the prior's draws alone, so that the ruler does
 * not change with the model that it measures.
 *
 * @param points `[rows, columns]`, two rows at least
 */
export function medianDistance(points: Floats, columns: number): number {
  const rows = points.length / columns;
  const distances = new Float64Array((rows * (rows - 1)) / 2);
  let pair = 0;
  for (let i = 0; i < rows; i++) for (let j = 0; j < i; j++) distances[pair++] = squaredDistance(points, i, points, j, columns);
  distances.sort();
  const middle = distances.length / 2;
  const [low, high] = [distances[Math.ceil(middle) - 1]!, distances[Math.floor(middle)]!];
  return (Math.sqrt(low) + Math.sqrt(high)) / 2;
}

/**
 * 1/(n(n−1)) Σ_{i≠j} [k(xᵢ, xⱼ) + k(yᵢ, yⱼ) − k(xᵢ, yⱼ) − k(xⱼ, yᵢ)] with k(a, b) = exp(−‖a − b‖² / 2σ²): 0 on average where both
 * come from the same distribution, and then as often below as above. Yields between pieces.
 *
 * @param x, y `[n, columns]` each, n at least 2
 */
export function* squaredDiscrepancy(x: Floats, y: Floats, columns: number, bandwidth: number): Generator<void, number> {
  const n = x.length / columns;
  const scale = -1 / (2 * bandwidth ** 2);
  const kernel = (a: Floats, i: number, b: Floats, j: number) => Math.exp(scale * squaredDistance(a, i, b, j, columns));
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) sum += kernel(x, i, x, j) + kernel(y, i, y, j) - kernel(x, i, y, j) - kernel(x, j, y, i);
    if (i % ROWS_PER_PIECE === ROWS_PER_PIECE - 1) yield;
  }
  return (2 * sum) / (n * (n - 1));
}
