import { expect, test } from "vitest";
import { decode, encode } from "../../model/forward";
import { initialWeights } from "../../model/initial-weights";
import { describeNetwork } from "../../model/network";
import { DATASETS } from "../../protocol/datasets";
import { DEFAULT_CONFIG, POINT_DEFAULTS, type RunConfig } from "../../protocol/run-config";
import { seenImage } from "../../store/seen-image";
import { affordable, classDistances, codeRange, fieldOf, generatedOf, linksOf, sheetOf } from "./data-space";

const layer = (units: number) => ({ units, activation: "tanh" as const });
const SMALL: RunConfig = {
  ...DEFAULT_CONFIG,
  ...POINT_DEFAULTS,
  data: "moons",
  trainSize: 4_000,
  encoder: [layer(5)],
  decoder: [layer(4)],
};

function model(change: Partial<RunConfig> = {}) {
  const config: RunConfig = { ...SMALL, ...change };
  const network = describeNetwork(config, DATASETS[config.data].image);
  return { config, network, weights: initialWeights(network, "pytorch", 3) };
}

const EXAMPLES = {
  pixels: Uint8Array.from({ length: 20 }, (_, i) => (i * 37) % 256),
  labels: Uint8Array.from({ length: 10 }, (_, i) => i % 2),
};
const MEANS = Float32Array.from({ length: 20 }, (_, i) => Math.sin(i));

test("links lead from each point to its posterior mean decoded", () => {
  const { config, network, weights } = model();
  const { from, to } = linksOf(network, config, { weights, posteriorMean: MEANS }, EXAMPLES);
  expect(from).toEqual(Float32Array.from(EXAMPLES.pixels, (byte) => byte / 255));
  expect(to).toEqual(decode(network, weights, MEANS, 10));
});

test("of spoilt points they lead from what the encoder saw, which is encoded here", () => {
  const { config, network, weights } = model({ corruption: "gaussian", corruptionLevel: 0.2 });
  const { from, to } = linksOf(network, config, { weights, posteriorMean: MEANS }, EXAMPLES);
  const third = seenImage(config, EXAMPLES.pixels.subarray(4, 6), 2).seen;
  expect(from.subarray(4, 6)).toEqual(third);
  expect(to.subarray(4, 6)).toEqual(decode(network, weights, encode(network, weights, third, 1).mean, 1));
});

test("a conditional model is told each point's own class", () => {
  const { config, network, weights } = model({ conditional: true });
  const { to } = linksOf(network, config, { weights, posteriorMean: MEANS }, EXAMPLES);
  expect(to.subarray(2, 4)).toEqual(decode(network, weights, MEANS.slice(2, 4), 1, [1]));
  expect(to.subarray(2, 4)).not.toEqual(decode(network, weights, MEANS.slice(2, 4), 1, [0]));
});

const RANGES = [[-3, 3] as const, [-3, 3] as const] as const;

test("a latent line becomes one curve, its ends those of the range", () => {
  const { network, weights } = model({ latentDim: 1 });
  const lines = sheetOf(network, weights, { axes: [0, 0], z: [0], ranges: RANGES, label: 0 });
  expect(lines).toHaveLength(1);
  expect(lines[0]!.slice(0, 2)).toEqual(decode(network, weights, Float32Array.of(-3), 1));
  expect(lines[0]!.slice(-2)).toEqual(decode(network, weights, Float32Array.of(3), 1));
});

test("a plane becomes lines both ways, with the other dimensions where the probe stands", () => {
  const { network, weights } = model({ latentDim: 3 });
  const lines = sheetOf(network, weights, { axes: [2, 0], z: [9, 0.7, 9], ranges: RANGES, label: 0 });
  expect(lines).toHaveLength(26);
  const corner = decode(network, weights, Float32Array.of(-3, 0.7, -3), 1);
  expect([lines[0]!.slice(0, 2), lines[1]!.slice(0, 2)]).toEqual([corner, corner]);
  expect(lines[0]!.slice(-2)).toEqual(decode(network, weights, Float32Array.of(3, 0.7, -3), 1)); // up is dimension 0
  expect(sheetOf(network, weights, { axes: [0, 1], z: [0], ranges: RANGES, label: 0 })).toEqual([]); // a probe of another run
});

