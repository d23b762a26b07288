import { expect, test } from "vitest";
import { readOptions } from "./options";

test("verifies both engines and every family, TensorFlow.js on WebAssembly, unless told otherwise", () => {
  expect(readOptions([])).toEqual({
    parts: ["curves", "reference", "conv", "iwae", "beta", "gan", "pca"],
    engines: ["compiled", "tfjs"],
    models: [2, 20],
    seeds: [0, 1, 2],
    epochs: [1, 2, 5, 10],
    backend: "wasm",
  });
});

test("takes a part of it", () => {
  const options = readOptions(["--parts=reference", "--engines=compiled", "--models=20", "--seeds=4", "--epochs=5", "--backend=cpu"]);
  expect(options).toEqual({ parts: ["reference"], engines: ["compiled"], models: [20], seeds: [4], epochs: [1, 2, 5], backend: "cpu" });
});

test("says which names there are", () => {
  expect(() => readOptions(["--engines=jax"])).toThrow("--engines: no jax; there are compiled, tfjs");
  expect(() => readOptions(["--models=3"])).toThrow("--models: no 3; there are 2, 20");
});
