import { expect, test } from "vitest";
import { pointTile, POINT_SHAPE } from "./point-tile";

const { width } = POINT_SHAPE;

/** The middle of the ink, in pixels from the upper left corner. */
function middleOf(pixels: Float32Array): [number, number] {
  let [sum, x, y] = [0, 0, 0];
  pixels.forEach((value, i) => {
    sum += value;
    x += value * ((i % width) + 0.5);
    y += value * (Math.floor(i / width) + 0.5);
  });
  return [x / sum, y / sum];
}

const inkOf = (point: number[]) => pointTile(point).reduce((sum, value) => sum + value, 0);

test("the dot stands where the point is, up is more", () => {
  const [x, y] = middleOf(pointTile([0.75, 0.25]));
  expect(x - width / 2).toBeCloseTo((0.25 * width) / 2 / 0.58, 1);
  expect(y - width / 2).toBeCloseTo((0.25 * width) / 2 / 0.58, 1);
});

test("of three coordinates the nearer dot is the larger", () => {
  expect(inkOf([0.5, 0.5, 0.9])).toBeGreaterThan(inkOf([0.5, 0.5, 0.1])); // seen from above
});

test("a point far outside, or none at all, leaves the frame empty", () => {
  expect(Math.max(...pointTile([9, 9]))).toBe(0);
  expect(Math.max(...pointTile([Number.NaN, 0.5]))).toBe(0);
});
