import { expect, test } from "vitest";
import { boxAt, placeName, textWidth, type DrawnLine, type TextBox } from "./loss-line-names";

const PANEL: TextBox = { left: 50, right: 650, top: 0, bottom: 100 };
const WIDTH = 120;
const NOTHING = { curves: [], texts: [] };

/** Straight from one place to the next, in pixels. */
function curve(...places: readonly (readonly [x: number, y: number])[]): DrawnLine {
  return { points: { x: places.map(([x]) => x), value: places.map(([, y]) => y) }, toY: Number };
}

test("with nothing in its way a name stands at the left, just above its line", () => {
  expect(placeName(50, WIDTH, PANEL, NOTHING)).toEqual({ x: 74, y: 47 });
});

test("a curve above the line sends the name beneath it, one across the left end sends it to the right", () => {
  expect(placeName(50, WIDTH, PANEL, { ...NOTHING, curves: [curve([50, 42], [650, 42])] })).toEqual({ x: 74, y: 61 });
  const crossing = placeName(50, WIDTH, PANEL, { ...NOTHING, curves: [curve([50, 0], [120, 100], [650, 100])] });
  expect(crossing.y).toBe(47);
  expect(crossing.x).toBeGreaterThan(90);
});

test("a curve that keeps to the line gets some air", () => {
  const place = placeName(50, WIDTH, PANEL, { ...NOTHING, curves: [curve([50, 46], [650, 46]), curve([50, 54], [650, 54])] });
  expect(place).toEqual({ x: 74, y: 40 });
});

test("it stays within the panel and off other texts, whatever the curves do", () => {
  const texts = [boxAt({ x: 74, y: 20 }, WIDTH)];
  const place = placeName(8, WIDTH, PANEL, { texts, curves: [curve([50, 14], [650, 14])] });
  const box = boxAt(place, WIDTH);
  expect(box.top).toBeGreaterThanOrEqual(PANEL.top - 3);
  expect(box.left >= texts[0]!.right || box.top >= texts[0]!.bottom || box.bottom <= texts[0]!.top).toBe(true);
});

test("a gap in a curve is in nobody's way, and where all is full a name stands all the same", () => {
  expect(placeName(50, WIDTH, PANEL, { ...NOTHING, curves: [curve([50, Number.NaN], [650, Number.NaN])] })).toEqual({ x: 74, y: 47 });
  const everywhere = Array.from({ length: 50 }, (_, i) => curve([50, i * 2], [650, i * 2]));
  expect(Number.isFinite(placeName(50, WIDTH, PANEL, { ...NOTHING, curves: everywhere }).x)).toBe(true);
});

test("Chinese letters are counted wide", () => {
  expect(textWidth("势均力敌")).toBe(44);
  expect(textWidth("draw")).toBeCloseTo(23.2, 6);
});
