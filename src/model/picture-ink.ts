/**
 * A photograph as the data sets would have it: grey values as ink, light on dark, the
 * paper's own shade taken away.
 *
 * Sources: luma of ITU-R BT.709; threshold of Otsu 1979, IEEE Trans. SMC 9, 62–66.
 */
import { clamp } from "../lib/clamp";
import type { Picture } from "./picture";

/** Bytes as a browser decodes them, `[height, width, 4]`: red, green, blue, opacity. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

const LUMA = [0.2126, 0.7152, 0.0722] as const;

/** Lightness, 0 … 1, on white paper where the image is transparent. */
export function lightnessOf({ width, height, data }: RgbaImage): Picture {
  const pixels = new Float32Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    const luma = LUMA.reduce((sum, weight, c) => sum + weight * data[i * 4 + c]!, 0) / 255;
    const opacity = data[i * 4 + 3]! / 255;
    pixels[i] = 1 - opacity * (1 - luma);
  }
  return { width, height, channels: 1, pixels };
}

/** Red, green and blue, 0 … 1, over a ground. */
export function colourOf({ width, height, data }: RgbaImage, ground: readonly number[]): Picture {
  const pixels = new Float32Array(width * height * 3);
  for (let i = 0; i < pixels.length; i++) {
    const [at, c] = [Math.floor(i / 3) * 4, i % 3];
    const paper = ground[c] ?? 0;
    pixels[i] = paper + (data[at + 3]! / 255) * (data[at + c]! / 255 - paper);
  }
  return { width, height, channels: 3, pixels };
}

/** Whether what is shown is darker than what it stands on, taking the border for the ground. */
export function isDarkOnLight({ width, height, pixels }: Picture): boolean {
  let [border, count, all] = [0, 0, 0];
  pixels.forEach((value, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    all += value;
    if (x > 0 && y > 0 && x < width - 1 && y < height - 1) return;
    border += value;
    count++;
  });
  return border / Math.max(1, count) > all / Math.max(1, pixels.length);
}

/**
 * Ink from lightness: turned where the drawing is dark, nothing up to the threshold, and the strongest ink 1.
 *
 * @param threshold of ink, 0 … 1
 */
export function inkOf(lightness: Picture, isDark: boolean, threshold: number): Picture {
  const ink = lightness.pixels.map((value) => (isDark ? 1 - value : value));
  const most = ink.reduce((largest, value) => Math.max(largest, value), 0);
  const span = most - threshold;
  return { ...lightness, pixels: ink.map((value) => (span > 0 ? clamp((value - threshold) / span, 0, 1) : 0)) };
}

const LEVELS = 256;

/** The level between ground and ink that keeps their two groups furthest apart: the largest variance between them. 0 of a picture of one shade. */
export function inkThreshold(lightness: Picture, isDark: boolean): number {
  const counts = new Float64Array(LEVELS);
  for (const value of lightness.pixels) counts[Math.round(clamp(isDark ? 1 - value : value, 0, 1) * (LEVELS - 1))]!++;
  const total = lightness.pixels.length;
  const sum = counts.reduce((moment, count, level) => moment + level * count, 0);
  let [below, belowSum, best, threshold] = [0, 0, 0, 0];
  for (let level = 0; level < LEVELS - 1; level++) {
    below += counts[level]!;
    belowSum += level * counts[level]!;
    if (below === 0 || below === total) continue;
    const apart = belowSum / below - (sum - belowSum) / (total - below);
    const between = below * (total - below) * apart * apart;
    if (between > best) [best, threshold] = [between, (level + 0.5) / (LEVELS - 1)];
  }
  return threshold;
}
