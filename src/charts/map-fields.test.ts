/** Levels and outlines of fields, as numbers. */
import { expect, test } from "vitest";
import { densityLevels, logRange, outlineAbove, outlineOf, type MapField } from "./map-fields";

/** A Gaussian of σ = 1 around 0, over ±4. */
const SIDE = 81;
const gaussian: MapField = {
  left: -4,
  right: 4,
  bottom: -4,
  top: 4,
  columns: SIDE,
  rows: SIDE,
  values: Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [h, v] = [((i % SIDE) + 0.5) * (8 / SIDE) - 4, 4 - (Math.floor(i / SIDE) + 0.5) * (8 / SIDE)];
    return Math.exp(-0.5 * (h * h + v * v)) / (2 * Math.PI);
  }),
};

test("levels are round, in equal steps, and inside the field's range", () => {
  const levels = densityLevels(gaussian);
  expect(levels).toEqual([0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14]); // the top is 1 / 2π = 0.159
  expect(densityLevels({ ...gaussian, values: new Float32Array(SIDE * SIDE) })).toEqual([]);
});

test("the outline of a Gaussian is a circle of the radius at which it has that height", () => {
  const level = 0.05;
  const radius = Math.sqrt(-2 * Math.log(level * 2 * Math.PI));
  const rings = outlineAbove(gaussian, level);
  expect(rings).toHaveLength(1);
  for (const [column, row] of rings[0]!) {
    const [h, v] = [column * (8 / SIDE) - 4, 4 - row * (8 / SIDE)];
    expect(Math.hypot(h, v)).toBeCloseTo(radius, 2); // interpolated along a cell of 0.1
  }
});

test("what is no number lies below every level, and outside every range", () => {
  const values = Float32Array.of(Number.NaN, 3, 0, 12, Infinity, 5);
  const field = { ...gaussian, columns: 3, rows: 2, values };
  expect(logRange(field)).toEqual({ least: 3, most: 12 });
  expect(logRange({ ...field, values: Float32Array.of(0, Number.NaN) })).toBeNull();
  expect(densityLevels(field).at(-1)).toBeLessThan(12);
});

test("the border of a class runs where the class ends, wherever it lies in the lattice", () => {
  // A disc of class 3 of radius 12 cells around (50, 40), in class 1.
  const values = gaussian.values.map((_, i) => (Math.hypot((i % SIDE) + 0.5 - 50, Math.floor(i / SIDE) + 0.5 - 40) < 12 ? 3 : 1));
  const rings = outlineOf({ ...gaussian, values }, 3);
  expect(rings).toHaveLength(1);
  for (const [x, y] of rings[0]!) expect(Math.abs(Math.hypot(x - 50, y - 40) - 12)).toBeLessThan(1); // to the cell
  expect(outlineOf({ ...gaussian, values }, 1)).toHaveLength(2); // with a hole
});
