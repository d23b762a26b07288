/** Class of the nearest point, by place of a lattice: what the map would be called there. */
import { indexPlaces, nearestPlaces } from "../model/place-index";
import { countPoints, latticeSteps, middleOfColumn, middleOfRow } from "./lattices";
import type { Handler } from "./question";

export const regions: Handler<"regions"> = async ({ points, lattice }, { turn }) => {
  const steps = latticeSteps(lattice);
  countPoints(points);
  if (points.labels === null) throw new RangeError("regions: the points have no labels");
  const { columns, rows } = lattice;
  const index = indexPlaces(points.positions);
  const values = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const v = middleOfRow(lattice, steps, row);
    for (let column = 0; column < columns; column++) {
      if (column % 16 === 0 && turn.isOver()) await turn.pass();
      const [nearest] = nearestPlaces(index, middleOfColumn(lattice, steps, column), v, 1).indices;
      values[row * columns + column] = points.labels[nearest!]!;
    }
  }
  return { lattice, values };
};
