import { expect, test } from "vitest";
import { clippedPeak, traceLine } from "./loss-trace";

const down = (value: number) => 100 - value;

test("a path breaks where a value is not finite, and a point alone is a dot", () => {
  const points = { x: [0, 10, 20, 30, 40], value: [1, 2, Number.NaN, 4, Infinity] };
  expect(traceLine(points, down)).toBe("M0 99L10 98M30 96h0");
  expect(traceLine({ x: [], value: [] }, down)).toBe("");
});

test("coordinates have a tenth of a pixel, and none is beyond what a renderer can draw", () => {
  expect(traceLine({ x: [0.123, 1.987], value: [1e30, -1e30] }, down)).toBe("M0.1 -10000L2 10000");
});

test("a peak is named once the smoothed line leaves the panel, with the greatest single value there", () => {
  const raw = { x: [0, 1, 2, 3], value: [540, 300, 205, 190] };
  expect(clippedPeak([{ raw, smooth: { x: [0, 1, 2, 3], value: [450, 280, 198, 192] } }], 200)).toEqual({ x: 0, value: 540 });
  expect(clippedPeak([{ raw, smooth: { x: [0, 1, 2, 3], value: [199, 199, 198, 192] } }], 200)).toBeNull();
});
