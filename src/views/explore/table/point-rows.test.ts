import { expect, test } from "vitest";
import type { ShownPoints } from "../../latent/use-cloud";
import { codeDistance, meanSigma, pageOf, sortPoints, valueOf, type PointColumn, type RowContext } from "./point-rows";

/** Three examples and two training images of a plane. */
const POINTS: ShownPoints = {
  latentDim: 2,
  examples: {
    codes: Float32Array.of(3, 4, 0, 1, -1, 0),
    logVar: Float32Array.of(0, 0, Math.log(0.25), Math.log(0.25), Math.log(4), 0),
    labels: Uint8Array.of(7, 2, 7),
  },
  exampleCount: 3,
  many: { codes: Float32Array.of(6, 8, 0.5, 0), logVar: Float32Array.of(0, 0, 0, 0), labels: Uint8Array.of(2, 1) },
  count: 5,
};
const CONTEXT: RowContext = { z: [0, 0], axes: [0, 1], losses: Float32Array.of(90, 70, 80), hiddenClasses: [] };

const ordered = (column: PointColumn, isDescending = false, change: Partial<RowContext> = {}) =>
  pageOf(sortPoints(POINTS, { column, isDescending }, { ...CONTEXT, ...change }), 0, 10);

test("a row's numbers: distance in the whole space, σ as the root of the mean variance", () => {
  expect(valueOf(POINTS, 0, "distance", CONTEXT)).toBe(5); // 3, 4, 5
  expect(valueOf(POINTS, 3, "distance", CONTEXT)).toBe(10);
  expect(codeDistance([1, 1], [1, 3])).toBe(2);
  expect(valueOf(POINTS, 1, "sigma", CONTEXT)).toBeCloseTo(0.5, 6); // float32 logarithms
  expect(meanSigma(Float32Array.of(Math.log(4), 0))).toBeCloseTo(Math.sqrt(2.5), 6);
  expect(meanSigma(null)).toBeNaN();
  expect(valueOf(POINTS, 4, "class", CONTEXT)).toBe(1);
  expect(valueOf(POINTS, 3, "vertical", CONTEXT)).toBe(8);
});

test("sorted by any column, both ways; rows without a value come last either way", () => {
  expect(ordered("distance")).toEqual([4, 1, 2, 0, 3]); // 1 and 2 are equally far: by index
  expect(ordered("distance", true)).toEqual([3, 0, 1, 2, 4]);
  expect(ordered("loss")).toEqual([1, 2, 0, 3, 4]);
  expect(ordered("loss", true)).toEqual([0, 2, 1, 3, 4]);
  expect(ordered("class")).toEqual([4, 1, 3, 0, 2]);
});

test("hidden classes have no rows", () => {
  expect(ordered("index", false, { hiddenClasses: [7] })).toEqual([1, 3, 4]);
});

test("pages follow each other without a gap or a double, through equal keys too", () => {
  const sorted = sortPoints(POINTS, { column: "class", isDescending: false }, CONTEXT);
  expect([0, 1, 2, 3, 4].map((from) => pageOf(sorted, from, 1))).toEqual([[4], [1], [3], [0], [2]]);
  expect([pageOf(sorted, 0, 2), pageOf(sorted, 2, 2), pageOf(sorted, 4, 2), pageOf(sorted, 6, 2)]).toEqual([[4, 1], [3, 0], [2], []]);
});
