/** The point under a pointer, among those that are shown. */
import { expect, test } from "vitest";
import { nearestPoint, pointsByDistance } from "./latent-hit";

const query = {
  positions: Float32Array.of(0, 0, 1, 0, 2, 0, Number.NaN, 0),
  labels: [0, 1, 2, 0],
  hiddenClasses: new Set<number>(),
  scales: { originX: 100, originY: 100, unitX: 10, unitY: -10 },
};

test("the nearest within reach, and none beyond it", () => {
  expect(nearestPoint(query, 111, 99, 8)).toBe(1);
  expect(nearestPoint(query, 114.9, 100, 8)).toBe(1);
  expect(nearestPoint(query, 150, 100, 8)).toBeNull();
});

test("reach is in pixels, whatever the zoom", () => {
  expect(nearestPoint({ ...query, scales: { ...query.scales, unitX: 1000 } }, 111, 100, 8)).toBeNull();
});

test("a hidden class cannot be hit", () => {
  const hidden = { ...query, hiddenClasses: new Set([1]) };
  expect(nearestPoint(hidden, 110, 100, 8)).toBeNull();
  expect(pointsByDistance(hidden, 100, 100, 9)).toEqual([0, 2]);
});

test("stepping goes outwards and leaves out what has no place", () => {
  expect(pointsByDistance(query, 121, 100, 9)).toEqual([2, 1, 0]);
  expect(pointsByDistance(query, 121, 100, 2)).toEqual([2, 1]);
});
