import { expect, test } from "vitest";
import { centralDifferences } from "../testing/central-differences";
import { expectClose } from "../testing/close";
import { decoderTwin } from "../testing/decoder-twin";
import { draws } from "../testing/draws";
import { floats, floatTable, GOLDEN, goldenNetwork } from "../testing/golden";
import { twinWeights } from "../testing/model-twin";
import { rowsOf } from "../testing/training-twin";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { initialWeights } from "./initial-weights";
import { magnification } from "./metric";
import { describeNetwork } from "./network";
import { axesPlane, type Plane } from "./plane";

/** Tangents are good to 2e-6 (`tangent.test`); an area is a product of two and of the sine between them, which here is above 0.1. */
const TOLERANCE = 2e-5;

/** √det JᵀJ by the determinant of central differences of the float64 twin along u and w. */
function magnificationTwin(decode: (z: readonly number[]) => number[], { u, w }: Plane, z: readonly number[]): number {
  const at = [0, 0];
  const moved = () => decode(z.map((value, d) => value + at[0]! * u[d]! + at[1]! * w[d]!));
  const rows = moved().map((_, pixel) => centralDifferences(at, () => moved()[pixel]!));
  const inner = (p: number, q: number) => rows.reduce((sum, row) => sum + row[p]! * row[q]!, 0);
  if (w.every((value) => value === 0)) return Math.sqrt(inner(0, 0));
  return Math.sqrt(inner(0, 0) * inner(1, 1) - inner(0, 1) ** 2);
}

/** Turned by 0.6, in the first and last dimension. */
function skewPlane(latentDim: number): Plane {
  const [c, s] = [Math.cos(0.6), Math.sin(0.6)];
  const of = (first: number, last: number) =>
    Array.from({ length: latentDim }, (_, d) => (d === 0 ? first : d === latentDim - 1 ? last : 0));
  return { center: of(0, 0), u: of(c, s), w: of(-s, c) };
}

for (const [name, golden] of Object.entries(GOLDEN)) {
  test(`${name}: along a plane and along a line it is the twin's`, () => {
    const network = goldenNetwork(golden);
    const weights = floatTable(golden.weights);
    const exact = twinWeights(golden.weights);
    const { latentDim } = network;
    const z = draws(41, 5 * latentDim);
    const labels = [2, 0, 1, 2, 1];
    for (const plane of [axesPlane(latentDim, [0, 0]), ...(latentDim > 1 ? [axesPlane(latentDim, [0, 1]), skewPlane(latentDim)] : [])]) {
      const twins = rowsOf(z, latentDim).map((code, i) => {
        const label = network.classes === 0 ? 0 : Math.min(labels[i]!, network.classes - 1);
        return magnificationTwin((at) => decoderTwin(network, exact, at, label), plane, code);
      });
      expectClose(magnification(network, weights, plane, z, 5, labels), twins, TOLERANCE, "magnification");
    }
  });
}

test("of a linear decoder it is the area that its two rows span, everywhere; of one that lays the plane on a line, 0", () => {
  const config: RunConfig = { ...DEFAULT_CONFIG, model: "ae", encoder: [], decoder: [], latentDim: 2, outputActivation: "linear" };
  const network = describeNetwork(config, { height: 1, width: 3, channels: 1 });
  const bare = initialWeights(network, "keras", 1);
  const of = (...weight: number[]) => {
    const z = floats([0, 0, 5, -7]);
    return [...magnification(network, { ...bare, "output.weight": floats(weight) }, axesPlane(2, [0, 1]), z, 2)];
  };
  expect(of(3, 0, 0, 4, 2, 0)).toEqual([6, 6]);
  expect(of(3, 1, 2, 6, 2, 4)).toEqual([0, 0]);
  expect(of(0, 0, 0, 6, 2, 4)).toEqual([0, 0]);
});
