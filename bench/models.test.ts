import { parse } from "valibot";
import { expect, test } from "vitest";
import { runConfigSchema } from "../src/protocol/run-config";
import { layersOf } from "../src/model/network";
import { benchConfig, benchNetwork, MODELS } from "./models";

test("every model is a config the app takes, at every batch size of the benchmark", () => {
  for (const model of MODELS)
    for (const batch of [32, 128, 512]) expect(() => parse(runConfigSchema, benchConfig(model, batch))).not.toThrow();
});

test("the convolutional one has Keras' layers and parameters", () => {
  const network = benchNetwork(benchConfig("conv", 128));
  expect(layersOf(network).map(({ kind, units }) => `${kind} ${units}`)).toEqual([
    `conv ${14 * 14 * 32}`,
    `conv ${7 * 7 * 64}`,
    "dense 16",
    "dense 2",
    "dense 2",
    "dense 3136",
    `transposed ${14 * 14 * 64}`,
    `transposed ${28 * 28 * 32}`,
    "transposed 784",
  ]);
  // keras.io/examples/generative/vae: encoder 69,076, decoder 65,089.
  expect(network.parameterCount).toBe(69_076 + 65_089);
});

test("a width replaces the dense model's 400", () => {
  expect(benchNetwork(benchConfig("dense", 32, 1600)).encoder[0]!.units).toBe(1600);
  expect(() => benchConfig("deep", 32, 1600)).toThrow(RangeError);
});
