import { expect, test } from "vitest";
import { fillNormal } from "../../lib/random";
import { discrepancyPieces, medianDistance, squaredDiscrepancy } from "./discrepancy";

function normals(rows: number, columns: number, stream: number, shift = 0): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rows * columns);
  fillNormal({ seed: 5, stream }, 0, out);
  for (let i = 0; i < out.length; i += columns) out[i]! += shift;
  return out;
}

function drain<T>(work: Generator<void, T>): { readonly value: T; readonly pieces: number } {
  for (let pieces = 0; ; pieces++) {
    const { done, value } = work.next();
    if (done === true) return { value, pieces };
  }
}

const discrepancy = (x: Float32Array<ArrayBuffer>, y: Float32Array<ArrayBuffer>, columns: number, bandwidth: number) =>
  drain(squaredDiscrepancy(x, y, columns, bandwidth)).value;

const point = (cloud: Float32Array, i: number) => [...cloud.subarray(3 * i, 3 * i + 3)];
const k = (p: readonly number[], q: readonly number[]) =>
  Math.exp(-(Math.hypot(...p.map((value, d) => value - q[d]!)) ** 2) / (2 * 1.7 ** 2));

test("is the double sum of the paper, over all ordered pairs", () => {
  const [x, y] = [normals(9, 3, 1), normals(9, 3, 2, 0.5)];
  let sum = 0;
  for (let i = 0; i < 9; i++) {
    for (let j = 0; j < 9; j++) {
      if (i === j) continue;
      sum += k(point(x, i), point(x, j)) + k(point(y, i), point(y, j)) - k(point(x, i), point(y, j)) - k(point(x, j), point(y, i));
    }
  }
  expect(discrepancy(x, y, 3, 1.7)).toBeCloseTo(sum / 72, 12);
});

test("of a cloud and itself is 0, of two clouds from one distribution nearly", () => {
  const x = normals(500, 2, 1);
  expect(discrepancy(x, x, 2, 1.7)).toBe(0);
  // Its deviation under equality is about √(2 Var k) / n, with kernels between 0 and 1: below 0.002.
  expect(Math.abs(discrepancy(x, normals(500, 2, 2), 2, 1.7))).toBeLessThan(0.008);
});

test("of two Gaussians apart is what the integrals say", () => {
  // E k(x, x′) = (σ²/(σ² + 2))^(d/2) for N(0, I); between means m apart the same times e^(−m²/2(σ² + 2)).
  const [columns, bandwidth, apart] = [2, 1.7, 1];
  const within = (bandwidth ** 2 / (bandwidth ** 2 + 2)) ** (columns / 2);
  const wanted = 2 * within * (1 - Math.exp(-(apart ** 2) / (2 * (bandwidth ** 2 + 2))));
  const found = discrepancy(normals(1_000, columns, 1), normals(1_000, columns, 2, apart), columns, bandwidth);
  expect(Math.abs(found - wanted)).toBeLessThan(0.02); // 1,000 draws: about 0.006
});

test("the median distance of two points of the standard normal plane is √(4 ln 2)", () => {
  // (distance)² / 2 is χ² with 2 degrees of freedom, whose median is 2 ln 2.
  expect(medianDistance(normals(1_000, 2, 3), 2)).toBeCloseTo(Math.sqrt(4 * Math.LN2), 1);
});

test("the median of an odd and of an even number of distances", () => {
  expect(medianDistance(Float32Array.from([0, 1, 5]), 1)).toBe(4); // 1, 4, 5
  expect(medianDistance(Float32Array.from([0, 1, 5, 12]), 1)).toBe(6); // 1, 4, 5 | 7, 11, 12
});

test("yields as often as it says", () => {
  const cloud = normals(200, 1, 1);
  expect(drain(squaredDiscrepancy(cloud, cloud, 1, 1)).pieces).toBe(discrepancyPieces(200));
  expect(discrepancyPieces(200)).toBe(3);
});
