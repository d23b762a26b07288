import { expect, test } from "vitest";
import { floats, floatTable, GOLDEN, goldenInputs, goldenNetwork } from "../testing/golden";
import { expectClose } from "../testing/close";
import { imageTwin, layerTwin, twinWeights } from "../testing/model-twin";
import { rowsOf } from "../testing/training-twin";
import type { WeightTable } from "../protocol/messages";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { decode, decodeLogits, decoderActivations, encode, encoderActivations } from "./forward";
import { initialWeights } from "./initial-weights";
import { describeNetwork } from "./network";

/** float32 stores after float64 sums: a rounding of 6e-8 for each layer, through slopes below 1. */
const TOLERANCE = 1e-6;

for (const [name, golden] of Object.entries(GOLDEN)) {
  test(`${name}: posterior, logits and pixels are PyTorch's, layer by layer the twin's`, () => {
    const network = goldenNetwork(golden);
    const weights = floatTable(golden.weights);
    const { batch, forward, labels } = golden;
    const x = goldenInputs(golden, 0);
    const { mean, logVar } = encode(network, weights, x, batch, labels);
    expectClose(mean, forward.mean, TOLERANCE, "mean");
    expect(logVar === null).toBe(forward.logVar === null);
    expectClose(logVar ?? [], forward.logVar ?? [], TOLERANCE, "logVar");
    const z = floats(forward.z);
    expectClose(decodeLogits(network, weights, z, batch, labels), forward.logits, TOLERANCE, "logits");
    expectClose(decode(network, weights, z, batch, labels), forward.reconstruction, TOLERANCE, "pixels");

    const exact = twinWeights(golden.weights);
    const stacks = [
      [network.encoder, encoderActivations(network, weights, x, batch, labels), rowsOf(x, network.pixels)],
      [network.decoder, decoderActivations(network, weights, z, batch, labels), rowsOf(z, network.latentDim)],
    ] as const;
    for (const [layers, activations, inputs] of stacks) {
      expect(activations).toHaveLength(layers.length);
      let rows: readonly (readonly number[])[] = inputs;
      layers.forEach((layer, i) => {
        rows = rows.map((row, image) => layerTwin(layer, exact, row, labels?.[image]));
        expectClose(activations[i]!, rows.flat(), TOLERANCE, layer.name);
      });
    }
  });
}

test("a label is a row of the weight that is added: of 0 where none is told, of the last where it is beyond", () => {
  const config: RunConfig = { ...DEFAULT_CONFIG, data: "mnist", conditional: true, latentDim: 1, decoder: [] };
  const network = describeNetwork(config, { height: 1, width: 2, channels: 1 });
  const weights: WeightTable = { ...initialWeights(network, "keras", 1), "output.bias": floats([0.5, -0.5]) };
  // Row 0 is the code's, row 1 + label the label's.
  const rows = rowsOf(weights["output.weight"]!, 2);
  const z = floats([0, 0, 0, 0]);
  const expected = [3, 0, 9, 9].flatMap((label) => [rows[1 + label]![0]! + 0.5, rows[1 + label]![1]! - 0.5]);
  expectClose(decodeLogits(network, weights, z, 4, [3, 0, 9, 200]), expected, TOLERANCE, "logits");
  expectClose(
    decodeLogits(network, weights, z, 4),
    [1, 2, 3, 4].flatMap(() => expected.slice(2, 4)),
    TOLERANCE,
    "logits of nobody's label",
  );
});

test("heads through relu have no negative mean, and no σ below 1", () => {
  const config: RunConfig = { ...DEFAULT_CONFIG, headActivation: "relu", encoder: [], latentDim: 2 };
  const network = describeNetwork(config, { height: 1, width: 1, channels: 1 });
  const bare = initialWeights(network, "keras", 1);
  const heads = { "mean.weight": floats([1, -1]), "logVar.weight": floats([-1, 1]) };
  const { mean, logVar } = encode(network, { ...bare, ...heads }, floats([0.5, 2]), 2);
  expect([...mean]).toEqual([0.5, 0, 2, 0]);
  expect([...logVar!]).toEqual([0, 0.5, 0, 2]);
});

test("a log variance is held in its range", () => {
  const network = describeNetwork({ ...DEFAULT_CONFIG, encoder: [], latentDim: 2 }, { height: 1, width: 1, channels: 1 });
  const weights = { ...initialWeights(network, "keras", 1), "logVar.weight": floats([0, 0]), "logVar.bias": floats([-33, 21]) };
  expect([...encode(network, weights, floats([1]), 1).logVar!]).toEqual([-20, 20]);
});

test("softplus and elu stay finite far out", () => {
  const config = { ...DEFAULT_CONFIG, model: "ae", latentDim: 1, outputActivation: "linear" } as const;
  for (const activation of ["softplus", "elu", "tanh", "sigmoid"] as const) {
    const network = describeNetwork({ ...config, encoder: [], decoder: [{ units: 1, activation }] }, { height: 1, width: 1, channels: 1 });
    const one = floats([1]);
    const zero = floats([0]);
    const weights = {
      ...initialWeights(network, "keras", 1),
      "decoder.0.weight": one,
      "decoder.0.bias": zero,
      "output.weight": one,
      "output.bias": zero,
    };
    const exact = twinWeights(weights);
    // e^−80 is the last that float32 holds; e^160 is not, if a tanh were made of it.
    for (const z of [-80, -15, 15, 80]) {
      const twin = layerTwin(network.decoder[0]!, exact, [z])[0]!;
      expectClose(decode(network, weights, floats([z]), 1), [twin], TOLERANCE, `${activation} of ${z}`);
    }
  }
});

test("what does not fit is refused with both sizes", () => {
  const network = describeNetwork(DEFAULT_CONFIG, { height: 2, width: 2, channels: 1 });
  const weights = initialWeights(network, "pytorch", 1);
  expect(() => decode(network, weights, floats([1, 2, 3]), 1)).toThrow("decode: z holds 3 numbers, 1 codes of 2 are 2");
  expect(() => decode(network, { ...weights, "output.bias": floats([1]) }, floats([1, 2]), 1)).toThrow("output.bias holds 1 numbers");
  const { "mean.weight": _, ...rest } = weights;
  expect(() => encode(network, rest, new Float32Array(4), 1)).toThrow("mean.weight holds no numbers");
});

test("batches of odd sizes are their images one by one", () => {
  const golden = GOLDEN["vae-mse"]!;
  const network = goldenNetwork(golden);
  const weights = floatTable(golden.weights);
  const exact = twinWeights(golden.weights);
  const images = rowsOf(
    golden.images.map((byte) => byte / 255),
    network.pixels,
  );
  for (const count of [1, 3, 7]) {
    const twins = images
      .slice(0, count)
      .map((x) => imageTwin(network, { reconstruction: "mse", sigma: 1 }, exact, { input: x, target: x, label: 0 }, null));
    const { mean } = encode(network, weights, floats(images.slice(0, count).flat()), count);
    expectClose(
      mean,
      twins.flatMap((twin) => twin.mean),
      TOLERANCE,
      "mean",
    );
    expectClose(
      decode(network, weights, mean, count),
      twins.flatMap((twin) => twin.reconstruction),
      TOLERANCE,
      "pixels",
    );
  }
});
