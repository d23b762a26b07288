import { expect, test } from "vitest";
import type { LossColumns } from "../../src/protocol/messages";
import { curveTable, deviations, judgeCurve, nudged } from "./curves";

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
});

test("is the same within 1e-3, or within twice what TensorFlow.js departs from itself", () => {
  const base = columns([550, 400, 300], [1, 2, 4]);
  const at = (kl: number) => deviations(base, columns([550, 400, 300], [1, 2, kl]));
  const isSame = (found: number, own: number) => judgeCurve(at(found), [at(4), at(own)]).every((term) => term.isSame);
  expect(isSame(4.003, 4)).toBe(true);
  expect(isSame(4.02, 4)).toBe(false);
  expect(isSame(4.02, 4.012)).toBe(true);
  expect(isSame(4.02, 4.009)).toBe(false);
  expect(curveTable([{ seed: 3, terms: judgeCurve(at(4.02), [at(4)]) }])).toContain("| 3 | kl | 5.0e-3 | 3 | 0.0e+0 | **apart** |");
});

test("a curve is its own, and one that is no number is nobody's", () => {
  const curve = columns([550, 400, 300], [0, 1, 2]);
  const own = deviations(curve, curve);
  expect(judgeCurve(own, [own]).every((term) => term.isSame)).toBe(true);
  const broken = deviations(curve, columns([550, Number.NaN, 300], [0, 1, 2]));
  expect(judgeCurve(broken, [own]).map((term) => term.isSame)).toEqual([false, true, false]);
});

const bits = (values: Float32Array) => [...new Int32Array(values.buffer)];

test("nudges every weight by its last place, up and down in turns", () => {
  const start = Float32Array.of(0.5, 0.75, -0.5, 1.5);
  const { w } = nudged({ w: start }, { ulps: 1, run: 1 });
  const moved = bits(w!).map((bit, i) => bit - bits(start)[i]!);
  // A factor of 1 + 2^-23 is between half a unit in the last place and a whole one, of a magnitude.
  expect(moved.map(Math.abs).every((ulps) => ulps === 1 || ulps === 2)).toBe(true);
  expect(w![0]!).toBeGreaterThan(0.5);
  expect(w![1]!).toBeLessThan(0.75);
});

test("refuses curves of other steps", () => {
  expect(() => deviations(columns([1, 2], [0, 0]), columns([1], [0]))).toThrow(RangeError);
});
