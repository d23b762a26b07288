import { expect, test } from "vitest";
import { activeUnits, columnMoments, klPerDimension } from "./moments";

/** ∫ q log(q/p) by the trapezoidal rule: knows nothing of the closed form. */
function klByIntegration(mean: number, variance: number): number {
  const sigma = Math.sqrt(variance);
  const step = sigma / 500;
  let sum = 0;
  for (let z = mean - 12 * sigma; z < mean + 12 * sigma; z += step) {
    const logQ = -((z - mean) ** 2) / (2 * variance) - Math.log(2 * Math.PI * variance) / 2;
    const logP = -(z ** 2) / 2 - Math.log(2 * Math.PI) / 2;
    sum += Math.exp(logQ) * (logQ - logP) * step;
  }
  return sum;
}

test("the KL of a dimension is the mean over images of its integral", () => {
  const mean = Float32Array.from([0.5, -2, 1.5, 0]);
  const logVar = Float32Array.from([-1, 0.5, -3, 0]);
  const kl = klPerDimension(mean, logVar, 2);
  const wanted = [0, 1].map(
    (d) => (klByIntegration(mean[d]!, Math.exp(logVar[d]!)) + klByIntegration(mean[2 + d]!, Math.exp(logVar[2 + d]!))) / 2,
  );
  wanted.forEach((value, d) => expect(kl[d]).toBeCloseTo(value, 5));
});

test("moments are those of each column, also far from 0", () => {
  const values = Float32Array.from([1, 4_000_000, 2, 4_000_001, 6, 4_000_005]);
  const { mean, variance } = columnMoments(values, 2);
  expect([...mean]).toEqual([3, 4_000_002]);
  expect([...variance]).toEqual([7, 7]); // (4 + 1 + 9) / 2
});

test("a unit is active when its mean moves with the image by more than a tenth", () => {
  expect(activeUnits(Float32Array.from([0.009, 0.011, 0.0099, 1]))).toBe(2);
});
