import { expect, test } from "vitest";
import { fillNormal } from "../../../lib/random";
import { STREAMS } from "../../../model/streams";
import { DRAWS, drawsAround, priorDraw } from "./probe-draws";
import { nearestExamples } from "./latent-neighbours";

const SEED = 11;

test("draws are z + σ · ε with the stream's own ε, the same at every place", () => {
  const epsilon = new Float32Array(DRAWS * 2);
  fillNormal({ seed: SEED, stream: STREAMS.probeDraws }, 0, epsilon);
  const at = drawsAround([1, -2], [0.5, 2], SEED);
  expect(at).toHaveLength(DRAWS);
  at.forEach(([h, v], draw) => {
    expect(h).toBe(1 + 0.5 * epsilon[draw * 2]!);
    expect(v).toBe(-2 + 2 * epsilon[draw * 2 + 1]!);
  });
  expect(drawsAround([0, 0], 0, SEED)).toEqual(Array.from({ length: DRAWS }, () => [0, 0]));
});

test("every draw from the prior is known by its number, in odd widths too", () => {
  const all = new Float32Array(9);
  fillNormal({ seed: SEED, stream: STREAMS.probeDraws }, 1, all);
  expect([0, 1, 2].flatMap((number) => priorDraw(number, 3, SEED))).toEqual([...all]);
});

test("the nearest examples of the shown classes, nearest first", () => {
  const codes = Float32Array.of(0, 3, 4, 3, 0, 1, 6, 8);
  const labels = Uint8Array.of(1, 2, 1, 2);
  expect(nearestExamples(codes, labels, [], [0, 0], 3)).toEqual([
    { index: 2, distance: 1 },
    { index: 0, distance: 3 },
    { index: 1, distance: 5 },
  ]);
  expect(nearestExamples(codes, labels, [1], [0, 0], 3).map(({ index }) => index)).toEqual([1, 3]);
  expect(nearestExamples(codes, null, [1], [0, 0], 1)).toEqual([{ index: 2, distance: 1 }]);
});
