import { expect, test } from "vitest";
import { DATASETS } from "../protocol/datasets";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { describeNetwork } from "./network";

const describe = (change: Partial<RunConfig> = {}) => describeNetwork({ ...DEFAULT_CONFIG, ...change }, DATASETS.mnist.image);

test("the default is preset B, 784-400-2-400-784, with the parameters of PyTorch's own", () => {
  const { parameters, parameterCount } = describe();
  expect(parameterCount).toBe(784 * 400 + 400 + 2 * (400 * 2 + 2) + (2 * 400 + 400) + (400 * 784 + 784));
  expect(parameters.map(({ name, shape }) => [name, shape])).toEqual([
    ["encoder.0.weight", [784, 400]],
    ["encoder.0.bias", [400]],
    ["mean.weight", [400, 2]],
    ["mean.bias", [2]],
    ["logVar.weight", [400, 2]],
    ["logVar.bias", [2]],
    ["decoder.0.weight", [2, 400]],
    ["decoder.0.bias", [400]],
    ["output.weight", [400, 784]],
    ["output.bias", [784]],
  ]);
});

test("a bias has the fan-in of its weight, as PyTorch draws it", () => {
  for (const { fanIn, fanOut, kind, shape, size } of describe().parameters) {
    expect(size).toBe(shape.reduce((product, length) => product * length, 1));
    expect(shape).toEqual(kind === "weight" ? [fanIn, fanOut] : [fanOut]);
  }
});

test("an autoencoder has no head for the variance", () => {
  const network = describe({ model: "ae" });
  expect(network.logVar).toBeNull();
  expect(network.parameterCount).toBe(describe().parameterCount - (400 * 2 + 2));
});

function layers(units: readonly number[]): RunConfig["encoder"] {
  return units.map((width) => ({ units: width, activation: "tanh" }));
}

test("deep stacks hand their widths on, in data order", () => {
  const { encoder, mean, decoder, output } = describe({ encoder: layers([128, 64]), latentDim: 7, decoder: layers([64, 128]) });
  const sizes = [...encoder, mean, ...decoder, output].map(({ name, inputs, units }) => `${name} ${inputs}→${units}`);
  expect(sizes).toEqual(["encoder.0 784→128", "encoder.1 128→64", "mean 64→7", "decoder.0 7→64", "decoder.1 64→128", "output 128→784"]);
  expect(encoder.every(({ activation }) => activation === "tanh")).toBe(true);
  expect([mean.activation, output.activation]).toEqual(["linear", "linear"]);
});

test("without hidden layers pixels meet the heads and the code meets the pixels", () => {
  const { mean, output, parameterCount } = describe({ encoder: [], decoder: [], latentDim: 50, model: "ae" });
  expect([mean.inputs, mean.units, output.inputs, output.units]).toEqual([784, 50, 50, 784]);
  expect(parameterCount).toBe(784 * 50 + 50 + 50 * 784 + 784);
});

test("colour images count their channels", () => {
  expect(describeNetwork(DEFAULT_CONFIG, { height: 32, width: 32, channels: 3 }).pixels).toBe(3_072);
});
