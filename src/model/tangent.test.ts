import { describe, expect, test } from "vitest";
import { centralDifferences } from "../testing/central-differences";
import { expectClose } from "../testing/close";
import { decoderTwin } from "../testing/decoder-twin";
import { draws, weighted } from "../testing/draws";
import { floats, floatTable, GOLDEN, goldenNetwork } from "../testing/golden";
import { twinWeights } from "../testing/model-twin";
import { rowsOf } from "../testing/training-twin";
import type { WeightTable } from "../protocol/messages";
import { ACTIVATIONS, DEFAULT_CONFIG, OUTPUT_ACTIVATIONS, type RunConfig } from "../protocol/run-config";
import { decode } from "./forward";
import { initialWeights } from "./initial-weights";
import { describeNetwork, type Network } from "./network";
import { decodeAlong, lineariseDecoder } from "./tangent";

/**
 * float32 stores after float64 sums, 6e-8 for each layer there and back, and slopes from float32 outputs, 6e-8 of 1 each, which
 * matter where a slope is near 0; the differences themselves are good to 1e-9.
 */
const TOLERANCE = 2e-6;

interface Case {
  readonly network: Network;
  readonly weights: WeightTable;
  readonly count: number;
  readonly labels?: readonly number[];
}

/** `J`, `[pixels, latentDim]`, of one code, by central differences of the float64 twin in every coordinate. */
function jacobianTwin({ network, weights }: Case, code: readonly number[], label: number | undefined): number[][] {
  const exact = twinWeights(weights);
  const at = [...code];
  return Array.from({ length: network.pixels }, (_, pixel) => [
    ...centralDifferences(at, () => decoderTwin(network, exact, at, label)[pixel]!),
  ]);
}

function expectDerivatives(subject: Case): void {
  const { network, weights, count, labels } = subject;
  const z = draws(21, count * network.latentDim);
  const directions = draws(22, count * network.latentDim, 2);
  const gradients = draws(23, count * network.pixels);
  const codes = rowsOf(z, network.latentDim);
  const jacobians = codes.map((code, i) => jacobianTwin(subject, code, labels?.[i]));

  const { pixels, tangents } = decodeAlong(network, weights, z, directions, count, labels);
  expect([...pixels]).toEqual([...decode(network, weights, z, count, labels)]);
  const rows = rowsOf(directions, network.latentDim);
  const pushed = jacobians.flatMap((jacobian, i) => jacobian.map((row) => weighted(row, rows[i]!)));
  expectClose(tangents, pushed, TOLERANCE, "J v");

  const { push, pull } = lineariseDecoder(network, weights, z, count, labels);
  for (let d = 0; d < network.latentDim; d++) {
    const axis = Float32Array.from(z, (_, i) => (i % network.latentDim === d ? 1 : 0));
    const column = jacobians.flatMap((jacobian) => jacobian.map((row) => row[d]!));
    expectClose(push(axis), column, TOLERANCE, `column ${d} of J`);
  }
  const gradientRows = rowsOf(gradients, network.pixels);
  const pulled = jacobians.flatMap((jacobian, i) =>
    codes[i]!.map((_, d) =>
      weighted(
        jacobian.map((row) => row[d]!),
        gradientRows[i]!,
      ),
    ),
  );
  expectClose(pull(gradients), pulled, TOLERANCE, "Jᵀ g");
}

describe("dense decoders of every activation", () => {
  for (const activation of ACTIVATIONS) {
    for (const outputActivation of OUTPUT_ACTIVATIONS) {
      test(`${activation}, then ${outputActivation}`, () => {
        const decoder = [
          { units: 7, activation },
          { units: 5, activation },
        ];
        const config: RunConfig = { ...DEFAULT_CONFIG, encoder: [], latentDim: 3, decoder, outputActivation };
        const network = describeNetwork(config, { height: 2, width: 3, channels: 1 });
        const weights = Object.fromEntries(network.parameters.map(({ name, size }, i) => [name, draws(30 + i, size, 0.7)]));
        expectDerivatives({ network, weights, count: 4 });
      });
    }
  }
});

for (const [name, golden] of Object.entries(GOLDEN)) {
  const { batch: count, labels } = golden;
  test(`${name}: both products agree with central differences in every coordinate`, () => {
    expectDerivatives({ network: goldenNetwork(golden), weights: floatTable(golden.weights), count, ...(labels && { labels }) });
  });
}

test("a label has no tangent, and another label another one", () => {
  const config: RunConfig = { ...DEFAULT_CONFIG, conditional: true, encoder: [], decoder: [{ units: 6, activation: "tanh" }] };
  const network = describeNetwork(config, { height: 2, width: 2, channels: 1 });
  const weights = initialWeights(network, "keras", 5);
  for (const labels of [[0, 3], [9, 1], undefined]) {
    expectDerivatives({ network, weights, count: 2, ...(labels && { labels }) });
  }
  const at = (label: number) => decodeAlong(network, weights, floats([0.3, 0.4]), floats([1, 0]), 1, [label]).tangents;
  expect([...at(2)]).not.toEqual([...at(3)]);
});

test("products of the wrong size are refused", () => {
  const network = describeNetwork({ ...DEFAULT_CONFIG, encoder: [] }, { height: 1, width: 2, channels: 1 });
  const weights = initialWeights(network, "keras", 5);
  expect(() => lineariseDecoder(network, weights, floats([1]), 1)).toThrow("z holds 1 numbers, 1 of 2 are 2");
  const { push, pull } = lineariseDecoder(network, weights, floats([1, 2]), 1);
  expect(() => push(floats([1, 2, 3]))).toThrow("directions holds 3 numbers, 1 of 2 are 2");
  expect(() => pull(floats([1, 2, 3]))).toThrow("gradients holds 3 numbers, 1 of 2 are 2");
});
