/**
 * Where the tiles of a decoder grid stand, and in which order they are decoded.
 *
 * The lattice is fixed in latent space: tile (column, row) shows the decode of
 * (column · step, row · step), whatever the view. A pan then keeps the tiles it has,
 * and a zoom changes the step only now and then, by a factor of √2.
 */
import type { PlotKind, PlotRange } from "./latent-view";

/** Tiles across the longer side of a plane; a zoom lets it wander between this divided and multiplied by 2^¼. */
export const PLANE_TILES = 20;
/** Whatever the shape of the plot: a picture of 32 × 32 tiles of 28 × 28 pixels is 3 MB. */
const MOST_TILES_ACROSS = 32;

/** A rectangle of a lattice; bounds are inclusive. */
export interface TileLattice {
  /** Between neighbouring tiles, in plot units. */
  readonly step: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
  /** Rows count upwards, as z does; a line has row 0 only. */
  readonly firstRow: number;
  readonly lastRow: number;
}

export function columnsOf({ firstColumn, lastColumn }: TileLattice): number {
  return lastColumn - firstColumn + 1;
}

export function rowsOf({ firstRow, lastRow }: TileLattice): number {
  return lastRow - firstRow + 1;
}

/** The tiles that cover a range. */
export function latticeFor(kind: PlotKind, { left, right, bottom, top }: PlotRange, tilesAcross: number): TileLattice {
  const width = right - left;
  const height = top - bottom;
  const longest = kind === "line" ? width : Math.max(width, height);
  const step = 2 ** (Math.round(2 * Math.log2(longest / tilesAcross)) / 2);
  const cover = (from: number, to: number) => {
    const first = Math.round(from / step);
    return [first, Math.min(Math.round(to / step), first + MOST_TILES_ACROSS - 1)] as const;
  };
  const [firstColumn, lastColumn] = cover(left, right);
  const [firstRow, lastRow] = kind === "line" ? [0, 0] : cover(bottom, top);
  return { step, firstColumn, lastColumn, firstRow, lastRow };
}

/** A lattice that a moving view keeps is larger than it need be by no more than this many tiles each way. */
const MOST_SPARE = 4;

/**
 * As `latticeFor`, of a view that moves under a hand: the lattice at hand as long as it covers the view, else one that reaches a
 * tile further on every side, so that not every little move wants another.
 */
export function latticeAlong(kind: PlotKind, range: PlotRange, tilesAcross: number, before: TileLattice | null): TileLattice {
  const least = latticeFor(kind, range, tilesAcross);
  if (before !== null && isSpare(before, least)) return before;
  const rows = kind === "line" ? 0 : 1;
  return {
    step: least.step,
    firstColumn: least.firstColumn - 1,
    lastColumn: least.lastColumn + 1,
    firstRow: least.firstRow - rows,
    lastRow: least.lastRow + rows,
  };
}

function isSpare(lattice: TileLattice, least: TileLattice): boolean {
  const spare = [
    least.firstColumn - lattice.firstColumn,
    lattice.lastColumn - least.lastColumn,
    least.firstRow - lattice.firstRow,
    lattice.lastRow - least.lastRow,
  ];
  return lattice.step === least.step && spare.every((tiles) => tiles >= 0 && tiles <= MOST_SPARE);
}

export function isSameLattice(a: TileLattice | null, b: TileLattice): boolean {
  return (
    a !== null &&
    a.step === b.step &&
    a.firstColumn === b.firstColumn &&
    a.lastColumn === b.lastColumn &&
    a.firstRow === b.firstRow &&
    a.lastRow === b.lastRow
  );
}

/** Coarse to fine: every fourth tile both ways, then every second, then the rest; from the middle outwards within each. */
export function tileOrder(lattice: TileLattice): Uint32Array {
  const columns = columnsOf(lattice);
  const middleColumn = (lattice.firstColumn + lattice.lastColumn) / 2;
  const middleRow = (lattice.firstRow + lattice.lastRow) / 2;
  const tiles = Array.from({ length: columns * rowsOf(lattice) }, (_, tile) => {
    const { column, row } = tileAt(lattice, tile);
    const pass = column % 4 === 0 && row % 4 === 0 ? 0 : column % 2 === 0 && row % 2 === 0 ? 1 : 2;
    return { tile, pass, far: Math.hypot(column - middleColumn, row - middleRow) };
  });
  return Uint32Array.from(
    tiles.toSorted((a, b) => a.pass - b.pass || a.far - b.far),
    ({ tile }) => tile,
  );
}

/** Column and row of a tile; tiles are numbered row by row from the top left, as pixels are. */
export function tileAt(lattice: TileLattice, tile: number): { column: number; row: number } {
  const columns = columnsOf(lattice);
  return { column: lattice.firstColumn + (tile % columns), row: lattice.lastRow - Math.floor(tile / columns) };
}

/** The number of a tile; -1 when the lattice does not hold it. */
export function tileNumber(lattice: TileLattice, column: number, row: number): number {
  const { firstColumn, lastColumn, firstRow, lastRow } = lattice;
  if (column < firstColumn || column > lastColumn || row < firstRow || row > lastRow) return -1;
  return (lastRow - row) * columnsOf(lattice) + (column - firstColumn);
}
