import { expect, test } from "vitest";
import { decodeLogits, encoderActivations } from "../../model/forward";
import { initialWeights } from "../../model/initial-weights";
import { describeNetwork, type Network } from "../../model/network";
import { DEFAULT_CONFIG } from "../../protocol/run-config";
import { outerUnits, unitPictures } from "./unit-pictures";

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
