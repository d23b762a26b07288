import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromHalf, toHalf } from "../lib/half";
import type { Floats, Snapshot } from "../protocol/messages";
import { filmPlace, keepMoment, momentAt, momentsUntil, MOST_MOMENTS, packedBytes, packMoment, unpackMoment, type Moment } from "./moments";

const floats = (...values: number[]): Floats => Float32Array.from(values);

function snapshotOf(step: number, weights: Snapshot["weights"] = { "output.bias": floats(step) }): Snapshot {
  return {
    id: step + 1,
    step,
    weights,
    posteriorMean: floats(0.1, -2.3),
    posteriorLogVar: floats(-3.1, 0.7),
    adversarial: null,
    exampleIndices: [4],
    reconstructions: floats(0.5),
    exampleLosses: floats(9),
  };
}

const rounded = (values: Floats) => fromHalf(toHalf(values));
const large = (parameters: number) => ({ "output.weight": new Float32Array(parameters) });
const keepAll = (steps: readonly number[], weights?: Snapshot["weights"]) =>
  steps.reduce<readonly Moment[]>((moments, step) => keepMoment(moments, snapshotOf(step, weights)), []);
const stepsOf = (moments: readonly Moment[]) => moments.map(({ step }) => step);

/** Steps of arriving snapshots: from 0 on, with gaps of 1 to 500 steps. */
const arrivals = fc
  .array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 400 })
  .map((gaps) => gaps.reduce<number[]>((steps, gap) => [...steps, steps.at(-1)! + gap], [0]));

test("while there is room every snapshot is kept", () => {
  const steps = Array.from({ length: MOST_MOMENTS }, (_, step) => step);
  expect(stepsOf(keepAll(steps))).toEqual(steps);
});

test("however many come, the moments are few, in order, and hold the first and the newest", () => {
  fc.assert(
    fc.property(arrivals, (steps) => {
      const kept = stepsOf(keepAll(steps));
      expect(kept.length).toBe(Math.min(steps.length, MOST_MOMENTS));
      expect(kept).toEqual(kept.toSorted((a, b) => a - b));
      expect([kept[0], kept.at(-1)]).toEqual([0, steps.at(-1)]);
      expect(kept.every((step) => steps.includes(step))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

/** Gaps of the film between moments that were not told one after the other. */
function madeGaps(told: readonly number[], kept: readonly number[]): number[] {
  return kept.flatMap((step, i) => {
    const before = kept[i - 1];
    return before === undefined || told.indexOf(step) - told.indexOf(before) === 1 ? [] : [filmPlace(step) - filmPlace(before)];
  });
}

test("a gap that thinning made is at most twice the even one, on the film's scale", () => {
  fc.assert(
    fc.property(arrivals, (steps) => {
      const even = filmPlace(steps.at(-1)!) / (MOST_MOMENTS - 1);
      const gaps = madeGaps(steps, stepsOf(keepAll(steps)));
      expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(2 * even + 1e-9); // rounding of a difference of logarithms
    }),
    { numRuns: 50 },
  );
});

test("the beginning stays dense: of 20,000 steps, told every 50 after the doublings, more than half of the moments lie in the first eighth", () => {
  const steps = [0, 1, 2, 4, 8, 16, 32, ...Array.from({ length: 400 }, (_, i) => 50 * (i + 1))];
  const kept = stepsOf(keepAll(steps));
  expect(kept.slice(0, 8)).toEqual([0, 1, 2, 4, 8, 16, 32, 50]);
  expect(kept.filter((step) => step <= 2_500).length).toBeGreaterThan(MOST_MOMENTS / 2);
});

test("moments of a large network are as many as fit, and never fewer than two", () => {
  const steps = Array.from({ length: 60 }, (_, i) => i * 10);
  // 4,194,304 parameters are 8 MiB of halves and a few bytes for the posteriors: eleven of them stay below 96 MiB.
  const kept = keepAll(steps, large(2 ** 22));
  expect(kept).toHaveLength(11);
  expect(kept.length * packedBytes((kept[0]!.model as { snapshot: Snapshot }).snapshot)).toBeLessThanOrEqual(96 * 2 ** 20);
  expect(stepsOf(keepAll(steps, large(2 ** 26)))).toEqual([0, 590]);
});

test("what is told again of a step takes the place of what was there, and of what came after", () => {
  const moments = keepAll([0, 5, 10, 15]);
  const again = snapshotOf(10);
  const kept = keepMoment(moments, again);
  expect(stepsOf(kept)).toEqual([0, 5, 10]);
  expect(kept.at(-1)!.model.snapshot).toBe(again);
  expect(kept[0]).toBe(moments[0]);
});

test("after a rewind what came later is gone", () => {
  const moments = keepAll([0, 5, 10, 15]);
  expect(stepsOf(momentsUntil(moments, 10))).toEqual([0, 5, 10]);
  expect(stepsOf(momentsUntil(moments, 9))).toEqual([0, 5]);
});

test("a step shows the last moment that is not after it", () => {
  const moments = keepAll([3, 5, 10]);
  expect([0, 3, 4, 9, 10, 99].map((step) => momentAt(moments, step)!.step)).toEqual([3, 3, 3, 5, 10, 10]);
  expect(momentAt([], 3)).toBeNull();
});

test("a packed moment is the snapshot in halves, without its examples", async () => {
  const weights = { a: floats(1 / 3, -7, 1e-9), b: Float32Array.from({ length: 300_000 }, (_, i) => Math.sin(i)) };
  const snapshot = snapshotOf(5, weights);
  const packed = await packMoment({ step: 5, model: { kind: "whole", snapshot } });
  const halves = packed.model.snapshot as unknown as { weights: Record<string, Uint16Array> };
  expect(halves.weights["b"]).toBeInstanceOf(Uint16Array);
  const shown = unpackMoment(packed);
  expect(shown).toEqual({
    ...snapshot,
    weights: { a: rounded(weights.a), b: rounded(weights.b) },
    posteriorMean: rounded(snapshot.posteriorMean),
    posteriorLogVar: rounded(snapshot.posteriorLogVar!),
    exampleIndices: [],
    reconstructions: new Float32Array(0),
    exampleLosses: new Float32Array(0),
  });
  expect(await packMoment(packed)).toBe(packed);
});

test("until it is packed a moment is the snapshot itself", () => {
  const snapshot = snapshotOf(5);
  expect(unpackMoment({ step: 5, model: { kind: "whole", snapshot } })).toBe(snapshot);
});
