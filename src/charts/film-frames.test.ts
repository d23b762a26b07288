import { expect, test } from "vitest";
import { alongStrip, framesThatFit, shownAt } from "./film-frames";

test("all frames where there is room, else both ends and as many between as fit, evenly", () => {
  expect(framesThatFit(5, 400, 40)).toEqual([0, 1, 2, 3, 4]);
  expect(framesThatFit(33, 200, 40)).toEqual([0, 8, 16, 24, 32]);
  expect(framesThatFit(33, 0, 40)).toEqual([0, 32]); // before the first layout
  expect(framesThatFit(1, 400, 40)).toEqual([0]);
});

test("a place is marked over the middle of its frame, and between frames in proportion", () => {
  const shown = [0, 8, 16, 24, 32];
  expect(alongStrip(shown, 33, 0)).toBeCloseTo(0.1, 12); // the middle of the first of five
  expect(alongStrip(shown, 33, 0.5)).toBeCloseTo(0.5, 12);
  expect(alongStrip(shown, 33, 1)).toBeCloseTo(0.9, 12);
  expect(alongStrip(shown, 33, 4 / 32)).toBeCloseTo(0.2, 12); // half-way from the first to the second
  expect(alongStrip([0], 1, 0.3)).toBeCloseTo(0.5, 12);
});

test("the frame that stands for a place is the nearest one shown", () => {
  expect([0, 0.1, 0.2, 0.9, 1].map((at) => shownAt([0, 8, 16, 24, 32], 33, at))).toEqual([0, 0, 1, 4, 4]);
});