test("a network too wide for a fine lattice gets a coarse one, whose lines cross at the points of each other", () => {
  const { network, weights } = model({ decoder: [layer(400), layer(400)] });
  const lines = sheetOf(network, weights, { axes: [0, 1], z: [0, 0], ranges: [RANGES[0], [-1, 1]], label: 0 });
  expect(lines).toHaveLength(18);
  const decoded = (...code: number[]) => [...decode(network, weights, Float32Array.from(code), 1)].map((x) => expect.closeTo(x, 5));
  const [upward, through] = [lines[2 * 7]!, lines[2 * 3 + 1]!]; // the 8th of the one kind, the 4th of the other
  expect(Array.from(upward).slice(3 * 2, 4 * 2)).toEqual(decoded(-3 + (6 * 7) / 8, -1 + (2 * 3) / 8));
  expect(Array.from(through).slice(7 * 2, 8 * 2)).toEqual(decoded(-3 + (6 * 7) / 8, -1 + (2 * 3) / 8));
});

test("the sheet of a conditional model is that of the chosen class", () => {
  const { network, weights } = model({ conditional: true, latentDim: 1 });
  const [curve] = sheetOf(network, weights, { axes: [0, 0], z: [0], ranges: RANGES, label: 1 });
  expect(curve!.slice(0, 2)).toEqual(decode(network, weights, Float32Array.of(-3), 1, [1]));
});

test("under a prior the range is three standard deviations, else that of the codes", () => {
  expect(codeRange(null, 2, 0)).toEqual([-3, 3]);
  expect(codeRange(Float32Array.from([5, 0, 6, 0, 7, 0]), 2, 0)).toEqual([5, 7]);
  expect(codeRange(Float32Array.from([4, 4, 4, 4]), 2, 1)).toEqual([3, 5]); // collapsed: something to draw all the same
});

test("the field holds the discriminator's scores in the middles of its cells, the lowest row first", () => {
  const { network, weights } = model({ model: "gan" });
  const { cells, from, to, scores } = fieldOf(network, weights)!;
  expect(scores).toHaveLength(cells * cells);
  const middle = (i: number) => from + ((to - from) * (i + 0.5)) / cells;
  for (const [column, row] of [
    [0, 0],
    [3, 1],
    [cells - 1, cells - 1],
  ] as const) {
    const [score] = encode(network, weights, Float32Array.of(middle(column), middle(row)), 1).mean;
    expect(scores[row * cells + column]).toBeCloseTo(score!, 5);
  }
});

test("there is a field in the plane of a GAN only", () => {
  const swissroll = model({ model: "gan", data: "swissroll" });
  expect(fieldOf(swissroll.network, swissroll.weights)).toBeNull();
  const vae = model();
  expect(fieldOf(vae.network, vae.weights)).toBeNull();
});

test("generated points are the decoded draws", () => {
  const { network, weights } = model({ model: "gan" });
  expect(generatedOf(network, weights, MEANS)).toEqual(decode(network, weights, MEANS, 10));
});

test("a wide network is asked for fewer points, never for none", () => {
  const { network } = model();
  const wide = describeNetwork({ ...SMALL, decoder: [layer(4096), layer(4096)] }, DATASETS.moons.image);
  expect(affordable(network, "decoder", 400, 60)).toBe(400);
  expect(affordable(wide, "decoder", 400, 60)).toBe(60);
});

test("classes are averaged over their points, distances over those that are linked", () => {
  const points = Uint8Array.from([0, 0, 255, 0, 0, 255]);
  const links = { from: new Float32Array(4), to: Float32Array.from([0, 0.5, 1, 0.25]) };
  expect(classDistances(points, 2, Uint8Array.of(0, 1, 0), links, 3)).toEqual([
    { label: 0, points: 2, mean: [0, 0.5], distance: 0.5 },
    { label: 1, points: 1, mean: [1, 0], distance: 0.25 },
  ]);
  expect(classDistances(points, 2, Uint8Array.of(0, 1, 2), links, 3)[2]!.distance).toBeNaN();
});
