import { expect, test } from "vitest";
import { appendRows, emptySeries } from "../lib/capped-series";
import { pixelColumns, rawPoints, smoothedPoints } from "./loss-columns";

/** Step 1 at pixel 0. */
const stepsAPixel = (steps: number) => (step: number) => (step - 1) / steps;

const series = (values: readonly number[], cap = 10_000) =>
  appendRows(emptySeries(["loss"], cap), { step: values.map((_, i) => i + 1), loss: values });

test("rows of one pixel column leave their least and greatest value, in the order they came", () => {
  const rows = series([5, 9, 1, 4, 2, 8]);
  const toX = stepsAPixel(3);
  const columns = pixelColumns(rows, toX);
  expect(columns).toEqual([
    { from: 0, to: 3 },
    { from: 3, to: 6 },
  ]);
  expect(rawPoints(rows.columns.loss, rows, columns, toX)).toEqual({ x: [1 / 3, 2 / 3, 4 / 3, 5 / 3], value: [9, 1, 2, 8] });
});

test("thousands of rows leave at most two points a pixel, and no spike is lost", () => {
  const values = Array.from({ length: 8000 }, (_, i) => (i === 4321 ? 999 : Math.sin(i)));
  const rows = series(values);
  const toX = stepsAPixel(16);
  const points = rawPoints(rows.columns.loss, rows, pixelColumns(rows, toX), toX);
  expect(points.x.length).toBeLessThanOrEqual(2 * 500);
  expect(Math.max(...points.value)).toBe(999);
});

test("a value that is not finite breaks the line where it stands", () => {
  const rows = series([3, Number.NaN, 2, Infinity, 7, 8]);
  const apart = stepsAPixel(0.1);
  expect(rawPoints(rows.columns.loss, rows, pixelColumns(rows, apart), apart).value).toEqual([3, Number.NaN, 2, Infinity, 7, 8]);
  const together = stepsAPixel(Infinity);
  expect(rawPoints(rows.columns.loss, rows, pixelColumns(rows, together), together).value).toEqual([Infinity]);
});

test("smoothing is the mean of half an epoch to each side, and of no more than a twentieth of the step's number", () => {
  const values = Array.from({ length: 2000 }, (_, i) => 100 + 200 * Math.exp(-i / 300) + 20 * Math.sin(i * 7.3));
  const rows = series(values);
  const toX = stepsAPixel(0.5); // every row its own column
  const smooth = smoothedPoints(rows.columns.loss, rows, pixelColumns(rows, toX), toX, 70);
  for (const step of [1, 19, 20, 100, 700, 701, 1500, 1990, 2000]) {
    const reach = Math.min(35, 0.05 * step);
    const near = values.filter((_, i) => Math.abs(i + 1 - step) <= reach);
    const mean = near.reduce((sum, value) => sum + value, 0) / near.length;
    expect(smooth.x[step - 1]).toBe((step - 1) * 2);
    expect(smooth.value[step - 1]).toBeCloseTo(mean, 4); // float32 rows of about 200
  }
});

test("merged rows weigh as many steps as they stand for", () => {
  const rows = series(
    Array.from({ length: 9 }, (_, i) => i + 1),
    4,
  );
  const all = stepsAPixel(Infinity); // one column: the window is all of it
  const { value } = smoothedPoints(rows.columns.loss, rows, pixelColumns(rows, all), all, 1000);
  expect(rows.length).toBeLessThan(9);
  expect(value).toEqual([5]); // mean of 1 … 9, exact in binary
});

test("smoothing skips what is not finite and stays broken there", () => {
  const rows = series([4, Number.NaN, 8, 6]);
  const toX = stepsAPixel(2);
  const columns = pixelColumns(rows, toX);
  expect(smoothedPoints(rows.columns.loss, rows, columns, toX, 1000).value).toEqual([Number.NaN, 7]);
});

test("an explosion is not smeared over the steps before it", () => {
  const rows = series([...Array(100).fill(200), 5e20]);
  const toX = stepsAPixel(0.5);
  const { value } = smoothedPoints(rows.columns.loss, rows, pixelColumns(rows, toX), toX, 70);
  expect(value.slice(0, 100)).toEqual(Array(100).fill(200));
  expect(value[100]! / 5e20).toBeCloseTo(1, 6); // float32
});

test("an empty series has no columns and no points", () => {
  const rows = emptySeries(["loss"], 10);
  expect(pixelColumns(rows, (step) => step)).toEqual([]);
  expect(smoothedPoints(rows.columns.loss, rows, [], (step) => step, 70)).toEqual({ x: [], value: [] });
});

test("a likelihood below 0 is smoothed as any other, and through 0", () => {
  // From 60 down to −940 by a step of 1: the mean around a step is the step's own value.
  const values = Array.from({ length: 1000 }, (_, i) => 60 - i);
  const rows = series(values);
  const toX = stepsAPixel(1);
  const { value } = smoothedPoints(rows.columns.loss, rows, pixelColumns(rows, toX), toX, 10, -1_000);
  // Steps whose neighbours are all there.
  for (let row = 10; row < 990; row++) expect(value[row]).toBeCloseTo(values[row]!, 4);
});

test("what nothing bounds is smoothed around 0, and an explosion still stays out", () => {
  const values: number[] = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 3 : -3));
  values[300] = 5_000;
  const rows = series(values);
  const toX = stepsAPixel(1);
  const { value } = smoothedPoints(rows.columns.loss, rows, pixelColumns(rows, toX), toX, 20, null);
  expect(Math.abs(value[200]!)).toBeLessThan(0.5); // 3 and −3 in turn
  expect(Math.abs(value[295]!)).toBeLessThan(0.5);
  expect(value[300]).toBe(5_000);
});
