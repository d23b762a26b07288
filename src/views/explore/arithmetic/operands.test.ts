import { expect, test } from "vitest";
import { classMeans } from "../../../model/class-means";
import { firstOperands, operandCode, operandsOf, type OperandSources } from "./operands";

const codes = Float32Array.of(0, 0, 2, 0, 4, 4, 5, 4);
const labels = [0, 0, 1, 1];
const SOURCES: OperandSources = {
  latentDim: 2,
  means: classMeans(codes, 2, labels, 3),
  codes,
  labels,
  pins: [
    { id: 4, z: [7, 8], origin: "probe", label: null },
    { id: 5, z: [1, 2, 3], origin: "probe", label: null },
  ],
  probe: [0.5, 0.25],
  hand: null,
  nearest: 3,
};

test("what there is can be chosen: classes that have codes, pins of this latent space, what is at hand", () => {
  expect(operandsOf(SOURCES)).toEqual(["mean:0", "mean:1", "typical:0", "typical:1", "pin:4", "probe", "nearest"]);
  const hand = { pixels: new Float32Array(4), mean: Float32Array.of(9, 9), logVar: null };
  expect(operandsOf({ ...SOURCES, hand, nearest: null }).slice(-2)).toEqual(["probe", "hand"]);
});

test("each choice has its code", () => {
  expect(operandCode("mean:0", SOURCES)).toEqual([1, 0]);
  expect(operandCode("typical:1", SOURCES)).toEqual([4, 4]); // both lie ½ from the mean: the first
  expect(operandCode("pin:4", SOURCES)).toEqual([7, 8]);
  expect(operandCode("probe", SOURCES)).toEqual([0.5, 0.25]);
  expect(operandCode("nearest", SOURCES)).toEqual([5, 4]);
  expect(operandCode("hand", { ...SOURCES, hand: { pixels: new Float32Array(4), mean: Float32Array.of(9, 8), logVar: null } })).toEqual([
    9, 8,
  ]);
});

test("what is gone has no code, nor has what is of another width", () => {
  expect(operandCode("pin:5", SOURCES)).toBeNull();
  expect(operandCode("pin:9", SOURCES)).toBeNull();
  expect(operandCode("mean:2", SOURCES)).toBeNull();
  expect(operandCode("hand", SOURCES)).toBeNull();
  expect(operandCode("probe", { ...SOURCES, probe: [1] })).toBeNull();
});

test("begins with something to see", () => {
  expect(firstOperands(SOURCES.means)).toEqual(["typical:0", "mean:0", "mean:1"]);
  const ten = Array.from({ length: 10 }, (_, label) => ({ label, images: 1, mean: [0] }));
  expect(firstOperands(ten)).toEqual(["typical:3", "mean:3", "mean:8"]);
  expect(firstOperands([])).toEqual(["probe", "probe", "probe"]);
});
