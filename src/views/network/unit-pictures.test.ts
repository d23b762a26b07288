import { expect, test } from "vitest";
import { decodeLogits, encoderActivations } from "../../model/forward";
import { initialWeights } from "../../model/initial-weights";
import { describeNetwork, type Network } from "../../model/network";
import { DEFAULT_CONFIG } from "../../protocol/run-config";
import { kernelPictures, outerUnits, unitPictures } from "./unit-pictures";

const image = { height: 3, width: 2, channels: 1 };
const linear = (units: number) => ({ units, activation: "linear" as const });
const describe = (encoder: number[], decoder: number[]) =>
  describeNetwork({ ...DEFAULT_CONFIG, encoder: encoder.map(linear), decoder: decoder.map(linear) }, image);
const weightsOf = (network: Network) => initialWeights(network, "keras", 7); // no biases: responses are weights

test("an encoder unit's picture is what it answers to one bright pixel after the other", () => {
  const network = describe([5], [4]);
  const weights = weightsOf(network);
  const { shown, pictures } = unitPictures(network, weights, "encoder", 3)!;
  expect(shown).toEqual([0, 2, 4]);
  const pixels = Float32Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? 1 : 0)); // the 6 × 6 identity
  const [answers] = encoderActivations(network, weights, pixels, 6); // [6, 5]
  shown.forEach((unit, i) => expect([...pictures[i]!]).toEqual([0, 1, 2, 3, 4, 5].map((pixel) => answers![pixel * 5 + unit])));
});

test("a decoder unit's picture is what it adds to the logits", () => {
  const network = describe([], []);
  const weights = weightsOf(network);
  const { shown, pictures } = unitPictures(network, weights, "decoder", 9)!;
  expect(shown).toEqual([0, 1]); // without a hidden layer: the latent dimensions
  expect([...pictures[1]!]).toEqual([...decodeLogits(network, weights, Float32Array.of(0, 1), 1)]);
});

test("without a hidden layer the means are the pictures; weights of another network are none", () => {
  const bare = describe([], []);
  expect(outerUnits(bare, "encoder")).toBe(2);
  expect(unitPictures(bare, weightsOf(bare), "encoder", 9)!.shown).toEqual([0, 1]);
  expect(unitPictures(bare, weightsOf(describe([5], [4])), "encoder", 9)).toBeNull();
  expect(unitPictures(describe([5], [4]), weightsOf(describe([6], [4])), "encoder", 9)).toBeNull();
  expect(unitPictures(describe([5], [4]), {}, "decoder", 9)).toBeNull();
});

const convs = describeNetwork(
  {
    ...DEFAULT_CONFIG,
    encoder: [{ filters: 5, kernel: 3, stride: 1, activation: "linear" }],
    decoder: [linear(7 * 7 * 2), { filters: 4, kernel: 3, stride: 1, activation: "linear" }],
  },
  { height: 7, width: 7, channels: 1 },
);

test("a convolution next to the pixels has no pictures of units, but kernels", () => {
  const weights = weightsOf(convs);
  for (const side of ["encoder", "decoder"] as const) expect(unitPictures(convs, weights, side, 9)).toBeNull();
  expect(kernelPictures(describe([5], [4]), weightsOf(describe([5], [4])), "encoder", 9)).toBeNull();
  expect(kernelPictures(convs, weightsOf(describe([5], [4])), "encoder", 9)).toBeNull();
});

/** One bright pixel in the middle. */
const spot = (size: number) => Float32Array.from({ length: 49 * size }, (_, i) => (i === 24 * size ? 1 : 0));

test("an encoder's kernels are what its filters answer around one bright pixel, turned by half", () => {
  const weights = weightsOf(convs);
  const { shown, pictures, shape, all } = kernelPictures(convs, weights, "encoder", 2)!;
  expect([shown, shape, all]).toEqual([[1, 3], { height: 3, width: 3, channels: 1 }, 5]);
  const [answers] = encoderActivations(convs, weights, spot(1), 1); // [7, 7, 5]
  const around = (filter: number) => [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => answers![((3 - dy) * 7 + 3 - dx) * 5 + filter]));
  shown.forEach((filter, i) => expect([...pictures[i]!]).toEqual(around(filter)));
});

test("a decoder's kernels are what each last map paints around a place", () => {
  const weights = weightsOf(convs);
  const { shown, pictures, all } = kernelPictures(convs, weights, "decoder", 9)!;
  expect([shown, all]).toEqual([[0, 1, 2, 3], 4]);
  const kernel = weights["output.weight"]!; // [3, 3, 1, 4]
  expect([...pictures[2]!]).toEqual(Array.from({ length: 9 }, (_, place) => kernel[place * 4 + 2]));
});

test("of colour images a kernel has every channel, innermost", () => {
  const encoder = [{ filters: 2, kernel: 3 as const, stride: 1 as const, activation: "linear" as const }];
  const colour = describeNetwork({ ...DEFAULT_CONFIG, encoder, decoder: [] }, { height: 4, width: 4, channels: 3 });
  const weights = weightsOf(colour);
  const { pictures, shape } = kernelPictures(colour, weights, "encoder", 2)!;
  expect(shape).toEqual({ height: 3, width: 3, channels: 3 });
  const kernel = weights["encoder.0.weight"]!; // [3, 3, 3, 2]
  expect([...pictures[1]!]).toEqual(Array.from({ length: 27 }, (_, i) => kernel[i * 2 + 1]));
});
