import { expect, test } from "vitest";
import { pixelEntropyFloor } from "./pixel-entropy";

/** Binary cross-entropy of one image against probabilities `p`, in float64 loops. */
function crossEntropy(image: readonly number[], p: readonly number[]): number {
  let nats = 0;
  image.forEach((byte, i) => {
    const x = byte / 255;
    if (x > 0) nats -= x * Math.log(p[i]!);
    if (x < 1) nats -= (1 - x) * Math.log(1 - p[i]!);
  });
  return nats;
}

const image = [0, 255, 51, 128, 254, 1];

test("is the cross-entropy of images with themselves, and no other guess is better", () => {
  const floor = pixelEntropyFloor(Uint8Array.from(image), image.length);
  const own = image.map((byte) => byte / 255);
  expect(floor).toBeCloseTo(crossEntropy(image, own), 12); // both float64: a few roundings of numbers near 1
  for (const shift of [-0.003, 0.003]) {
    const guess = own.map((p) => Math.min(1 - 1e-9, Math.max(1e-9, p + shift)));
    expect(crossEntropy(image, guess)).toBeGreaterThan(floor);
  }
});

test("is summed over pixels and a mean over images; black and white cost nothing", () => {
  expect(pixelEntropyFloor(Uint8Array.of(0, 255, 255, 0), 2)).toBe(0);
  const one = pixelEntropyFloor(Uint8Array.of(51), 1);
  expect(pixelEntropyFloor(Uint8Array.of(51, 51, 0, 0), 2)).toBeCloseTo(one, 12);
});

test("refuses what is no whole number of images", () => {
  expect(() => pixelEntropyFloor(new Uint8Array(5), 2)).toThrow(RangeError);
  expect(() => pixelEntropyFloor(new Uint8Array(0), 2)).toThrow(RangeError);
});
