import { expect, test } from "vitest";
import { expectClose } from "../testing/close";
import { draws } from "../testing/draws";
import { createQuasiNewton, inner } from "./quasi-newton";

/** A symmetric positive definite matrix of 6 rows: AAᵀ + 1. */
const A = [...draws(81, 36)];
const HESSIAN = Array.from({ length: 6 }, (_, i) =>
  Array.from({ length: 6 }, (_, j) => (i === j ? 1 : 0) + A.slice(i * 6, i * 6 + 6).reduce((sum, a, k) => sum + a * A[j * 6 + k]!, 0)),
);
const times = (vector: ArrayLike<number>) => Float64Array.from(HESSIAN, (row) => row.reduce((sum, h, i) => sum + h * vector[i]!, 0));
const copy = (vector: Float64Array) => vector.slice();

test("without memory a direction is the rough inverse's", () => {
  const memory = createQuasiNewton();
  expect([...memory.direction(Float64Array.of(1, -2), (vector) => vector.map((value) => value * 3))]).toEqual([3, -6]);
  expect(memory.isEmpty).toBe(true);
});

test("the last step is remembered exactly: its change of gradient leads back to it", () => {
  const memory = createQuasiNewton();
  for (let block = 82; block < 86; block++) {
    const step = Float64Array.from(draws(block, 6));
    memory.learn(step, times(step));
    expectClose(memory.direction(times(step), copy), step, 1e-12, "secant"); // float64 throughout
  }
});

/** The inverse as a matrix, updated step by step: H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ (Nocedal & Wright 2006, equation 6.17). */
function updatedTwin(inverse: readonly (readonly number[])[], s: Float64Array, y: Float64Array): number[][] {
  const rho = 1 / inner(s, y);
  const left = inverse.map((_, i) => inverse.map((__, j) => (i === j ? 1 : 0) - rho * s[i]! * y[j]!));
  const half = left.map((row) => inverse.map((_, j) => row.reduce((sum, value, k) => sum + value * inverse[k]![j]!, 0)));
  return half.map((row, i) => left.map((other, j) => row.reduce((sum, value, k) => sum + value * other[k]!, 0) + rho * s[i]! * s[j]!));
}

test("a direction is that of the inverse updated as a matrix", () => {
  const memory = createQuasiNewton();
  let inverse: number[][] = HESSIAN.map((_, i) => HESSIAN.map((__, j) => (i === j ? 0.5 : 0)));
  const vector = Float64Array.from(draws(88, 6));
  for (let block = 82; block < 86; block++) {
    const step = Float64Array.from(draws(block, 6));
    memory.learn(step, times(step));
    inverse = updatedTwin(inverse, step, times(step));
    const twin = inverse.map((row) => inner(Float64Array.from(row), vector));
    expectClose(
      memory.direction(vector, (values) => values.map((value) => value / 2)),
      twin,
      1e-10,
      "direction",
    ); // float64, condition 1e2
  }
});

test("along conjugate steps, as many as there are dimensions, it is the inverse", () => {
  const memory = createQuasiNewton();
  const steps: Float64Array[] = [];
  for (let i = 0; i < 6; i++) {
    const step = Float64Array.from({ length: 6 }, (_, j) => (i === j ? 1 : 0));
    for (const other of steps) {
      const share = inner(step, times(other)) / inner(other, times(other));
      step.forEach((_, d) => (step[d]! -= share * other[d]!));
    }
    steps.push(step);
    memory.learn(step, times(step));
  }
  const vector = Float64Array.from(draws(87, 6));
  expectClose(memory.direction(times(vector), copy), vector, 1e-9, "inverse of a product"); // condition of the matrix, about 1e2
});

test("a step without curvature is not learnt, ten are kept, and all can be forgotten", () => {
  const memory = createQuasiNewton();
  memory.learn(Float64Array.of(1, 0), Float64Array.of(0, 1));
  memory.learn(Float64Array.of(1, 0), Float64Array.of(-1, 0));
  memory.learn(Float64Array.of(0, 0), Float64Array.of(0, 0));
  expect(memory.isEmpty).toBe(true);
  // Told first that curvature along the first axis is 4, then ten times that it is 1 along the second.
  memory.learn(Float64Array.of(1, 0), Float64Array.of(4, 0));
  const alongFirst = () => memory.direction(Float64Array.of(4, 0), copy)[0];
  for (let i = 0; i < 9; i++) memory.learn(Float64Array.of(0, 1), Float64Array.of(0, 1));
  expect(alongFirst()).toBe(1);
  memory.learn(Float64Array.of(0, 1), Float64Array.of(0, 1));
  expect(alongFirst()).toBe(4);
  memory.forget();
  expect(memory.isEmpty).toBe(true);
});
