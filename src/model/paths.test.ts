import { describe, expect, test } from "vitest";
import { expectClose } from "../testing/close";
import { decoderTwin } from "../testing/decoder-twin";
import { draws } from "../testing/draws";
import { floats, floatTable, GOLDEN, goldenNetwork } from "../testing/golden";
import { twinWeights } from "../testing/model-twin";
import { rowsOf } from "../testing/training-twin";
import { pixelSpeed, shareSteps, sphericalPath, straightPath } from "./paths";

/** Results are rounded to float32 once, 6e-8 of numbers up to 4. */
const TOLERANCE = 2e-7;

const norm = (code: readonly number[]) => Math.hypot(...code);
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, d) => sum + value * b[d]!, 0);

/** By turning within the plane of a and b: its axes are a's direction and what of b is square to it. */
function turnedTwin(a: readonly number[], b: readonly number[], t: number): number[] {
  const e1 = a.map((value) => value / norm(a));
  const rest = b.map((value, d) => value - dot(b, e1) * e1[d]!);
  const e2 = rest.map((value) => value / norm(rest));
  const angle = Math.acos(dot(a, b) / (norm(a) * norm(b))) * t;
  const radius = norm(a) + t * (norm(b) - norm(a));
  return e1.map((value, d) => radius * (Math.cos(angle) * value + Math.sin(angle) * e2[d]!));
}

describe.each([
  ["straight", straightPath],
  ["spherical", sphericalPath],
] as const)("%s", (_name, pathThrough) => {
  test("meets every code to the last bit, in order, for any number of points", () => {
    const codes = rowsOf(draws(51, 4 * 5), 5);
    for (const points of [4, 5, 17, 64]) {
      const rows = rowsOf(pathThrough(codes, points), 5);
      expect(rows).toHaveLength(points);
      const places = codes.map((code) => rows.findIndex((row) => row.every((value, d) => value === code[d])));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect([places[0], places[3]]).toEqual([0, points - 1]);
    }
  });

  test("a leg twice as long gets twice the steps", () => {
    const onCircle = [0, 0.5, 1.5].map((angle) => [Math.cos(angle), Math.sin(angle)]);
    const onLine = [0, 1, 3].map((x) => [x, 1]);
    const rows = rowsOf(pathThrough(pathThrough === straightPath ? onLine : onCircle, 31), 2);
    const middle = (pathThrough === straightPath ? onLine : onCircle)[1]!;
    expect(rows.findIndex((row) => row.every((value, d) => Math.abs(value - middle[d]!) < 1e-6))).toBe(10);
  });

  test("codes without a path between them are refused, and so are too few points", () => {
    expect(() => pathThrough([[1, 2]], 5)).toThrow("a path needs two codes, there is 1");
    expect(() => pathThrough([[1], [2], [3]], 2)).toThrow("1 steps do not reach over 2 legs");
  });

  test("between a code and itself nothing moves", () => {
    const rows = rowsOf(
      pathThrough(
        [
          [1, 2],
          [1, 2],
        ],
        4,
      ),
      2,
    );
    expect(rows).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });
});

test("a straight path is even", () => {
  const path = straightPath(
    [
      [1, -2],
      [3, 2],
    ],
    5,
  );
  expect([...path]).toEqual([1, -2, 1.5, -1, 2, 0, 2.5, 1, 3, 2]);
});

test("a spherical path turns evenly and changes its distance from 0 evenly, in 2 dimensions and in 20", () => {
  for (const latentDim of [2, 20]) {
    const [a, b] = rowsOf(draws(52, 2 * latentDim), latentDim) as [number[], number[]];
    const twin = Array.from({ length: 9 }, (_, i) => turnedTwin(a, b, i / 8));
    expectClose(sphericalPath([a, b], 9), twin.flat(), TOLERANCE, `path of ${latentDim} dimensions`);
  }
});

test("where there is no great circle, or any, a spherical path is straight", () => {
  for (const [a, b] of [
    [
      [0, 0, 0],
      [1, 2, -1],
    ],
    [
      [1, 2, -1],
      [0, 0, 0],
    ],
    [
      [1, 2, -1],
      [-2, -4, 2],
    ],
    [
      [1, 2, -1],
      [2, 4, -2],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
  ] as const) {
    expect([...sphericalPath([a, b], 6)]).toEqual([...straightPath([a, b], 6)]);
  }
});

test("nearly opposite codes still turn on a circle, and the picture of the way is finite", () => {
  const path = sphericalPath(
    [
      [1, 0],
      [-1, 1e-4],
    ],
    5,
  );
  expectClose(path.subarray(4, 6), [0, 1], 1e-4, "half way");
});

test("steps go where they are longest, at least one to each leg", () => {
  expect(shareSteps([1, 2, 3], 6)).toEqual([1, 2, 3]);
  expect(shareSteps([0, 5], 4)).toEqual([1, 3]);
  expect(shareSteps([0, 0], 4)).toEqual([3, 1]);
  expect(shareSteps([1, 1, 1], 3)).toEqual([1, 1, 1]);
});

for (const name of ["vae-bce", "conv-vae-bce", "conditional"]) {
  test(`${name}: the speed of the picture is the twin's`, () => {
    const golden = GOLDEN[name]!;
    const network = goldenNetwork(golden);
    const weights = floatTable(golden.weights);
    const path = straightPath(rowsOf(draws(53, 3 * network.latentDim, 2), network.latentDim), 8);
    const exact = twinWeights(golden.weights);
    for (const label of network.classes > 0 ? [0, network.classes - 1] : [0]) {
      const pictures = rowsOf(path, network.latentDim).map((z) => decoderTwin(network, exact, z, label));
      const twin = pictures.slice(1).map((picture, i) => 7 * norm(picture.map((value, p) => value - pictures[i]![p]!)));
      // Differences of float32 pixels, 6e-8 of 1, that are themselves near 0.1.
      expectClose(pixelSpeed(network, weights, path, label), twin, 5e-6, "speed");
    }
  });
}

test("float codes are taken as they are", () => {
  expect([...straightPath([floats([0]), floats([1])], 3)]).toEqual([0, 0.5, 1]);
});
