import { expect, test } from "vitest";
import { initialWeights } from "../../../model/initial-weights";
import { describeNetwork } from "../../../model/network";
import { decode } from "../../../model/forward";
import { DEFAULT_CONFIG } from "../../../protocol/run-config";
import { DATASETS } from "../../../protocol/datasets";
import { codeAt, decodePath, measureFilm } from "./path-film";

test("length, energy and speed of a path of known steps", () => {
  // Pixels (0,0) → (3,4) → (3,4) → (3,16): steps of 5, 0 and 12 pixel units.
  const film = measureFilm(Float32Array.of(0, 0, 3, 4, 3, 4, 3, 16), Float32Array.of(0, 1, 2, 4), 1);
  expect(film.length).toBe(17);
  expect(film.energy).toBe(3 * (25 + 144));
  expect([...film.speeds]).toEqual([15, 0, 36]);
  expect(film.latentLength).toBe(4);
});

test("energy is at least the square of the length, and equal to it at an even speed", () => {
  const even = measureFilm(Float32Array.of(0, 2, 4, 6), Float32Array.of(0, 1, 2, 3), 1);
  expect(even.energy).toBe(even.length ** 2);
  const uneven = measureFilm(Float32Array.of(0, 1, 4, 6), Float32Array.of(0, 1, 2, 3), 1);
  expect(uneven.energy).toBeGreaterThan(uneven.length ** 2);
});

test("a path of one point or none has no steps", () => {
  expect(measureFilm(Float32Array.of(1, 2), Float32Array.of(0), 1)).toMatchObject({ length: 0, energy: 0, latentLength: 0 });
  expect(measureFilm(new Float32Array(), new Float32Array(), 2)).toMatchObject({ length: 0, energy: 0 });
});

test("a place between two points is between their codes", () => {
  const codes = Float32Array.of(0, 0, 2, 4, 2, 8);
  expect(codeAt(codes, 2, 0)).toEqual([0, 0]);
  expect(codeAt(codes, 2, 0.25)).toEqual([1, 2]);
  expect(codeAt(codes, 2, 0.75)).toEqual([2, 6]);
  expect(codeAt(codes, 2, 1)).toEqual([2, 8]);
  expect(codeAt(codes, 2, 7)).toEqual([2, 8]);
  expect(codeAt(Float32Array.of(3, 5), 2, 0.5)).toEqual([3, 5]);
});

test("a path is decoded as its codes are one by one, and can be called off", async () => {
  const network = describeNetwork(DEFAULT_CONFIG, DATASETS.mnist.image);
  const model = { network, weights: initialWeights(network, DEFAULT_CONFIG.initialiser, 1) };
  const codes = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i));
  const frames = await decodePath(model, codes, 0, new AbortController().signal);
  expect(frames).toEqual(decode(network, model.weights, codes, 200));

  const off = new AbortController();
  off.abort(new Error("no longer wanted"));
  // 200 decodes of 784 · 400 products are more than one slice of 8 ms.
  await expect(decodePath(model, new Float32Array(40_000), 0, off.signal)).rejects.toThrow("no longer wanted");
});
