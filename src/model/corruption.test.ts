import { expect, test } from "vitest";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { binarise, corrupt, isBinarised, isCorrupted, type Draws } from "./corruption";

const PIXELS = 784;
const IMAGES = 60;
const DRAWS: Draws = { purpose: "training", block: 3, first: 0 };

const grey = (count = IMAGES) => Float32Array.from({ length: count * PIXELS }, (_, i) => (i % 256) / 255);

function corrupted(change: Partial<RunConfig>, draws: Draws = DRAWS, images = grey()): Float32Array {
  corrupt({ ...DEFAULT_CONFIG, ...change }, draws, images);
  return images;
}

/** Four standard deviations of a share p of n independent pixels. */
const margin = (p: number, n: number) => 4 * Math.sqrt((p * (1 - p)) / n);

test("a pixel is white with its grey value as probability", () => {
  for (const value of [0, 0.2, 0.5, 0.9, 1]) {
    const images = new Float32Array(IMAGES * PIXELS).fill(value);
    binarise(5, DRAWS, images);
    expect(images.every((pixel) => pixel === 0 || pixel === 1)).toBe(true);
    const share = images.reduce((sum, pixel) => sum + pixel, 0) / images.length;
    expect(Math.abs(share - value)).toBeLessThanOrEqual(margin(value, images.length));
  }
});

test("masking sets its share of pixels to 0 and leaves the rest alone", () => {
  const clean = new Float32Array(IMAGES * PIXELS).fill(0.6);
  const spoilt = corrupted({ corruption: "masking", corruptionLevel: 0.3 }, DRAWS, clean.slice());
  expect(spoilt.every((pixel) => pixel === 0 || pixel === clean[0])).toBe(true);
  const share = spoilt.filter((pixel) => pixel === 0).length / spoilt.length;
  expect(Math.abs(share - 0.3)).toBeLessThan(margin(0.3, spoilt.length));
});

test("salt and pepper come in equal parts", () => {
  const spoilt = corrupted({ corruption: "salt", corruptionLevel: 0.4 }, DRAWS, new Float32Array(IMAGES * PIXELS).fill(0.6));
  for (const value of [0, 1]) {
    const share = spoilt.filter((pixel) => pixel === value).length / spoilt.length;
    expect(Math.abs(share - 0.2)).toBeLessThan(margin(0.2, spoilt.length));
  }
});

test("Gaussian noise has the deviation it says, no mean, and is not cut", () => {
  const clean = grey();
  const noise = corrupted({ corruption: "gaussian", corruptionLevel: 0.25 }).map((value, i) => value - clean[i]!);
  const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
  const deviation = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
  expect(Math.abs(mean)).toBeLessThan((4 * 0.25) / Math.sqrt(noise.length));
  expect(Math.abs(deviation / 0.25 - 1)).toBeLessThan(4 / Math.sqrt(2 * noise.length));
  expect(noise.some((value, i) => clean[i]! + value < 0)).toBe(true);
});

for (const corruption of ["gaussian", "masking", "salt"] as const) {
  test(`${corruption}: an image is spoilt alike wherever it is in a call, and otherwise than its neighbours`, () => {
    const change = { corruption, corruptionLevel: 0.5 };
    const all = corrupted(change);
    for (const place of [0, 1, 7, IMAGES - 1]) {
      const images = grey()
        .subarray(place * PIXELS, (place + 1) * PIXELS)
        .slice();
      const alone = corrupted(change, { ...DRAWS, first: place * PIXELS }, images);
      expect(alone).toEqual(all.subarray(place * PIXELS, (place + 1) * PIXELS));
    }
    const same = new Float32Array(2 * PIXELS).fill(0.5);
    corrupted(change, DRAWS, same);
    expect(same.subarray(0, PIXELS)).not.toEqual(same.subarray(PIXELS));
    expect(corrupted(change, { ...DRAWS, block: 4 })).not.toEqual(all);
    expect(corrupted(change, { ...DRAWS, purpose: "evaluation" })).not.toEqual(all);
  });
}

test("drawing from an odd place on is drawing the same", () => {
  const whole = new Float32Array(11).fill(0.5);
  binarise(1, { purpose: "evaluation", block: 0, first: 0 }, whole);
  for (const first of [1, 3, 4]) {
    const part = new Float32Array(11 - first).fill(0.5);
    binarise(1, { purpose: "evaluation", block: 0, first }, part);
    expect([...part]).toEqual([...whole.subarray(first)]);
  }
});

test("a level of 0 spoils nothing, and a GAN is neither binarised nor corrupted", () => {
  for (const corruption of ["none", "gaussian", "masking", "salt"] as const) {
    expect(corrupted({ corruption, corruptionLevel: 0 })).toEqual(grey());
    expect(isCorrupted({ ...DEFAULT_CONFIG, corruption, corruptionLevel: 0 })).toBe(false);
    expect(isCorrupted({ ...DEFAULT_CONFIG, corruption, model: "gan" })).toBe(false);
    expect(isCorrupted({ ...DEFAULT_CONFIG, corruption })).toBe(corruption !== "none");
  }
  expect(isBinarised({ reconstruction: "bernoulli", model: "vae" })).toBe(true);
  expect(isBinarised({ reconstruction: "bernoulli", model: "gan" })).toBe(false);
});
