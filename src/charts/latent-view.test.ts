/** Plot units to pixels and back, zoom and pan that keep what is under the hand under it. */
import { assert, double, property } from "fast-check";
import { expect, test } from "vitest";
import {
  axisTicks,
  HALF_SPAN_LIMITS,
  mixViews,
  panBy,
  plotScales,
  revealPoint,
  stripHeightPx,
  visibleRange,
  zoomAbout,
} from "./latent-view";

const frame = { widthPx: 480, heightPx: 400 };
const view = { x: 0.5, y: -1, halfSpan: 4 };

test("a plane has equal scales, the centre in the middle and up is more", () => {
  const scales = plotScales("plane", view, frame);
  expect(scales.unitX).toBe(50); // 200 px to the nearer edge, 4 units of z
  expect(scales.unitY).toBe(-50);
  expect([scales.originX + 50 * view.x, scales.originY - 50 * view.y]).toEqual([240, 200]);
  expect(visibleRange(scales, frame)).toEqual({ left: -4.3, right: 5.3, bottom: -5, top: 3 });
});

test("a line spans the width, and its lanes end above the strip", () => {
  const scales = plotScales("line", { x: 0, y: 0, halfSpan: 4 }, frame);
  expect(scales.originX + 4 * scales.unitX).toBe(480);
  expect(scales.originY).toBe(0);
  expect(scales.unitY).toBe(400 - stripHeightPx(frame));
});

test("zooming keeps the point under the pointer in its place", () => {
  const number = double({ min: -5, max: 5, noNaN: true });
  assert(
    property(number, number, double({ min: 0.2, max: 5, noNaN: true }), (h, v, factor) => {
      const before = plotScales("plane", view, frame);
      const after = plotScales("plane", zoomAbout(view, factor, h, v), frame);
      expect(after.unitX / before.unitX).toBeCloseTo(factor, 9);
      expect(after.originX + after.unitX * h).toBeCloseTo(before.originX + before.unitX * h, 6); // px: far below what shows
      expect(after.originY + after.unitY * v).toBeCloseTo(before.originY + before.unitY * v, 6);
    }),
  );
});

test("zoom stops at its limits and still keeps the point", () => {
  const far = zoomAbout(view, 1e-9, 1, 1);
  expect(far.halfSpan).toBe(HALF_SPAN_LIMITS.max);
  expect((far.x - 1) / far.halfSpan).toBeCloseTo((view.x - 1) / view.halfSpan, 9);
});

test("panning moves the picture with the hand", () => {
  const moved = panBy(view, "plane", plotScales("plane", view, frame), 50, 100);
  expect(moved).toEqual({ x: -0.5, y: 1, halfSpan: 4 });
  expect(panBy(view, "line", plotScales("line", view, frame), 60, 100).y).toBe(view.y);
});

test("a glide between views starts and ends at them, and zooms by equal ratios", () => {
  const to = { x: 1, y: 2, halfSpan: 16 };
  expect(mixViews(view, to, 0)).toEqual(view);
  expect(mixViews(view, to, 1)).toEqual(to);
  expect(mixViews(view, to, 0.5).halfSpan).toBeCloseTo(8, 12);
});

test("revealing moves no more than it must", () => {
  expect(revealPoint(view, "plane", frame, 0, 0, 20)).toBe(view);
  const moved = revealPoint(view, "plane", frame, 6, 0, 20);
  const scales = plotScales("plane", moved, frame);
  expect(scales.originX + scales.unitX * 6).toBeCloseTo(460, 9);
  expect(moved.y).toBe(view.y);
});

test("ticks are round, inside and where the scale puts them", () => {
  const scales = plotScales("plane", view, frame);
  const { left, right } = visibleRange(scales, frame);
  const ticks = axisTicks(left, right, frame.widthPx, (value) => scales.originX + scales.unitX * value);
  expect(ticks.map(({ value }) => value)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4, 5]);
  expect(ticks[4]!.px).toBe(scales.originX);
  expect(ticks[0]!.label).toBe("−4"); // a minus sign, not a hyphen
});

test("codes that have run away are told by their power of ten", () => {
  const ticks = axisTicks(-3e8, 3e8, 400, (value) => value);
  expect(ticks.map(({ label }) => label)).toContain("2e+8");
  expect(ticks.every(({ label }) => label.length <= 7)).toBe(true);
});
