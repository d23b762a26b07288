/** How far the decoder moves per unit step, over a lattice of the map: coarse blocks first, filled in until each place is its own. */
import { magnification as magnify } from "../model/metric";
import { lift } from "../model/plane";
import type { FieldLattice } from "../protocol/survey";
import { latticeSteps, middleOfColumn, middleOfRow } from "./lattices";
import { requireFinite } from "./models";
import type { Handler } from "./question";
import { inBatches } from "./turns";

/** Side of the blocks of each pass, in cells: a sixteenth of the work, three more of them, the rest. */
const STRIDES = [4, 2, 1] as const;
/** How often the field so far is told. */
const PART_MS = 200;

export const magnification: Handler<"magnification"> = async ({ plane, z, label, lattice }, { model, turn, part }) => {
  const { network, weights } = model();
  const { latentDim } = network;
  const steps = latticeSteps(lattice);
  for (const [name, code] of Object.entries({ ...plane, z })) {
    if (code.length !== latentDim) throw new RangeError(`magnification: ${name} has ${code.length} numbers, codes have ${latentDim}`);
    requireFinite(name, code);
  }
  const { columns, rows } = lattice;
  const values = new Float32Array(columns * rows);
  let told = performance.now();
  const tell = () => {
    told = performance.now();
    part({ lattice, values: values.slice() });
  };
  for (const stride of STRIDES) {
    const places = placesOf(lattice, stride);
    await inBatches(turn, places.length, (from, count) => {
      if (performance.now() - told > PART_MS && stride < STRIDES[0]) tell();
      const some = places.slice(from, from + count);
      const codes = new Float32Array(count * latentDim);
      some.forEach(([row, column], i) => {
        codes.set(lift(plane, z, middleOfColumn(lattice, steps, column), middleOfRow(lattice, steps, row)), i * latentDim);
      });
      const found = magnify(network, weights, plane, codes, count, new Uint8Array(count).fill(label));
      some.forEach((place, i) => fillBlock(values, lattice, place, stride, found[i]!));
    });
    if (stride > 1) tell();
  }
  requireFinite("the magnification", values);
  return { lattice, values };
};

type Place = readonly [row: number, column: number];

/** The corners of the pass's blocks that no pass before it has looked at. */
function placesOf({ columns, rows }: FieldLattice, stride: number): Place[] {
  const before = stride === STRIDES[0] ? Infinity : stride * 2;
  const places: Place[] = [];
  for (let row = 0; row < rows; row += stride) {
    for (let column = 0; column < columns; column += stride) {
      if (row % before !== 0 || column % before !== 0 || before === Infinity) places.push([row, column]);
    }
  }
  return places;
}

/** A place speaks for its block until a later pass looks closer. */
function fillBlock(values: Float32Array, { columns, rows }: FieldLattice, [row, column]: Place, stride: number, value: number): void {
  const right = Math.min(columns, column + stride);
  for (let r = row; r < Math.min(rows, row + stride); r++) values.fill(value, r * columns + column, r * columns + right);
}
