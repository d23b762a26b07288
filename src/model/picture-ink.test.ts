import { expect, test } from "vitest";
import { fillUniform } from "../lib/random";
import { colourOf, inkOf, inkThreshold, isDarkOnLight, lightnessOf } from "./picture-ink";

const rgba = (...pixels: number[][]) => ({ width: pixels.length, height: 1, data: Uint8ClampedArray.from(pixels.flat()) });
const grey = (width: number, ...values: number[]) => ({
  width,
  height: values.length / width,
  channels: 1,
  pixels: Float32Array.from(values),
});

test("lightness is BT.709's luma, and what is transparent lies on white paper", () => {
  const { pixels } = lightnessOf(rgba([255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [0, 0, 0, 0], [0, 0, 0, 51]));
  const expected = [0.2126, 0.7152, 0.0722, 1, 0.8];
  expected.forEach((value, i) => expect(pixels[i]).toBeCloseTo(value, 6));
});

test("colours lie over the data set's ground", () => {
  const { pixels, channels } = colourOf(rgba([255, 0, 51, 255], [255, 0, 0, 51]), [0, 1, 1]);
  expect(channels).toBe(3);
  [1, 0, 0.2, 0.2, 0.8, 0.8].forEach((value, i) => expect(pixels[i]).toBeCloseTo(value, 6));
});

const frame = (border: number, middle: number) => grey(3, border, border, border, border, middle, border, border, border, border);

test("the border tells ground from ink", () => {
  expect(isDarkOnLight(frame(0.9, 0.1))).toBe(true);
  expect(isDarkOnLight(frame(0.1, 0.9))).toBe(false);
});

const ink = (isDark: boolean, threshold: number) =>
  Array.from(inkOf(grey(4, 0.2, 0.4, 0.7, 1), isDark, threshold).pixels, (v) => +v.toFixed(5));

test("ink is turned, cut at the threshold, and stretched to 1", () => {
  expect(ink(false, 0)).toEqual([0.2, 0.4, 0.7, 1]);
  expect(ink(true, 0)).toEqual([1, 0.75, 0.375, 0]);
  expect(ink(true, 0.4)).toEqual([1, 0.5, 0, 0]);
  expect(ink(true, 0.9)).toEqual([0, 0, 0, 0]);
});

const spread = (group: number[]) => {
  const mean = group.reduce((sum, value) => sum + value, 0) / group.length;
  return group.reduce((sum, value) => sum + (value - mean) ** 2, 0);
};

test("Otsu's threshold parts two groups where the variance within them is least, by trying every level", () => {
  const values = new Float32Array(400);
  fillUniform({ seed: 4, stream: 90 }, 0, values);
  const shades = values.map((value, i) => (i % 4 === 0 ? 0.55 + 0.4 * value : 0.1 + 0.25 * value));
  const levels = Array.from(shades, (value) => Math.round(value * 255));
  const within = (level: number) => {
    return spread(levels.filter((value) => value <= level)) + spread(levels.filter((value) => value > level));
  };
  const tried = Array.from({ length: 255 }, (_, level) => level).filter(
    (level) => level >= Math.min(...levels) && level < Math.max(...levels),
  );
  const best = tried.reduce((least, level) => (within(level) < within(least) - 1e-9 ? level : least));
  const threshold = inkThreshold(grey(20, ...shades), false);
  expect(threshold).toBeCloseTo((best + 0.5) / 255, 9);
  expect(inkThreshold(grey(20, ...shades.map((value) => 1 - value)), true)).toBeCloseTo(threshold, 9);
});

test("a picture of one shade has no threshold", () => {
  expect(inkThreshold(grey(2, 0.5, 0.5, 0.5, 0.5), false)).toBe(0);
});
