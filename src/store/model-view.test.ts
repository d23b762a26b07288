import { expect, test } from "vitest";
import { decode } from "../model/forward";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import type { Snapshot } from "../protocol/messages";
import { DEFAULT_CONFIG } from "../protocol/run-config";
import { currentModel, decodeCode, nearestExample, priorDensity } from "./model-view";

const network = describeNetwork({ ...DEFAULT_CONFIG, decoder: [{ units: 5, activation: "relu" }] }, { height: 2, width: 3, channels: 1 });
const weights = initialWeights(network, "pytorch", 1);

function snapshotOf(posteriorMean: readonly number[]): Snapshot {
  return {
    id: 1,
    step: 1,
    weights,
    posteriorMean: Float32Array.from(posteriorMean),
    posteriorLogVar: null,
    adversarial: null,
    exampleIndices: [],
    reconstructions: new Float32Array(0),
    exampleLosses: new Float32Array(0),
  };
}

test("the current model is that of the last snapshot, the same object as long as it is", () => {
  expect(currentModel({ network, snapshot: null })).toBeNull();
  const snapshot = snapshotOf([]);
  const model = currentModel({ network, snapshot });
  expect(model).toEqual({ network, weights });
  expect(currentModel({ network, snapshot })).toBe(model);
  expect(currentModel({ network, snapshot: { ...snapshot, exampleIndices: [1] } })).toBe(model); // the same weights with other examples
  expect(currentModel({ network, snapshot: { ...snapshot, weights: { ...weights } } })).not.toBe(model);
  const other = describeNetwork(DEFAULT_CONFIG, { height: 2, width: 3, channels: 1 });
  expect(currentModel({ network: other, snapshot })!.network).toBe(other);
});

test("a code decodes as the forward pass says; one of another width not at all", () => {
  const pixels = decodeCode({ network, weights }, [0.5, -1]);
  expect(pixels).toEqual(decode(network, weights, Float32Array.of(0.5, -1), 1));
  expect(pixels).toHaveLength(6);
  expect(decodeCode({ network, weights }, [0.5, -1, 0])).toBeNull();
});

/** N(x; 0, 1) */
function pdf(x: number): number {
  return Math.exp(-(x ** 2) / 2) / Math.sqrt(2 * Math.PI);
}

test("the prior's density is that of N(0, I) over all dimensions", () => {
  expect(priorDensity([0, 0]).density).toBeCloseTo(1 / (2 * Math.PI), 15);
  // The probe of the design's sketch: z = (0.62, −0.85), prior density 0.091.
  expect(priorDensity([0.62, -0.85]).density).toBeCloseTo(0.0915, 4);
  expect(priorDensity([1, -2, 0.5]).density).toBeCloseTo(pdf(1) * pdf(-2) * pdf(0.5), 15);
  expect(priorDensity([1, -2, 0.5]).logDensity).toBeCloseTo(Math.log(pdf(1) * pdf(-2) * pdf(0.5)), 12);
});

test("its logarithm is of use where the density itself is 0", () => {
  const far = Array.from({ length: 128 }, () => 10);
  expect(priorDensity(far).density).toBe(0);
  expect(priorDensity(far).logDensity).toBeCloseTo(-64 * Math.log(2 * Math.PI) - 6_400, 9);
});

test("the nearest example is the nearest in the whole latent space", () => {
  const labels = Uint8Array.of(0, 1, 2);
  const snapshot = snapshotOf([0, 0, 9, 1, 1, 0, 2, 2, 0]); // [3, 3]
  expect(nearestExample(snapshot, labels, [], [0, 0, 0])).toEqual({ index: 1, distance: Math.sqrt(2) });
  expect(nearestExample(snapshot, labels, [], [0, 0, 9])).toEqual({ index: 0, distance: 0 });
});

test("hidden classes are not looked at", () => {
  const labels = Uint8Array.of(0, 1, 2);
  const snapshot = snapshotOf([0, 0, 3, 4, 6, 8]);
  expect(nearestExample(snapshot, labels, [0], [0, 0])).toEqual({ index: 1, distance: 5 });
  expect(nearestExample(snapshot, labels, [0, 1, 2], [0, 0])).toBeNull();
  expect(nearestExample(snapshotOf([]), labels, [], [0, 0])).toBeNull();
});
