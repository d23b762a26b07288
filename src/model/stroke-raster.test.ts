import { expect, test } from "vitest";
import { blankSheet, drawStroke } from "./stroke-raster";

const at = (x: number, y: number, radius = 0.1) => ({ x, y, radius });

test("a dot has the area of its disc, a line that of its capsule", () => {
  const area = (points: ReturnType<typeof at>[]) => {
    const sheet = blankSheet(200, [0]);
    drawStroke(sheet, { colour: [1], points });
    return sheet.pixels.reduce((sum, ink) => sum + ink, 0) / 200 ** 2;
  };
  // A soft edge one pixel wide is right to the second order: some 1e-5 of the sheet.
  expect(area([at(0.5, 0.5)])).toBeCloseTo(Math.PI * 0.01, 4);
  expect(area([at(0.3, 0.4), at(0.6, 0.8)])).toBeCloseTo(Math.PI * 0.01 + 0.2 * 0.5, 4);
});

test("ink is as dark as its darkest stroke, colours lie over each other", () => {
  const grey = blankSheet(20, [0]);
  drawStroke(grey, { colour: [1], points: [at(0.5, 0.5)] });
  const once = grey.pixels.slice();
  drawStroke(grey, { colour: [1], points: [at(0.5, 0.5)] });
  expect(grey.pixels).toEqual(once);

  const colour = blankSheet(20, [1, 1, 1]);
  drawStroke(colour, { colour: [1, 0, 0], points: [at(0.5, 0.5)] });
  drawStroke(colour, { colour: [0, 0, 1], points: [at(0.6, 0.5)] });
  const pixel = (x: number, y: number) => Array.from(colour.pixels.subarray((y * 20 + x) * 3, (y * 20 + x) * 3 + 3));
  expect(pixel(9, 10)).toEqual([1, 0, 0]);
  expect(pixel(11, 10)).toEqual([0, 0, 1]);
  expect(pixel(0, 0)).toEqual([1, 1, 1]);
});

test("a stroke that leaves the sheet is cut, not carried over to the other side", () => {
  const sheet = blankSheet(10, [0]);
  drawStroke(sheet, { colour: [1], points: [at(1.2, 0.5, 0.05), at(0.95, 0.5, 0.05)] });
  expect(sheet.pixels.some((ink, i) => ink > 0 && i % 10 < 8)).toBe(false);
  expect(sheet.pixels[5 * 10 + 9]).toBeCloseTo(0.5, 6); // half a pixel from the middle of a line half a pixel to each side
});

test("many pieces of one line are that line, in ink and in colour: no joint shows", () => {
  const ends = [at(0.2, 0.3), at(0.7, 0.6)] as const;
  const parts = Array.from({ length: 33 }, (_, i) => at(0.2 + (0.5 * i) / 32, 0.3 + (0.3 * i) / 32));
  for (const colour of [[1], [0.2, 0.5, 0.9]]) {
    const [whole, pieced] = [
      blankSheet(
        64,
        colour.map(() => 0),
      ),
      blankSheet(
        64,
        colour.map(() => 0),
      ),
    ];
    drawStroke(whole, { colour, points: ends });
    drawStroke(pieced, { colour, points: parts });
    const apart = whole.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - pieced.pixels[i]!)), 0);
    expect(apart).toBeLessThan(1e-5); // float32, blended some thirty times
  }
});
