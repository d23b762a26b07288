import { describe, expect, test } from "vitest";
import { centralDifferences } from "../testing/central-differences";
import { expectClose } from "../testing/close";
import { energyTwin } from "../testing/decoder-twin";
import { draws } from "../testing/draws";
import { floats, floatTable, GOLDEN, goldenNetwork } from "../testing/golden";
import { twinWeights } from "../testing/model-twin";
import { rowsOf } from "../testing/training-twin";
import { pathEnergy, respace, SUBSTEPS } from "./path-energy";
import { straightPath } from "./paths";

/** Differences of float32 pixels, 6e-8 of 1 at most, that are themselves near 0.1: squared, 1e-6. */
const TOLERANCE = 5e-6;

describe.each(["vae-bce", "ae-mse", "conv-vae-bce", "conv-ae-mse", "conditional"])("%s", (name) => {
  const golden = GOLDEN[name]!;
  const network = goldenNetwork(golden);
  const { latentDim } = network;
  const weights = floatTable(golden.weights);
  const exact = twinWeights(golden.weights);
  const label = Math.max(0, network.classes - 1);
  const path = draws(61, 6 * latentDim, 1.5);

  test("the energy is the twin's; so is its gradient, by central differences in every coordinate of every point", () => {
    const measured = pathEnergy(network, weights, path, label);
    const at = [...path];
    const twin = () => energyTwin(network, exact, rowsOf(at, latentDim), label, SUBSTEPS);
    expectClose([measured.energy], [twin()], TOLERANCE, "energy");
    expectClose(measured.gradient(), centralDifferences(at, twin), TOLERANCE, "gradient");
  });

  test("its parts and its steps add up to it", () => {
    const { energy, lengths, squares } = pathEnergy(network, weights, path, label);
    expectClose([lengths.reduce((sum, length) => sum + length ** 2, 0) * lengths.length], [energy], 1e-12, "energy of parts");
    expectClose([squares.reduce((sum, square) => sum + square, 0) * squares.length], [energy], 1e-12, "energy of steps");
    expect(energy).toBeGreaterThanOrEqual(lengths.reduce((sum, length) => sum + length, 0) ** 2);
  });

  test("spaced anew the picture's speed is constant between fixed points, which have not moved", () => {
    const line = straightPath([path.subarray(0, latentDim), path.subarray(latentDim, 2 * latentDim)], 40);
    const isFixed = Array.from({ length: 40 }, (_, i) => i === 0 || i === 13 || i === 39);
    const spaced = respace(pathEnergy(network, weights, line, label), latentDim, isFixed);
    for (const point of [0, 13, 39]) {
      expect([...spaced.subarray(point * latentDim, (point + 1) * latentDim)]).toEqual([
        ...line.subarray(point * latentDim, (point + 1) * latentDim),
      ]);
    }
    const { squares } = pathEnergy(network, weights, spaced, label);
    for (const leg of [squares.subarray(0, 13), squares.subarray(13)]) {
      const lengths = leg.map(Math.sqrt);
      const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
      // Within a part the speed is taken as constant; parts are 80 to a line along which it varies.
      for (const length of lengths) expect(Math.abs(length / mean - 1)).toBeLessThan(0.01);
    }
  });
});

test("where the picture stands still nothing is spaced", () => {
  const golden = GOLDEN["vae-bce"]!;
  const network = goldenNetwork(golden);
  const path = new Float32Array(4 * network.latentDim);
  const measured = pathEnergy(network, floatTable(golden.weights), path, 0);
  expect(measured.energy).toBe(0);
  expect(respace(measured, network.latentDim, [true, false, false, true])).toEqual(floats(path));
});
