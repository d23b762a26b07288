import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatSafetensors, parseSafetensors } from "../lib/safetensors";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork, type Network } from "../model/network";
import { DATASETS } from "../protocol/datasets";
import type { WeightTable } from "../protocol/messages";
import { PRESETS } from "../protocol/presets";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { anyConfig } from "../testing/any-config";
import { fromTorch, torchLayout, toTorch } from "./weight-layout";

const networkOf = (config: RunConfig) => describeNetwork(config, DATASETS[config.data].image);

/** Every number tells its place. */
function numbered(network: Network): WeightTable {
  return Object.fromEntries(network.parameters.map(({ name, size }) => [name, Float32Array.from({ length: size }, (_, i) => i)]));
}

const CONV: RunConfig = {
  ...DEFAULT_CONFIG,
  model: "vae",
  conditional: true,
  encoder: [
    { filters: 3, kernel: 3, stride: 2, activation: "relu" },
    { filters: 2, kernel: 4, stride: 1, activation: "tanh" },
    { units: 5, activation: "elu" },
  ],
  latentDim: 2,
  decoder: [
    { units: 14 * 14 * 3, activation: "relu" },
    { filters: 4, kernel: 4, stride: 2, activation: "relu" },
  ],
};

test("a file holds the tutorial's names in PyTorch's shapes", () => {
  const network = networkOf({ ...DEFAULT_CONFIG, latentDim: 20 });
  expect(torchLayout(network).map(({ name, shape }) => [name, shape])).toEqual([
    ["fc1.weight", [400, 784]],
    ["fc1.bias", [400]],
    ["fc21.weight", [20, 400]],
    ["fc21.bias", [20]],
    ["fc22.weight", [20, 400]],
    ["fc22.bias", [20]],
    ["fc3.weight", [400, 20]],
    ["fc3.bias", [400]],
    ["fc4.weight", [784, 400]],
    ["fc4.bias", [784]],
  ]);
});

const names = (change: Partial<RunConfig>) =>
  torchLayout(networkOf({ ...DEFAULT_CONFIG, ...change }))
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".weight"));

test("other families have names of their own", () => {
  expect(names({ conditional: true })).toEqual(["encoder.0.weight", "mean.weight", "log_var.weight", "decoder.0.weight", "output.weight"]);
  expect(names({ model: "ae" })).toEqual(["encoder.0.weight", "mean.weight", "decoder.0.weight", "output.weight"]);
  expect(names({ model: "gan" })).toEqual([
    "discriminator.0.weight",
    "discriminator.score.weight",
    "generator.0.weight",
    "generator.output.weight",
  ]);
});

test("a dense weight is transposed", () => {
  const network = describeNetwork({ ...DEFAULT_CONFIG, encoder: [], decoder: [], latentDim: 2 }, { height: 1, width: 3, channels: 1 });
  expect([...toTorch(network, numbered(network)).get("mean.weight")!.values]).toEqual([0, 2, 4, 1, 3, 5]);
});

test("kernels and the dense layers beside an image, place by place", () => {
  const network = networkOf(CONV);
  const ours = numbered(network);
  const tensors = toTorch(network, ours);
  const conv = tensors.get("encoder.1.weight")!;
  expect(conv.shape).toEqual([2, 3, 4, 4]); // [out, in, k, k]; ours [k, k, in, out]
  expect(conv.values[((1 * 3 + 2) * 4 + 3) * 4 + 0]).toBe(((3 * 4 + 0) * 3 + 2) * 2 + 1); // i 3, j 0, in 2, out 1
  const transposed = tensors.get("decoder.1.weight")!;
  expect(transposed.shape).toEqual([3, 4, 4, 4]); // [in, out, k, k]; ours [k, k, out, in]
  expect(transposed.values[((2 * 4 + 1) * 4 + 3) * 4 + 2]).toBe(((3 * 4 + 2) * 4 + 1) * 3 + 2);
  // [5, 2 · 14 · 14 + 10]: unit 4, channel 1, row 3, column 5; then the label's class 7, which does not move.
  const dense = tensors.get("encoder.2.weight")!;
  expect(dense.shape).toEqual([5, 402]);
  expect(dense.values[4 * 402 + (1 * 14 + 3) * 14 + 5]).toBe(((3 * 14 + 5) * 2 + 1) * 5 + 4);
  expect(dense.values[4 * 402 + 392 + 7]).toBe((392 + 7) * 5 + 4);
  // Unit of channel 2, row 3, column 5.
  expect(tensors.get("decoder.0.bias")!.values[(2 * 14 + 3) * 14 + 5]).toBe((3 * 14 + 5) * 3 + 2);
});

test("there and back is exact, through a file, for any network", () => {
  const small = anyConfig.filter((config) => networkOf(config).parameterCount < 20_000);
  fc.assert(
    fc.property(small, (config) => {
      const network = networkOf(config);
      const weights = initialWeights(network, "pytorch", config.seed);
      const file = parseSafetensors(formatSafetensors(toTorch(network, weights)));
      expect(fromTorch(network, file.tensors)).toEqual({ weights, problems: null });
    }),
    { numRuns: 30 },
  );
});

test("Keras' example of a convolutional VAE goes there and back", () => {
  const network = networkOf(PRESETS["vae-conv"]);
  const { weights } = fromTorch(network, toTorch(network, numbered(network)));
  for (const { name } of network.parameters) expect(weights![name]!.every((value, i) => value === i)).toBe(true);
});

test("what is amiss is named, all of it", () => {
  const network = describeNetwork({ ...DEFAULT_CONFIG, encoder: [], decoder: [], latentDim: 2 }, { height: 1, width: 3, channels: 1 });
  const tensors = toTorch(network, numbered(network));
  tensors.delete("mean.bias");
  tensors.set("log_var.weight", { shape: [3, 2], values: new Float32Array(6) });
  tensors.set("output.bias", { shape: [3], values: new Float32Array([0, Infinity, 0]) });
  tensors.set("__proto__", { shape: [], values: new Float32Array(1) });
  expect(fromTorch(network, tensors)).toEqual({
    weights: null,
    problems: [
      { kind: "missing", name: "mean.bias", expected: [2] },
      { kind: "shape", name: "log_var.weight", expected: [2, 3], given: [3, 2] },
      { kind: "not-finite", name: "output.bias" },
      { kind: "extra", name: "__proto__", given: [] },
    ],
  });
});

test("weights of another network are not written", () => {
  expect(() => toTorch(networkOf(DEFAULT_CONFIG), {})).toThrow(RangeError);
});
