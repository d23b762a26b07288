import { expect, test } from "vitest";
import { fillNormal, fillUniform } from "../../lib/random";
import { componentPieces, explainedVariance, fitComponents, projectionError } from "./principal-components";

function drain<T>(work: Generator<void, T>): { readonly value: T; readonly pieces: number } {
  for (let pieces = 0; ; pieces++) {
    const { done, value } = work.next();
    if (done === true) return { value, pieces };
  }
}

const fit = (images: Uint8Array<ArrayBuffer>, pixels: number) => drain(fitComponents(images, pixels)).value;
const errorOf = (...args: Parameters<typeof projectionError>) => drain(projectionError(...args)).value;

/** Whole bytes on a plane through 128: mixtures of two patterns of whole numbers, with whole weights. */
function planeImages(count: number): Uint8Array<ArrayBuffer> {
  const [p, q] = [
    [3, -2, 0, 5, 1, -4],
    [1, 1, 2, -1, 0, 3],
  ] as const;
  const u = new Float32Array(2 * count);
  fillUniform({ seed: 4, stream: 60 }, 0, u);
  return Uint8Array.from({ length: 6 * count }, (_, i) => {
    const image = Math.floor(i / 6);
    return 128 + Math.round(u[2 * image]! * 20 - 10) * p[i % 6]! + Math.round(u[2 * image + 1]! * 20 - 10) * q[i % 6]!;
  });
}

/** Bytes of correlated pixels, the second of which never changes. */
function mixedImages(count: number, pixels: number, stream: number): Uint8Array<ArrayBuffer> {
  const noise = new Float32Array(count * pixels);
  fillNormal({ seed: 9, stream }, 0, noise);
  return Uint8Array.from(noise, (value, i) => {
    if (i % pixels === 1) return 40;
    const common = noise[i - (i % pixels)]! * (1 + (i % pixels));
    return Math.max(0, Math.min(255, 100 + 10 * common + 15 * value));
  });
}

test("images of a plane are told whole by two components, and not by one", () => {
  const images = planeImages(200);
  const found = fit(images, 6);
  expect(errorOf(found, 2, images)).toBeCloseTo(0, 10);
  expect(explainedVariance(found, 2)).toBeCloseTo(1, 10);
  expect(errorOf(found, 1, images)).toBeGreaterThan(0.001);
  expect(explainedVariance(found, 1)).toBeLessThan(0.99);
});

test("on the images it was fitted to, the error is the variance that is left", () => {
  const [count, pixels] = [120, 7];
  const images = mixedImages(count, pixels, 61);
  const found = fit(images, pixels);
  const left = found.totalVariance * (1 - explainedVariance(found, 3));
  expect(errorOf(found, 3, images)).toBeCloseTo((left * (count - 1)) / count, 10);
});

test("the first direction and its variance are those of a power iteration on the plain covariance", () => {
  const [count, pixels] = [150, 8];
  const images = mixedImages(count, pixels, 62);
  const x = Array.from({ length: count }, (_, i) => Array.from(images.subarray(i * pixels, (i + 1) * pixels), (byte) => byte / 255));
  const mean = x[0]!.map((_, j) => x.reduce((sum, row) => sum + row[j]!, 0) / count);
  const covariance = mean.map((_, i) =>
    mean.map((__, j) => x.reduce((sum, row) => sum + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0) / (count - 1)),
  );
  let direction = mean.map(() => 1);
  let variance = 0;
  for (let round = 0; round < 500; round++) {
    const next = covariance.map((row) => row.reduce((sum, value, j) => sum + value * direction[j]!, 0));
    variance = Math.hypot(...next);
    direction = next.map((value) => value / variance);
  }
  const found = fit(images, pixels);
  expect(found.variances[0]).toBeCloseTo(variance, 10);
  const along = found.directions[0]!.reduce((sum, value, j) => sum + value * direction[j]!, 0);
  expect(Math.abs(along)).toBeCloseTo(1, 10);
  expect(found.mean[3]).toBeCloseTo(mean[3]!, 12);
  expect(found.totalVariance).toBeCloseTo(
    covariance.reduce((sum, row, i) => sum + row[i]!, 0),
    10,
  );
});

test("a pixel that never changed in training counts in full where it changes later", () => {
  const images = mixedImages(100, 4, 63);
  const found = fit(images, 4);
  const later = images.slice();
  for (let i = 1; i < later.length; i += 4) later[i] = 40 + 51; // a fifth brighter
  expect(errorOf(found, 3, later) - errorOf(found, 3, images)).toBeCloseTo(0.2 ** 2, 10);
});

test("points of the plane are told whole by two components", () => {
  const points = mixedImages(300, 2, 64).map((byte, i) => byte + (i % 2) * (i % 7));
  const found = fit(points, 2);
  expect(found.directions.length).toBe(2);
  expect(errorOf(found, 2, points)).toBeCloseTo(0, 10);
});

test("images that are all the same have nothing to tell", () => {
  const images = new Uint8Array(30).fill(9);
  const found = fit(images, 3);
  expect([found.directions.length, explainedVariance(found, 1), errorOf(found, 1, images)]).toEqual([0, 1, 0]);
});

test("yields between pieces, so that it can be left", () => {
  const images = mixedImages(1_000, 5, 65);
  expect(drain(fitComponents(images, 5)).pieces).toBe(componentPieces(1_000, 5));
});
