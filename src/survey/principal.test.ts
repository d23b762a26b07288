import { afterAll, expect, test } from "vitest";
import { expectClose } from "../testing/close";
import { draws } from "../testing/draws";
import { openSurvey, refusalOf } from "../testing/survey-harness";

const survey = openSurvey();
afterAll(() => survey.close());

const DIM = 5;
const CODES = 400;
/** Correlated, off centre, of very different spreads. */
const mixing = draws(5, DIM * DIM);
const codes = (() => {
  const raw = draws(6, CODES * DIM);
  return Float32Array.from(raw, (_, i) => {
    const [code, d] = [Math.floor(i / DIM), i % DIM];
    let sum = d;
    for (let e = 0; e < DIM; e++) sum += (mixing[d * DIM + e]! * raw[code * DIM + e]!) / (1 + e * e);
    return sum;
  });
})();

/** Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations, float64; ml-pca reduces to a tridiagonal one instead. */
function jacobi(matrix: number[][]): { values: number[]; vectors: number[][] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p]![q]!) < 1e-300) continue;
        const theta = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!);
        const [c, s] = [Math.cos(theta), Math.sin(theta)];
        for (const rows of [a, v]) {
          for (const row of rows) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
        }
        const [rowP, rowQ] = [[...a[p]!], [...a[q]!]];
        for (let k = 0; k < n; k++) {
          a[p]![k] = c * rowP[k]! - s * rowQ[k]!;
          a[q]![k] = s * rowP[k]! + c * rowQ[k]!;
        }
      }
    }
  }
  const order = a.map((_, i) => i).toSorted((i, j) => a[j]![j]! - a[i]![i]!);
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => v.map((row) => row[i]!)) };
}

function covarianceTwin(values: Float32Array, dim: number): { mean: number[]; covariance: number[][] } {
  const count = values.length / dim;
  const rows = Array.from({ length: count }, (_, i) => Array.from(values.subarray(i * dim, (i + 1) * dim)));
  const mean = Array.from({ length: dim }, (_, d) => rows.reduce((sum, row) => sum + row[d]!, 0) / count);
  const between = (d: number, e: number) => rows.reduce((sum, row) => sum + (row[d]! - mean[d]!) * (row[e]! - mean[e]!), 0) / (count - 1);
  return { mean, covariance: mean.map((_, d) => mean.map((__, e) => between(d, e))) };
}

test("mean, directions and variances are those of the eigenvectors of the covariance, largest first", async () => {
  const told = await survey.ask("principal", { codes, latentDim: DIM });
  const { mean, covariance } = covarianceTwin(codes, DIM);
  const { values, vectors } = jacobi(covariance);
  expectClose(told.mean, mean, 1e-6); // a float32 of a float64
  expectClose(told.variances, values, 1e-6);
  vectors.forEach((vector, component) => {
    const direction = told.directions.subarray(component * DIM, (component + 1) * DIM);
    const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    expectClose(
      direction,
      vector.map((value) => value * Math.sign(largest)),
      1e-6,
      `direction ${component}`,
    );
  });
});

test("a direction's largest entry is positive: turned about, the codes have the same directions", async () => {
  const there = await survey.ask("principal", { codes, latentDim: DIM });
  const back = await survey.ask("principal", { codes: codes.map((value) => -value), latentDim: DIM });
  expectClose(back.directions, there.directions, 1e-6);
});

test("dimensions of which nothing is used have variance 0 and directions all the same", async () => {
  const flat = codes.map((value, i) => (i % DIM === 2 ? 4 : value));
  const { variances, directions } = await survey.ask("principal", { codes: flat, latentDim: DIM });
  expect(variances.at(-1)).toBeLessThan(1e-9);
  expect(variances.every((value) => value >= 0)).toBe(true);
  const last = directions.subarray((DIM - 1) * DIM);
  expectClose(last, [0, 0, 1, 0, 0], 1e-6);
});

test("one dimension is its own component", async () => {
  const { mean, directions, variances } = await survey.ask("principal", { codes: Float32Array.of(1, 2, 3), latentDim: 1 });
  expect([mean[0], directions[0], variances[0]]).toEqual([2, 1, 1]);
});

test.each([
  ["one code", new Float32Array(5), /one code/],
  ["codes of another width", new Float32Array(12), /12 numbers are no codes of 5/],
  ["codes that are not numbers", new Float32Array(10).fill(NaN), /codes holds NaN at 0/],
])("%s: refused", async (_, given, message) => {
  expect(await refusalOf(survey.ask("principal", { codes: given, latentDim: DIM }))).toMatch(message);
});
