/**
 * Finds the nearest of many places of the plane, by a uniform grid: cells of about two
 * places each, looked through ring by ring around the one asked about.
 */
import { clamp } from "../lib/clamp";
import type { Floats } from "../protocol/messages";
import { insertNearest, type Nearest } from "./nearest";

/** Places sorted by cell, row by row. */
export interface PlaceIndex {
  /** `[places, 2]` */
  readonly positions: Floats;
  readonly left: number;
  readonly bottom: number;
  /** Side of a cell, in the places' own units. */
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
  /** Where in `members` the places of each cell begin, `[cells + 1]`. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
}

const PLACES_PER_CELL = 2;
/** A long thin cloud would want more columns than there is sense in. */
const MOST_CELLS_ALONG = 512;

/** @param positions `[places, 2]`; those that are not finite are left out. */
export function indexPlaces(positions: Floats): PlaceIndex {
  const all = Array.from({ length: positions.length >> 1 }, (_, i) => i);
  const finite = all.filter((i) => Number.isFinite(positions[i * 2]!) && Number.isFinite(positions[i * 2 + 1]!));
  const [left, right] = rangeOf(positions, finite, 0);
  const [bottom, top] = rangeOf(positions, finite, 1);
  const [width, height] = [right - left, top - bottom];
  const cells = Math.max(1, finite.length / PLACES_PER_CELL);
  const side = Math.max(Math.sqrt((width * height) / cells), Math.max(width, height) / MOST_CELLS_ALONG) || 1;
  const columns = 1 + Math.floor(width / side);
  const rows = 1 + Math.floor(height / side);
  const shape = { positions, left, bottom, side, columns, rows };
  return { ...shape, ...sortByCell(shape, finite) };
}

function rangeOf(positions: Floats, among: readonly number[], axis: 0 | 1): [number, number] {
  if (among.length === 0) return [0, 0];
  let [least, most] = [Infinity, -Infinity];
  for (const i of among) {
    least = Math.min(least, positions[i * 2 + axis]!);
    most = Math.max(most, positions[i * 2 + axis]!);
  }
  return [least, most];
}

type Shape = Omit<PlaceIndex, "starts" | "members">;

function columnOf({ left, side, columns }: Shape, h: number): number {
  return clamp(Math.floor((h - left) / side), 0, columns - 1);
}

function rowOf({ bottom, side, rows }: Shape, v: number): number {
  return clamp(Math.floor((v - bottom) / side), 0, rows - 1);
}

/** A counting sort. */
function sortByCell(shape: Shape, among: readonly number[]): Pick<PlaceIndex, "starts" | "members"> {
  const { positions, columns, rows } = shape;
  const cellOf = (i: number) => rowOf(shape, positions[i * 2 + 1]!) * columns + columnOf(shape, positions[i * 2]!);
  const starts = new Uint32Array(columns * rows + 1);
  for (const i of among) starts[cellOf(i) + 1]!++;
  for (let cell = 0; cell < columns * rows; cell++) starts[cell + 1]! += starts[cell]!;
  const next = starts.slice();
  const members = new Uint32Array(among.length);
  for (const i of among) members[next[cellOf(i)]!++] = i;
  return { starts, members };
}

/** The `count` places nearest to (h, v), nearest first. */
export function nearestPlaces(index: PlaceIndex, h: number, v: number, count: number): Nearest {
  const found: Nearest = { indices: [], squares: [] };
  const [column, row] = [columnOf(index, h), rowOf(index, v)];
  const rings = Math.max(column, index.columns - 1 - column, row, index.rows - 1 - row);
  for (let ring = 0; ring <= rings; ring++) {
    lookThroughRing(index, found, [column, row, ring], [h, v], count);
    if ((found.squares[count - 1] ?? Infinity) <= clearance(index, [column, row, ring], [h, v]) ** 2) break;
  }
  return found;
}

/** Looks at the cells that lie `ring` cells away from the middle one. */
function lookThroughRing(
  { positions, starts, members, columns, rows }: PlaceIndex,
  found: Nearest,
  [column, row, ring]: readonly [number, number, number],
  [h, v]: readonly [number, number],
  count: number,
): void {
  for (let r = Math.max(0, row - ring); r <= Math.min(rows - 1, row + ring); r++) {
    const isEdge = Math.abs(r - row) === ring;
    const stride = isEdge || ring === 0 ? 1 : 2 * ring; // between the edges only the first and the last cell
    for (let c = column - ring; c <= column + ring; c += stride) {
      if (c < 0 || c >= columns) continue;
      const cell = r * columns + c;
      for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
        const i = members[at]!;
        const square = (positions[i * 2]! - h) ** 2 + (positions[i * 2 + 1]! - v) ** 2;
        if (square < (found.squares[count - 1] ?? Infinity)) insertNearest(found, i, square, count);
      }
    }
  }
}

/** What has not been looked at is at least so far away; ∞ when everything has been. */
function clearance(
  { left, bottom, side, columns, rows }: PlaceIndex,
  [column, row, ring]: readonly [number, number, number],
  [h, v]: readonly [number, number],
): number {
  return Math.min(
    column - ring > 0 ? h - (left + (column - ring) * side) : Infinity,
    column + ring < columns - 1 ? left + (column + ring + 1) * side - h : Infinity,
    row - ring > 0 ? v - (bottom + (row - ring) * side) : Infinity,
    row + ring < rows - 1 ? bottom + (row + ring + 1) * side - v : Infinity,
  );
}
