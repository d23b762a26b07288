import { describe, expect, test } from "vitest";
import { expectClose } from "../testing/close";
import { fixedDecoder, foldedSheet, hill, squashedPlane, type FixedDecoder } from "../testing/decoder-fixtures";
import { decoderTwin } from "../testing/decoder-twin";
import { draws } from "../testing/draws";
import { floatTable, GOLDEN, goldenNetwork } from "../testing/golden";
import { twinWeights } from "../testing/model-twin";
import { shortestWay } from "../testing/shortest-way";
import { rowsOf } from "../testing/training-twin";
import { GEODESIC_TRIALS, startGeodesic, type Geodesic } from "./geodesic";
import { pixelSpeed, straightPath } from "./paths";

/** To its end, with the energy after every call. */
function finish(geodesic: Geodesic): number[] {
  const energies = [geodesic.energy];
  while (!geodesic.isDone) {
    geodesic.advance();
    energies.push(geodesic.energy);
  }
  return energies;
}

/** Length in pixel space, of the polyline seen at 8 places of each step. */
function lengthOf({ network, weights }: FixedDecoder, path: Float32Array<ArrayBuffer>): number {
  const rows = rowsOf(path, network.latentDim);
  const speed = pixelSpeed(network, weights, straightPath(rows, (rows.length - 1) * 8 + 1), 0);
  return speed.reduce((sum, value) => sum + value, 0) / speed.length;
}

function geodesicOf({ network, weights }: FixedDecoder, codes: readonly (readonly number[])[], points: number): Geodesic {
  const geodesic = startGeodesic(network, weights, codes, points, 0);
  finish(geodesic);
  return geodesic;
}

const logit = (p: number) => Math.log(p / (1 - p));
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

test("of a linear decoder it is the straight line, and its energy the square of the distance", () => {
  const decoder = fixedDecoder({ latentDim: 3, pixels: 4 }, { "output.weight": [...draws(71, 12)] });
  const [a, b] = rowsOf(draws(72, 6), 3) as [number[], number[]];
  const geodesic = geodesicOf(decoder, [a, b], 12);
  const exact = twinWeights(decoder.weights);
  const pixels = [a, b].map((z) => decoderTwin(decoder.network, exact, z));
  const squared = pixels[0]!.reduce((sum, value, p) => sum + (value - pixels[1]![p]!) ** 2, 0);
  // Rounding of float32 pixels to 6e-8 leaves a minimum this flat uncertain by its square root.
  expectClose(geodesic.path, straightPath([a, b], 12), 1e-3, "path");
  expectClose([geodesic.energy], [squared], 1e-6, "energy");
});

test("of a plane under another ruler it is straight in pixel space: known in closed form, bent in the latent plane", () => {
  const decoder = squashedPlane();
  const [a, b] = [
    [-4, -0.5],
    [1, 4],
  ] as const;
  const geodesic = geodesicOf(decoder, [a, b], 48);
  const known = Array.from({ length: 48 }, (_, i) =>
    [0, 1].map((d) => logit(sigmoid(a[d]!) + (i / 47) * (sigmoid(b[d]!) - sigmoid(a[d]!)))),
  );
  const distance = Math.hypot(sigmoid(b[0]) - sigmoid(a[0]), sigmoid(b[1]) - sigmoid(a[1]));
  const pictures = rowsOf(geodesic.path, 2).map((z) => z.map(sigmoid));
  // In pixel space, where a code far out is as near as it looks; steps are chords of the latent plane, h² = 4e-4 of it.
  expectClose(pictures.flat(), known.flat().map(sigmoid), 5e-3, "pictures along the way");
  expect(lengthOf(decoder, geodesic.path) / distance).toBeCloseTo(1, 3);
  expect(lengthOf(decoder, straightPath([a, b], 48)) / distance).toBeGreaterThan(1.05);
});

test("over a fold it is refracted towards what unfolding the sheet says", () => {
  const stretch = 3;
  const decoder = foldedSheet(stretch);
  const [a, b] = [
    [-2, -1],
    [2, 1],
  ] as const;
  const geodesic = geodesicOf(decoder, [a, b], 64);
  const share = (stretch * 1) / (stretch * 1 + 1); // of the straight line in the unfolded sheet that lies on the stretched side
  const crossing = a[0] + share * (b[0] - a[0]);
  const rows = rowsOf(geodesic.path, 2);
  const after = rows.findIndex(([, up]) => up! > 0);
  const [p, q] = [rows[after - 1]!, rows[after]!];
  const met = p[0]! + ((0 - p[1]!) / (q[1]! - p[1]!)) * (q[0]! - p[0]!);
  // The straight line crosses at 0. A point that meets the fold finds a corner of the energy there and slides no further along it,
  // though the rest of the way would gain by it; the length, whose minimum is flat, hardly knows.
  expect(met).toBeGreaterThan(0.6 * crossing);
  expect(met).toBeLessThan(crossing);
  const unfolded = Math.hypot(b[0] - a[0], stretch + 1);
  expect(lengthOf(decoder, geodesic.path) / unfolded).toBeGreaterThan(0.995); // chords cut the fold
  expect(lengthOf(decoder, geodesic.path) / unfolded).toBeLessThan(1.006);
  expect(lengthOf(decoder, straightPath([a, b], 64)) / unfolded).toBeGreaterThan(1.03);
});

