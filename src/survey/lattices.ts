/** Places of a lattice on the map. */
import type { FieldLattice, MapPoints } from "../protocol/survey";
import { requireFinite } from "./models";

/** More places than a screen has room for are a mistake. */
const MOST_PLACES = 1_000_000;

export interface LatticeSteps {
  /** Width and height of a cell, plot units. */
  readonly across: number;
  readonly down: number;
}

/** @throws RangeError when it has no area, or no sensible number of places. */
export function latticeSteps({ left, right, bottom, top, columns, rows }: FieldLattice): LatticeSteps {
  requireFinite("the lattice", [left, right, bottom, top]);
  const isWhole = Number.isInteger(columns) && Number.isInteger(rows) && columns >= 1 && rows >= 1;
  if (!isWhole || columns * rows > MOST_PLACES || !(right > left) || !(top > bottom)) {
    throw new RangeError(`lattice: ${columns} by ${rows} places from ${left}, ${bottom} to ${right}, ${top} are none to be told`);
  }
  return { across: (right - left) / columns, down: (top - bottom) / rows };
}

/** Middle of a cell, counted from the left. */
export const middleOfColumn = ({ left }: FieldLattice, { across }: LatticeSteps, column: number) => left + (column + 0.5) * across;
/** Middle of a cell, counted from the top. */
export const middleOfRow = ({ top }: FieldLattice, { down }: LatticeSteps, row: number) => top - (row + 0.5) * down;

/** Number of the points. @throws RangeError when there are none, or what is told of them does not fit. */
export function countPoints({ positions, spreads, labels }: MapPoints): number {
  const count = positions.length / 2;
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`points: ${positions.length} numbers are no places`);
  if (spreads !== null && spreads.length !== count * 3) throw new RangeError(`points: ${spreads.length} numbers are no ${count} ellipses`);
  if (labels !== null && labels.length !== count) throw new RangeError(`points: ${labels.length} labels are told of ${count} points`);
  requireFinite("positions", positions);
  if (spreads !== null) requireFinite("spreads", spreads);
  return count;
}
