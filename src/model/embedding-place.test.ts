import { describe, expect, test } from "vitest";
import { fillNormal, fillUniform } from "../lib/random";
import { liftFromEmbedding, placeInEmbedding, type PlacedCodes } from "./embedding-place";
import { indexPlaces, nearestPlaces } from "./place-index";

const LATENT_DIM = 3;

function draw(block: number, length: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(length);
  fillNormal({ seed: 5, stream: 90 }, block, out);
  return out;
}

const cloud = (count: number): PlacedCodes => ({ codes: draw(1, count * LATENT_DIM), positions: draw(2, count * 2) });

/** Franke & Nielson's weights from the paper, over all points, with a full sort. */
function twin(keys: Float32Array, values: Float32Array, keyWidth: number, width: number, at: readonly number[]): number[] {
  const rows = Array.from({ length: keys.length / keyWidth }, (_, i) => ({
    i,
    d: Math.hypot(...at.map((a, j) => keys[i * keyWidth + j]! - a)),
  })).toSorted((a, b) => a.d - b.d || a.i - b.i);
  const R = rows[8]!.d;
  const few = rows.slice(0, 8).map(({ i, d }) => ({ i, w: ((R - d) / (R * d)) ** 2 }));
  const sum = few.reduce((total, { w }) => total + w, 0);
  return Array.from({ length: width }, (_, d) => few.reduce((total, { i, w }) => total + (w / sum) * values[i * width + d]!, 0));
}

/** Float64 on both sides; only the order of summation differs. */
const DIGITS = 9;

test("a place between the points has the weighted code of its neighbours, and a code the weighted place", () => {
  const embedding = cloud(700);
  for (const at of [
    [0.1, -0.2],
    [1.3, 0.4],
    [-6, 9],
    [2.2, -30],
  ] as const) {
    const { z, distance } = liftFromEmbedding(embedding, LATENT_DIM, at[0], at[1]);
    twin(embedding.positions, embedding.codes, 2, LATENT_DIM, at).forEach((value, d) => expect(z[d]).toBeCloseTo(value, DIGITS));
    const nearest = Math.min(
      ...Array.from({ length: 700 }, (_, i) => Math.hypot(embedding.positions[i * 2]! - at[0], embedding.positions[i * 2 + 1]! - at[1])),
    );
    expect(distance).toBeCloseTo(nearest, DIGITS);
  }
  for (const at of [
    [0.1, -0.2, 0.5],
    [4, 4, 4],
  ]) {
    const place = placeInEmbedding(embedding, LATENT_DIM, at);
    twin(embedding.codes, embedding.positions, LATENT_DIM, 2, at).forEach((value, d) => expect(place[d]).toBeCloseTo(value, DIGITS));
  }
});

test("both ways are exact at what the embedding knows", () => {
  const embedding = cloud(50);
  for (const i of [0, 17, 49]) {
    const code = embedding.codes.subarray(i * LATENT_DIM, (i + 1) * LATENT_DIM);
    const [h, v] = [embedding.positions[i * 2]!, embedding.positions[i * 2 + 1]!];
    expect(liftFromEmbedding(embedding, LATENT_DIM, h, v)).toEqual({ z: Array.from(code), distance: 0 });
    expect(placeInEmbedding(embedding, LATENT_DIM, code)).toEqual([h, v]);
  }
});

test("nothing jumps where one neighbour gives way to another", () => {
  const embedding = cloud(300);
  let last = liftFromEmbedding(embedding, LATENT_DIM, -1, 0.3).z;
  let furthest = 0;
  for (let step = 1; step <= 20_000; step++) {
    const { z } = liftFromEmbedding(embedding, LATENT_DIM, -1 + step * 1e-4, 0.3);
    furthest = Math.max(furthest, Math.hypot(...z.map((value, d) => value - last[d]!)));
    last = z;
  }
  // Codes are some units apart and places a tenth: a slope of 50 a unit is a step of 0.005; a jump would be of the order of 1.
  expect(furthest).toBeLessThan(0.02);
});

describe("few and odd points", () => {
  test("an empty embedding is nowhere, and infinitely far", () => {
    const embedding = { codes: new Float32Array(), positions: new Float32Array() };
    expect(placeInEmbedding(embedding, 2, [0, 0])).toEqual([Number.NaN, Number.NaN]);
    expect(liftFromEmbedding(embedding, 2, 0, 0)).toEqual({ z: [Number.NaN, Number.NaN], distance: Infinity });
  });

  test("one point answers for everywhere", () => {
    const embedding = { codes: Float32Array.of(1, 2), positions: Float32Array.of(5, 6) };
    expect(liftFromEmbedding(embedding, 2, 8, 10)).toEqual({ z: [1, 2], distance: 5 });
    expect(placeInEmbedding(embedding, 2, [-3, 4])).toEqual([5, 6]);
  });

  test("points that are all equally far weigh the same", () => {
    const angles = Array.from({ length: 12 }, (_, i) => (i * Math.PI) / 2);
    const positions = Float32Array.from(angles.flatMap((a) => [Math.round(Math.cos(a)), Math.round(Math.sin(a))]));
    const codes = Float32Array.from(angles, (_, i) => i);
    const { z } = liftFromEmbedding({ codes, positions }, 1, 0, 0);
    expect(8 * z[0]!).toSatisfy(Number.isInteger); // the plain mean of some eight of them
  });

  test("two codes on one place share it", () => {
    const embedding = { codes: Float32Array.of(1, 3, 9), positions: Float32Array.of(0, 0, 0, 0, 4, 4) };
    expect(liftFromEmbedding(embedding, 1, 0, 0)).toEqual({ z: [2], distance: 0 });
  });

  test("places that are not finite are left out", () => {
    const embedding = { codes: Float32Array.of(1, 2), positions: Float32Array.of(Number.NaN, 0, 3, 4) };
    expect(liftFromEmbedding(embedding, 1, 0, 0)).toEqual({ z: [2], distance: 5 });
  });
});

test("the grid finds the nearest of any cloud: round, on a line, in one spot, with a stray", () => {
  const uniform = new Float32Array(400);
  fillUniform({ seed: 2, stream: 90 }, 0, uniform);
  const clouds = {
    round: draw(3, 600),
    line: uniform.map((value, i) => (i % 2 === 0 ? value : 0.5)),
    spot: new Float32Array(40).fill(3),
    stray: Float32Array.of(...draw(4, 200), 1e4, -1e4),
  };
  for (const positions of Object.values(clouds)) {
    const index = indexPlaces(positions);
    for (const [h, v] of [
      [0, 0],
      [0.5, 0.5],
      [-40, 2],
      [3, 500],
      [9e3, -9e3],
    ] as const) {
      const squares = Array.from(
        { length: positions.length / 2 },
        (_, i) => (positions[i * 2]! - h) ** 2 + (positions[i * 2 + 1]! - v) ** 2,
      );
      const found = nearestPlaces(index, h, v, 5);
      expect(found.squares).toEqual(squares.toSorted((a, b) => a - b).slice(0, 5));
      expect(found.indices.map((i) => squares[i])).toEqual(found.squares);
    }
  }
});