test("it goes round a hill, as Dijkstra's method does on a lattice, at a constant speed", () => {
  const decoder = hill(4);
  const exact = twinWeights(decoder.weights);
  const [size, width] = [41, 6];
  const place = (cell: number) => (cell / (size - 1) - 0.5) * width;
  const pictureAt = (column: number, row: number) => decoderTwin(decoder.network, exact, [place(column), place(row)]);
  const [from, to] = [
    [4, 24],
    [36, 22],
  ] as const;
  const way = shortestWay(size, pictureAt, from, to);
  const codes = [from, to].map(([column, row]) => [place(column), place(row)]);
  const geodesic = geodesicOf(decoder, codes, 40);
  const length = lengthOf(decoder, geodesic.path);
  // A lattice has no way shorter than the shortest; by its directions it is 1.4 % longer at most, and as much by its places.
  expect(length).toBeLessThan(way * 1.002);
  expect(length).toBeGreaterThan(way * 0.97);
  expect(lengthOf(decoder, straightPath(codes, 40)) / length).toBeGreaterThan(1.3);
  const speed = pixelSpeed(decoder.network, decoder.weights, geodesic.path, 0);
  const mean = speed.reduce((sum, value) => sum + value, 0) / speed.length;
  for (const value of speed) expect(Math.abs(value / mean - 1)).toBeLessThan(0.1);
});

describe.each(["vae-bce", "ae-mse", "conv-vae-bce", "conditional", "conditional-conv"])("%s", (name) => {
  const golden = GOLDEN[name]!;
  const network = goldenNetwork(golden);
  const weights = floatTable(golden.weights);
  const codes = rowsOf(draws(73, 3 * network.latentDim, 2), network.latentDim);
  const label = Math.max(0, network.classes - 1);

  test("energy only falls, from that of the straight line; every code stays a point, to the last bit", () => {
    const geodesic = startGeodesic(network, weights, codes, 20, label);
    expect(geodesic.energy).toBe(geodesic.straightEnergy);
    const energies = finish(geodesic);
    energies.slice(1).forEach((energy, i) => expect(energy).toBeLessThanOrEqual(energies[i]!));
    expect(energies.length - 1).toBeLessThanOrEqual(GEODESIC_TRIALS);
    expect(geodesic.energy).toBeLessThan(geodesic.straightEnergy);
    const rows = rowsOf(geodesic.path, network.latentDim);
    expect(rows).toHaveLength(20);
    const places = codes.map((code) => rows.findIndex((row) => row.every((value, d) => value === code[d])));
    expect([places[0], places[2]]).toEqual([0, 19]);
    expect(places[1]).toBeGreaterThan(0);
  });

  test("the picture's speed is constant from code to code", () => {
    const geodesic = startGeodesic(network, weights, codes.slice(0, 2), 32, label);
    finish(geodesic);
    const speed = pixelSpeed(network, weights, geodesic.path, label);
    const mean = speed.reduce((sum, value) => sum + value, 0) / speed.length;
    for (const value of speed) expect(Math.abs(value / mean - 1)).toBeLessThan(0.05);
  });
});

test("another label has another geodesic", () => {
  const golden = GOLDEN["conditional"]!;
  const network = goldenNetwork(golden);
  const weights = floatTable(golden.weights);
  const codes = rowsOf(draws(74, 2 * network.latentDim, 2), network.latentDim);
  const [first, second] = [0, 1].map((label) => startGeodesic(network, weights, codes, 8, label));
  expect(first!.straightEnergy).not.toBe(second!.straightEnergy);
});

test("where there is nothing to be done it is done at once", () => {
  const { network, weights } = squashedPlane();
  const standing = startGeodesic(network, weights, [[1, 2], [1, 2]], 9, 0); // prettier-ignore
  expect([standing.isDone, standing.energy]).toEqual([true, 0]);
  const bare = startGeodesic(network, weights, [[1, 2], [2, 3], [4, 4]], 3, 0); // prettier-ignore
  expect(bare.isDone).toBe(true);
  bare.advance();
  expect([...bare.path]).toEqual([1, 2, 2, 3, 4, 4]);
  expect(() => startGeodesic(network, weights, [[1, 2], [2, 3], [4, 4]], 2, 0)).toThrow("1 steps do not reach over 2 legs"); // prettier-ignore
});

test("a path that was handed out does not change", () => {
  const { network, weights } = squashedPlane();
  const geodesic = startGeodesic(network, weights, [[-4, 0], [1, 4]], 9, 0); // prettier-ignore
  const { path } = geodesic;
  const copy = path.slice();
  finish(geodesic);
  expect(path).toEqual(copy);
  expect(geodesic.path).not.toEqual(copy);
});
