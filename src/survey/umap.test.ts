import { UMAP } from "umap-js";
import { afterAll, expect, test } from "vitest";
import type { Ask, Part } from "../protocol/survey";
import { draws } from "../testing/draws";
import { FAIR_CLOCK, openSurvey, refusalOf } from "../testing/survey-harness";
import { nearestCodes } from "./nearest-codes";
import { mutualGraph, type GraphEntry, type Strengths } from "./neighbour-graph";
import { createTurns } from "./turns";

const survey = openSurvey();
afterAll(() => survey.close());

const DIM = 3;
/** Three clouds of 80, far apart. */
const clouds = draws(7, 240 * DIM).map((value, i) => value + (i % DIM === Math.floor(i / DIM / 80) ? 20 : 0));
const ASK: Ask<"umap"> = { codes: clouds, latentDim: DIM, neighbours: 10, minDist: 0.1, seed: 3 };
const turn = createTurns(FAIR_CLOCK).of(new AbortController().signal);

test("neighbours are exact, nearest first, each code itself in front", async () => {
  const { indices, distances } = await nearestCodes(clouds, DIM, 6, turn, () => {});
  for (const i of [0, 79, 80, 239]) {
    const row = (j: number) => clouds.subarray(j * DIM, (j + 1) * DIM);
    const twin = Array.from({ length: 240 }, (_, j) => ({ j, distance: Math.hypot(...row(j).map((value, d) => value - row(i)[d]!)) }))
      .filter(({ j }) => j !== i)
      .toSorted((a, b) => a.distance - b.distance)
      .slice(0, 5);
    expect(indices[i]).toEqual([i, ...twin.map(({ j }) => j)]);
    distances[i]!.forEach((distance, k) => expect(distance).toBeCloseTo(k === 0 ? 0 : twin[k - 1]!.distance, 5));
  }
});

test("a code stands in front of its own doubles", async () => {
  const { indices, distances } = await nearestCodes(new Float32Array(6).fill(2), 1, 3, turn, () => {});
  expect(indices.map(([first]) => first)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(distances.flat()).toEqual(Array.from({ length: 18 }, () => 0));
});

test("the graph is the one that umap-js itself makes of the same neighbours", async () => {
  const { indices, distances } = await nearestCodes(clouds, DIM, 10, turn, () => {});
  const fit = new UMAP({ nNeighbors: 10, random: () => 0.5 });
  fit.setPrecomputedKNN(indices, distances);
  fit.initializeFit(indices);
  const inside = fit as unknown as {
    graph: { getAll: () => GraphEntry[] };
    smoothKNNDistance: (distances: number[][], k: number, connectivity: number) => { sigmas: number[]; rhos: number[] };
    computeMembershipStrengths: (indices: number[][], distances: number[][], sigmas: number[], rhos: number[]) => Strengths;
  };
  const { sigmas, rhos } = inside.smoothKNNDistance(distances, 10, 1);
  const ours = mutualGraph(240, inside.computeMembershipStrengths(indices, distances, sigmas, rhos)).getAll();
  const theirs = inside.graph.getAll().filter(({ value }) => value > 0);
  expect(ours.map(({ row, col }) => [row, col])).toEqual(theirs.map(({ row, col }) => [row, col]));
  ours.forEach(({ value }, i) => expect(value).toBeCloseTo(theirs[i]!.value, 12));
});

test("clouds that lie apart come out apart, with progress told", async () => {
  const parts: Part<"umap">[] = [];
  const { positions } = await survey.ask("umap", ASK, { onPart: (part) => parts.push(part) });
  expect(positions.length).toBe(480);
  const middles = [0, 1, 2].map((cloud) => middleOf(positions, cloud * 80, 80));
  const radii = middles.map((middle, cloud) =>
    Math.max(...Array.from({ length: 80 }, (_, i) => distanceFrom(middle, positions, cloud * 80 + i))),
  );
  for (const [a, b] of [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const) {
    expect(Math.hypot(middles[a]![0] - middles[b]![0], middles[a]![1] - middles[b]![1])).toBeGreaterThan(Math.max(radii[a]!, radii[b]!));
  }
  const shares = parts.map(({ done, total }) => done / total);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
});

function middleOf(positions: Float32Array, from: number, count: number): [number, number] {
  let [h, v] = [0, 0];
  for (let i = from; i < from + count; i++) {
    h += positions[i * 2]! / count;
    v += positions[i * 2 + 1]! / count;
  }
  return [h, v];
}

function distanceFrom([h, v]: readonly [number, number], positions: Float32Array, i: number): number {
  return Math.hypot(positions[i * 2]! - h, positions[i * 2 + 1]! - v);
}

test("one seed, one picture; another, another", async () => {
  const few = { ...ASK, codes: clouds.slice(0, 40 * DIM) };
  const [first, again, other] = await Promise.all([few, few, { ...few, seed: 4 }].map((ask) => survey.ask("umap", ask)));
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test("fewer codes than neighbours, codes on one spot and codes in one dimension end well", async () => {
  for (const ask of [
    { ...ASK, codes: clouds.slice(0, 5 * DIM), neighbours: 15 },
    { ...ASK, codes: new Float32Array(30 * DIM).fill(1) },
    { ...ASK, codes: draws(8, 60), latentDim: 1 },
  ]) {
    const { positions } = await survey.ask("umap", ask);
    expect(positions.length).toBe((ask.codes.length / ask.latentDim) * 2);
  }
});

test("called off midway, it ends at once", async () => {
  const control = new AbortController();
  const many = { ...ASK, codes: draws(9, 3_000 * DIM) };
  const seen: (Float32Array | null)[] = [];
  const refusal = refusalOf(
    survey.ask("umap", many, {
      signal: control.signal,
      onPart: ({ positions }) => {
        seen.push(positions);
        if (seen.length === 2) control.abort(new Error("enough"));
      },
    }),
  );
  expect(await refusal).toBe("enough");
  // Nothing of it goes on: what is asked next has the thread for itself.
  await survey.ask("principal", { codes: clouds, latentDim: DIM });
  expect(seen.length).toBe(2);
});

test.each([
  ["too few codes", { codes: new Float32Array(3 * DIM) }, /3 codes, it takes/],
  ["too many", { codes: new Float32Array(10_001 * DIM) }, /10001 codes, it takes/],
  ["codes that are not numbers", { codes: new Float32Array(30).fill(Infinity) }, /codes holds Infinity/],
  ["neighbours that are not", { neighbours: NaN }, /holds NaN/],
])("%s: refused", async (_, change, message) => {
  expect(await refusalOf(survey.ask("umap", { ...ASK, ...change }))).toMatch(message);
});
