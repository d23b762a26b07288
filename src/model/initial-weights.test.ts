import { expect, test } from "vitest";
import { DATASETS, type ImageShape } from "../protocol/datasets";
import { PRESETS } from "../protocol/presets";
import { DEFAULT_CONFIG, INITIALISERS, type InitialiserKind, type RunConfig } from "../protocol/run-config";
import { initialLimit, initialWeights } from "./initial-weights";
import { describeNetwork, type ParameterSpec } from "./network";

const network = describeNetwork(DEFAULT_CONFIG, DATASETS.mnist.image);

/** Few enough numbers to compare one by one. */
const SMALL: RunConfig = { ...DEFAULT_CONFIG, encoder: [{ units: 20, activation: "relu" }], decoder: [{ units: 20, activation: "relu" }] };
const TINY_IMAGE: ImageShape = { height: 5, width: 6, channels: 1 };
const small = describeNetwork(SMALL, TINY_IMAGE);

function parameterOf(name: string): ParameterSpec {
  return network.parameters.find((parameter) => parameter.name === name)!;
}

test("limits are those of nn.Linear and of Dense", () => {
  expect(initialLimit(parameterOf("encoder.0.weight"), "pytorch")).toBe(1 / 28);
  expect(initialLimit(parameterOf("encoder.0.bias"), "pytorch")).toBe(1 / 28);
  expect(initialLimit(parameterOf("mean.bias"), "pytorch")).toBe(1 / 20);
  expect(initialLimit(parameterOf("encoder.0.weight"), "keras")).toBe(Math.sqrt(6 / 1_184));
  expect(initialLimit(parameterOf("encoder.0.bias"), "keras")).toBe(0);
});

test("limits of convolutions are those of nn.Conv2d, nn.ConvTranspose2d and Conv2D", () => {
  const { parameters } = describeNetwork(PRESETS["vae-conv"], DATASETS.mnist.image);
  const limitOf = (name: string, initialiser: InitialiserKind) =>
    initialLimit(
      parameters.find((parameter) => parameter.name === name)!,
      initialiser,
    );
  expect(limitOf("encoder.1.weight", "pytorch")).toBe(1 / Math.sqrt(9 * 32));
  expect(limitOf("encoder.1.bias", "pytorch")).toBe(1 / Math.sqrt(9 * 32));
  expect(limitOf("encoder.1.weight", "keras")).toBe(Math.sqrt(6 / (9 * 32 + 9 * 64)));
  // ConvTranspose2d(64, 32): weight [64, 32, 3, 3], whose fan-in is counted over axis 1.
  expect(limitOf("decoder.2.weight", "pytorch")).toBe(1 / Math.sqrt(9 * 32));
  expect(limitOf("decoder.2.bias", "keras")).toBe(0);
});

test.each(INITIALISERS)("%s: every value is inside its limit, and they fill it evenly", (initialiser) => {
  const weights = initialWeights(network, initialiser, 1);
  for (const parameter of network.parameters) {
    const values = weights[parameter.name]!;
    const limit = initialLimit(parameter, initialiser);
    expect(values).toHaveLength(parameter.size);
    expect(values.every((value) => Math.abs(value) <= limit)).toBe(true);
    // Four standard errors of the mean and of the mean square of U(−1, 1): √(1/3n), √(4/45n).
    const n = values.length;
    const unit = values.map((value) => (limit === 0 ? 0 : value / limit));
    const mean = unit.reduce((sum, value) => sum + value, 0) / n;
    const square = unit.reduce((sum, value) => sum + value * value, 0) / n;
    expect(Math.abs(mean)).toBeLessThanOrEqual(4 * Math.sqrt(1 / (3 * n)));
    expect(Math.abs(square - (limit === 0 ? 0 : 1 / 3))).toBeLessThanOrEqual(4 * Math.sqrt(4 / (45 * n)));
  }
});

test("the same seed gives the same weights, another seed others", () => {
  expect(initialWeights(small, "pytorch", 5)).toEqual(initialWeights(small, "pytorch", 5));
  const [one, two] = [1, 2].map((seed) => initialWeights(small, "pytorch", seed)["encoder.0.weight"]!);
  expect(one!.filter((value, i) => value === two![i]).length).toBeLessThan(3);
});

test("no two parameters share their draws", () => {
  const weights = initialWeights(network, "pytorch", 1);
  const starts = network.parameters.map(({ name }, i) => weights[name]![0]! / initialLimit(network.parameters[i]!, "pytorch"));
  expect(new Set(starts).size).toBe(starts.length);
});

test("a layer more at the decoder's end leaves the encoder's values as they were", () => {
  const deeper = describeNetwork({ ...SMALL, decoder: [...SMALL.decoder, { units: 9, activation: "relu" }] }, TINY_IMAGE);
  expect(initialWeights(deeper, "keras", 1)["encoder.0.weight"]).toEqual(initialWeights(small, "keras", 1)["encoder.0.weight"]);
});
