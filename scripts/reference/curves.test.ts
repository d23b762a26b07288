import { expect, test } from "vitest";
import type { LossColumns } from "../../src/protocol/messages";
import { areSameCurve, curveTable, deviations } from "./curves";

const columns = (reconstruction: number[], kl: number[]): LossColumns => ({
  step: Uint32Array.from(reconstruction, (_, i) => i + 1),
  reconstruction: Float32Array.from(reconstruction),
  kl: Float32Array.from(kl),
  objective: Float32Array.from(reconstruction, (value, i) => value + kl[i]!),
});

test("finds the largest deviation of each term, and where it is", () => {
  const found = deviations(columns([550, 400, 300], [0.1, 2, 4]), columns([550, 401, 300], [0.1, 2, 4.001]));
  expect(found.map(({ term, step }) => [term, step])).toEqual([
    ["reconstruction", 2],
    ["kl", 3],
    ["objective", 2],
  ]);
  expect(found[0]!.relative).toBeCloseTo(1 / 401, 12);
  expect(areSameCurve(found)).toBe(false);
  expect(areSameCurve(found.slice(1, 2))).toBe(true);
  expect(curveTable(found)).toContain("| reconstruction | 2.5e-3 | 2 |");
});

test("a curve is its own, and one that is no number is nobody's", () => {
  const curve = columns([550, 400, 300], [0, 1, 2]);
  expect(areSameCurve(deviations(curve, curve))).toBe(true);
  expect(areSameCurve(deviations(curve, columns([550, Number.NaN, 300], [0, 1, 2])))).toBe(false);
});

test("refuses curves of other steps", () => {
  expect(() => deviations(columns([1, 2], [0, 0]), columns([1], [0]))).toThrow(RangeError);
});
