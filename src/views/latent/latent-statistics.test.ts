/** Statistics of the cloud against plain loops, textbook quantiles and draws. */
import { expect, test } from "vitest";
import { fillNormal } from "../../lib/random";
import { classPlaces, codeReach, klPerDimension, priorShareInside } from "./latent-statistics";

test("KL per dimension is the mean of the closed form, and 0 at the prior", () => {
  const mean = Float32Array.of(1, 0, -2, 0);
  const logVar = Float32Array.of(0, 0, Math.log(0.25), 0);
  const kl = klPerDimension(mean, logVar, 2);
  const first = 0.5 * (1 + 1 - 1 - 0);
  const second = 0.5 * (4 + 0.25 - 1 - Math.log(0.25));
  expect(kl[0]).toBeCloseTo((first + second) / 2, 6); // float32 log-variances
  expect(kl[1]).toBe(0);
});

test("KL per dimension matches an estimate from draws, E_q[log q − log p]", () => {
  const [mu, logVar, draws] = [0.7, -1.2, 200_000];
  const sigma = Math.exp(logVar / 2);
  const epsilon = new Float32Array(draws);
  fillNormal({ seed: 3, stream: 99 }, 0, epsilon);
  const sum = epsilon.reduce((total, e) => total - 0.5 * e * e - 0.5 * logVar + 0.5 * (mu + sigma * e) ** 2, 0);
  const [kl] = klPerDimension(Float32Array.of(mu), Float32Array.of(logVar), 1);
  expect(kl).toBeCloseTo(sum / draws, 2); // the draws' standard error is about 0.0015
});

test("the share inside is the χ² distribution at its tabled quantiles", () => {
  // Degrees of freedom, the 95 % and the 5 % point: Abramowitz & Stegun, table 26.8.
  const table: readonly (readonly [number, number, number])[] = [
    [1, 3.84146, 0.00393214],
    [2, 5.99147, 0.102587],
    [3, 7.81473, 0.351846],
    [8, 15.5073, 2.73264],
    [9, 16.919, 3.32511],
    [20, 31.4104, 10.8508],
  ];
  for (const [dims, high, low] of table) {
    const at = (squared: number) => priorShareInside(Array.from({ length: dims }, () => Math.sqrt(squared / dims)));
    expect(at(high)).toBeCloseTo(0.95, 5); // the table has six digits
    expect(at(low)).toBeCloseTo(0.05, 5);
  }
  expect(priorShareInside([0, 0])).toBe(0);
  expect(priorShareInside([0, 0, 0])).toBeCloseTo(0, 6);
  expect(priorShareInside([60, 60])).toBe(1);
});

test("each class has the mean and the spread of its own images", () => {
  const mean = Float32Array.of(0, 9, 1, 0, 9, 3, 5, 9, 7); // 3 images in 3 dimensions
  const places = classPlaces(mean, 3, [0, 2], [4, 4, 1], 10);
  expect(places).toEqual([
    { label: 1, images: 1, mean: [5, 7], spread: [0, 0] },
    { label: 4, images: 2, mean: [0, 2], spread: [0, 1] },
  ]);
});

test("reach leaves strays and NaN out", () => {
  const codes = Float32Array.from({ length: 1000 }, (_, i) => (i === 7 ? 900 : i === 8 ? Number.NaN : ((i % 21) - 10) / 2));
  expect(codeReach(codes)).toBe(5);
  expect(codeReach(new Float32Array(0))).toBe(0);
});
