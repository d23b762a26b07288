/** Layers one after another against the float64 twin: what comes out, and gradients by every parameter and by what goes in. */
import { expect, test } from "vitest";
import { oneHotRows } from "../engine/images";
import { layoutFor, uploadBlocks } from "../engine/parameters";
import { outputOf, stackBackward, stackForward, stackInputGradient } from "../engine/stack";
import * as tf from "../engine/tf";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import { DEFAULT_CONFIG } from "../protocol/run-config";
import { centralDifferences } from "./central-differences";
import { expectClose } from "./close";
import { draws, valuesOf, weighted } from "./draws";
import type { SuiteBackend } from "./engine-suite";
import { stackTwin, twinWeights } from "./model-twin";
import { rowsOf } from "./training-twin";

const IMAGE = { height: 4, width: 3, channels: 2 };
const BATCH = 5;

export function stackTests({ backend, tolerance }: SuiteBackend): void {
  for (const conditional of [false, true]) {
    test(`a stack of convolutions and dense layers${conditional ? ", told a label" : ""}: output, gradients by parameters and input`, async () => {
      const config = {
        ...DEFAULT_CONFIG,
        conditional,
        encoder: [
          { filters: 3, kernel: 3, stride: 2, activation: "tanh" } as const,
          { units: 5, activation: "elu" } as const,
          { units: 4, activation: "softplus" } as const,
        ],
      };
      const network = describeNetwork(config, IMAGE);
      const layers = network.encoder;
      const table = initialWeights(network, "pytorch", 3);
      const weights = twinWeights(table);
      const x = draws(1, BATCH * network.pixels);
      const dy = draws(2, BATCH * 4);
      const exactX = Float64Array.from(x);
      const labels = Uint8Array.from([3, 0, 9, 3, 5]);
      const outputs = () => rowsOf(exactX, network.pixels).flatMap((row, i) => stackTwin(layers, weights, row, labels[i]));
      const output = () => weighted(outputs(), dy);

      const layout = layoutFor(network, backend);
      const built = { layout, parameters: uploadBlocks(layout, table) };
      const told = conditional ? tf.tensor2d(oneHotRows(labels, [...labels.keys()], 10), [BATCH, 10]) : null;
      const given = tf.tensor2d(x, [BATCH, network.pixels]);
      const passes = stackForward(built, layers, given, told);
      expectClose(await valuesOf(outputOf(passes, given)), outputs(), tolerance, "output");

      const upstream = () => tf.tensor2d(dy, [BATCH, 4]);
      const { parameters, input } = stackBackward(passes, upstream(), true);
      const names = layers.flatMap(({ name }) => [`${name}.weight`, `${name}.bias`]);
      expect([...parameters.keys()].toSorted()).toEqual(names.toSorted());
      for (const name of names) {
        expectClose(await valuesOf(parameters.get(name)!), centralDifferences(weights[name]!, output), tolerance, name);
      }
      const byInput = centralDifferences(exactX, output);
      expectClose(await valuesOf(input!), byInput, tolerance, "input");
      expectClose(await valuesOf(stackInputGradient(passes, upstream())), byInput, tolerance, "input alone");
      expect(stackBackward(passes, upstream(), false).input).toBeNull();
    });
  }
}
