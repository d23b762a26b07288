import { expect, test } from "vitest";
import type { LossTerm } from "../protocol/loss-terms";
import type { LossColumns } from "../protocol/messages";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { divergenceLimits, evaluationDivergence, findDivergence } from "./divergence";

const limitsOf = (change: Partial<RunConfig> = {}, pixels = 784) => divergenceLimits({ ...DEFAULT_CONFIG, ...change }, pixels);

/** One row for each of `terms`, from step 10 on. */
function rowsOf(names: readonly LossTerm[], ...terms: readonly (readonly number[])[]): LossColumns {
  const columns = names.map((name, column) => [name, Float32Array.from(terms, (row) => row[column]!)]);
  return { step: Uint32Array.from(terms, (_, i) => i + 10), ...Object.fromEntries(columns) };
}

const TERMS = ["reconstruction", "kl", "objective"] as const;
const rows = (...terms: readonly (readonly [reconstruction: number, kl: number, objective: number])[]) => rowsOf(TERMS, ...terms);

test.each([
  ["reconstruction", [Number.NaN, 1, 1]],
  ["kl", [500, Infinity, Infinity]],
  ["objective", [500, 1, Infinity]],
  ["reconstruction", [1.4e13, 1e17, 1e17]], // Adam at a rate of 100, third step
  ["kl", [500, 1e17, 1e17]],
] as const)("a %s past any use is found with its row, step and value", (term, bad) => {
  const value = Math.fround(bad[TERMS.indexOf(term)]!);
  expect(findDivergence(rows([500, 1, 501], bad, [500, 1, 501]), limitsOf())).toEqual({ term, value, step: 11, row: 1 });
});

test.each([
  ["an untrained network", [545, 0.1, 545]],
  ["a spike after a bold rate", [60_000, 9_000, 69_000]],
  ["a large beta on the KL of a long-trained autoencoder", [80, 25_000, 2.5e7]],
] as const)("%s is no divergence", (_, terms) => {
  expect(findDivergence(rows(terms), limitsOf())).toBeNull();
});

test("a Gaussian likelihood may be far below zero and, of a small sigma, far above what other losses are", () => {
  const limits = limitsOf({ reconstruction: "gaussian", sigma: 0.01 }, 2);
  // 2 · ln(0.01 · √(2π)) = −7.4; two coordinates off by 10 cost 200 / (2 · 1e-4) = 1e6.
  expect(findDivergence(rows([-7.4, 3, -4.4], [1e6, 3, 1e6]), limits)).toBeNull();
  expect(findDivergence(rows([2e8, 3, 2e8]), limits)).toMatchObject({ term: "reconstruction" });
});

test("the mean of a code may go down without a bound, until a float32 no longer holds the rest of the objective", () => {
  const limits = limitsOf({ model: "ae", mistake: "code-mean" });
  expect(findDivergence(rows([180, -9e8, -9e8]), limits)).toBeNull();
  expect(findDivergence(rows([180, -1.1e9, -1.1e9]), limits)).toMatchObject({ term: "kl", value: Math.fround(-1.1e9) });
  expect(findDivergence(rows([180, -1.1e9, -1.1e9]), limitsOf({ model: "ae" }))).toMatchObject({ term: "kl" });
});

test("what is charged of the KL is judged as the KL is", () => {
  const names = ["reconstruction", "kl", "penalty", "objective"] as const;
  expect(findDivergence(rowsOf(names, [500, 20, 5, 505]), limitsOf({ klMode: "capacity" }))).toBeNull();
  expect(findDivergence(rowsOf(names, [500, 20, 1e8, 1e8]), limitsOf({ klMode: "capacity" }))).toMatchObject({ term: "penalty" });
});

test("either side of a GAN may lose by far, below zero too, and not past all bounds", () => {
  const names = ["discriminator", "generator", "realScore", "fakeScore"] as const;
  const limits = limitsOf({ model: "gan" });
  expect(findDivergence(rowsOf(names, [0, 700, 1, 0], [3, -4_000, 0.5, 0.5]), limits)).toBeNull();
  expect(findDivergence(rowsOf(names, [0, -2e6, 1, 0]), limits)).toMatchObject({ term: "generator" });
  expect(findDivergence(rowsOf(names, [Number.NaN, 1, 1, 0]), limits)).toMatchObject({ term: "discriminator" });
  expect(findDivergence(rowsOf(names, [1, 1, Number.NaN, 0]), limits)).toMatchObject({ term: "realScore" });
});

test("a held-out evaluation is judged alike", () => {
  const evaluation = { step: 7, images: 10, reconstruction: 500, kl: Number.NaN, objective: Number.NaN, elbo: Number.NaN };
  expect(evaluationDivergence(evaluation, limitsOf())).toEqual({ term: "kl", value: Number.NaN, step: 7 });
  expect(evaluationDivergence({ ...evaluation, kl: 1, objective: 501 }, limitsOf())).toBeNull();
});
