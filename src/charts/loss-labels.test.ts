import { expect, test } from "vitest";
import { spreadLabels } from "./loss-labels";

test("labels with room stay where they want to be", () => {
  expect(spreadLabels([100, 20, 60], 15, 0, 200)).toEqual([100, 20, 60]);
});

test("labels that would touch move apart evenly, in their order", () => {
  expect(spreadLabels([50, 50], 14, 0, 200)).toEqual([43, 57]);
  expect(spreadLabels([52, 50, 90], 14, 0, 200)).toEqual([58, 44, 90]);
});

test("a group that grows into its neighbour takes it in", () => {
  const [a, b, c] = spreadLabels([50, 50, 62], 14, 0, 200) as [number, number, number];
  expect([b - a, c - b]).toEqual([14, 14]);
  expect((a + b + c) / 3).toBeCloseTo(54, 9); // the mean of 50, 50 and 62: no label moves further than needed
});

test("labels stay between the ends as long as they fit", () => {
  expect(spreadLabels([1, 2, 3], 10, 5, 100)).toEqual([5, 15, 25]);
  expect(spreadLabels([99, 98, 97], 10, 5, 100)).toEqual([100, 90, 80]);
  for (const wanted of [
    [0, 0, 0, 0],
    [100, 0, 100, 0],
    [30, 31, 29, 100],
  ]) {
    const placed = spreadLabels(wanted, 15, 4, 96);
    const sorted = placed.toSorted((a, b) => a - b);
    sorted.slice(1).forEach((y, i) => expect(y - sorted[i]!).toBeGreaterThanOrEqual(15 - 1e-9));
    expect(Math.min(...placed)).toBeGreaterThanOrEqual(4);
    expect(Math.max(...placed)).toBeLessThanOrEqual(96);
  }
});

test("no labels, no places", () => {
  expect(spreadLabels([], 15, 0, 10)).toEqual([]);
});
