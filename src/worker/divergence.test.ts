import { expect, test } from "vitest";
import type { LossColumns } from "../protocol/messages";
import { evaluationDivergence, findDivergence } from "./divergence";

const PIXELS = 784;
const rows = (...terms: readonly (readonly [reconstruction: number, kl: number, objective: number])[]): LossColumns => ({
  step: Uint32Array.from(terms, (_, i) => i + 10),
  reconstruction: Float32Array.from(terms, ([reconstruction]) => reconstruction),
  kl: Float32Array.from(terms, ([, kl]) => kl),
  objective: Float32Array.from(terms, ([, , objective]) => objective),
});

test.each([
  ["reconstruction", [Number.NaN, 1, 1]],
  ["kl", [500, Infinity, Infinity]],
  ["objective", [500, 1, Infinity]],
  ["reconstruction", [1.4e13, 1e17, 1e17]], // Adam at a rate of 100, third step
  ["kl", [500, 1e17, 1e17]],
] as const)("a %s past any use is found with its row, step and value", (term, bad) => {
  const value = Math.fround(bad[["reconstruction", "kl", "objective"].indexOf(term)]!);
  expect(findDivergence(rows([500, 1, 501], bad, [500, 1, 501]), PIXELS)).toEqual({ term, value, step: 11, row: 1 });
});

test.each([
  ["an untrained network", [545, 0.1, 545]],
  ["a spike after a bold rate", [60_000, 9_000, 69_000]],
  ["a large beta on the KL of a long-trained autoencoder", [80, 25_000, 2.5e7]],
] as const)("%s is no divergence", (_, terms) => {
  expect(findDivergence(rows(terms), PIXELS)).toBeNull();
});

test("a held-out evaluation is judged alike", () => {
  const evaluation = { step: 7, images: 10, reconstruction: 500, kl: Number.NaN, objective: Number.NaN, elbo: Number.NaN };
  expect(evaluationDivergence(evaluation, PIXELS)).toEqual({ term: "kl", value: Number.NaN, step: 7 });
  expect(evaluationDivergence({ ...evaluation, kl: 1, objective: 501 }, PIXELS)).toBeNull();
});
