/**
 * Many points by where they are: a grid of equal cells over their middle part, so that
 * what is in view, how many that are, and the one under a pointer are found without
 * a look at all of them.
 *
 * Strays lie in the outermost cells. Points whose place is no number are left out. Built once per map.
 */
import type { PlotRange } from "./latent-view";

/** Points per cell, about. */
const FILL = 8;
const MOST_CELLS_ACROSS = 256;
/** Standard deviations from the mean that the grid covers. */
const REACH = 3.5;

export interface PointIndex {
  /** `[points, 2]` */
  readonly positions: Float32Array;
  readonly left: number;
  readonly bottom: number;
  /** Sides of a cell. */
  readonly width: number;
  readonly height: number;
  /** Cells along each side. */
  readonly across: number;
  /** Where each cell's points start in `points`; one more than there are cells. */
  readonly starts: Uint32Array;
  /** Indices of the points, cell by cell, in rising order within each. */
  readonly points: Uint32Array;
}

/** @param positions `[points, 2]` */
export function indexPoints(positions: Float32Array): PointIndex {
  const count = positions.length / 2;
  const [x, y] = [extentOf(positions, 0), extentOf(positions, 1)];
  const across = Math.max(1, Math.min(MOST_CELLS_ACROSS, Math.round(Math.sqrt(count / FILL))));
  const place = { left: x.from, bottom: y.from, width: (x.to - x.from) / across, height: (y.to - y.from) / across, across };
  const cells = new Int32Array(count);
  const starts = new Uint32Array(across * across + 1);
  for (let i = 0; i < count; i++) {
    const [h, v] = [positions[i * 2]!, positions[i * 2 + 1]!];
    const isSomewhere = Number.isFinite(h + v);
    cells[i] = isSomewhere ? rowOf(place, v) * across + columnOf(place, h) : -1;
    if (isSomewhere) starts[cells[i]! + 1]!++;
  }
  for (let cell = 0; cell < across * across; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const points = new Uint32Array(starts[across * across]!);
  for (let i = 0; i < count; i++) if (cells[i]! >= 0) points[next[cells[i]!]!++] = i;
  return { positions, ...place, starts, points };
}

type Grid = Pick<PointIndex, "left" | "bottom" | "width" | "height" | "across">;

const inside = (cell: number, across: number) => (cell > 0 ? Math.min(across - 1, Math.floor(cell)) : 0);
const columnOf = ({ left, width, across }: Grid, h: number) => inside((h - left) / width, across);
const rowOf = ({ bottom, height, across }: Grid, v: number) => inside((v - bottom) / height, across);

/** Mean ± `REACH` standard deviations of a coordinate, never of no length. */
function extentOf(positions: Float32Array, coordinate: 0 | 1): { from: number; to: number } {
  let [count, sum, squares] = [0, 0, 0];
  for (let i = coordinate; i < positions.length; i += 2) {
    const value = positions[i]!;
    if (!Number.isFinite(value)) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, count);
  const reach = REACH * Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean)) || 1;
  return { from: mean - reach, to: mean + reach };
}

/** The points within a range, in rising order. */
export function pointsIn(index: PointIndex, range: PlotRange): Uint32Array<ArrayBuffer> {
  const { positions, across, starts, points } = index;
  const found: number[] = [];
  const [fromColumn, toColumn] = [columnOf(index, range.left), columnOf(index, range.right)];
  for (let row = rowOf(index, range.bottom); row <= rowOf(index, range.top); row++) {
    // The cells of a row lie one after another.
    const to = starts[row * across + toColumn + 1]!;
    for (let k = starts[row * across + fromColumn]!; k < to; k++) {
      const i = points[k]!;
      const [h, v] = [positions[i * 2]!, positions[i * 2 + 1]!];
      if (h >= range.left && h <= range.right && v >= range.bottom && v <= range.top) found.push(i);
    }
  }
  return Uint32Array.from(found).toSorted();
}

/** How many points a range holds, by whole cells: exact to the cells at its edge. */
export function countIn(index: PointIndex, range: PlotRange): number {
  const { across, starts } = index;
  const [fromColumn, toColumn] = [columnOf(index, range.left), columnOf(index, range.right)];
  let count = 0;
  for (let row = rowOf(index, range.bottom); row <= rowOf(index, range.top); row++) {
    count += starts[row * across + toColumn + 1]! - starts[row * across + fromColumn]!;
  }
  return count;
}

/** The point nearest to (`h`, `v`) within `radius` that `isShown`; null for none. */
export function nearestIn(index: PointIndex, h: number, v: number, radius: number, isShown: (point: number) => boolean): number | null {
  let nearest: number | null = null;
  let least = radius * radius;
  for (const i of pointsIn(index, { left: h - radius, right: h + radius, bottom: v - radius, top: v + radius })) {
    const square = (index.positions[i * 2]! - h) ** 2 + (index.positions[i * 2 + 1]! - v) ** 2;
    if (square > least || !isShown(i)) continue;
    least = square;
    nearest = i;
  }
  return nearest;
}
