import { expect, test } from "vitest";
import { layoutSmallCurve } from "./small-curve";

const FRAME = { widthPx: 110, heightPx: 40 };

test("the first value stands at the left, the last at the right, in the range there is room for", () => {
  expect(layoutSmallCurve([0, 10, 5], [0, 10], FRAME).path).toBe("M5 35L55 5L105 20");
});

test("values beyond the range widen it, and gaps break the line", () => {
  expect(layoutSmallCurve([0, 20], [0, 10], FRAME).path).toBe("M5 35L105 5");
  expect(layoutSmallCurve([0, Number.NaN, 10], [0, 10], FRAME).path).toBe("M5 35h0M105 5h0");
});

test("names are drawn as steps", () => {
  expect(layoutSmallCurve([0, 2], [0, 2], FRAME, true).path).toBe("M5 35L55 35L55 5L105 5");
});

test("no width yet and no number give no NaN", () => {
  expect(layoutSmallCurve([Number.NaN], [0, 1], { widthPx: 0, heightPx: 40 }).path).toBe("");
  expect(layoutSmallCurve([1, 2], [0, 2], { widthPx: 0, heightPx: 40 }).path).not.toContain("NaN");
});
