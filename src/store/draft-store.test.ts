import { expect, test } from "vitest";
import { DATASETS } from "../protocol/datasets";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { createDraftStore } from "./draft-store";

const fresh = () => createDraftStore({ config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS });

test("an invalid draft carries its issues until it is mended", () => {
  const draft = fresh();
  draft.getState().edit({ encoder: [{ units: Number.NaN, activation: "relu" }] });
  expect(draft.getState().issues).toEqual([{ path: "encoder.0.units", code: "out-of-range" }]);
  draft.getState().edit({ encoder: [{ units: 64, activation: "relu" }] });
  expect(draft.getState().issues).toEqual([]);
});

test("another data set brings its training size, unless one is given", () => {
  const draft = fresh();
  draft.getState().edit({ data: "fashion" });
  expect(draft.getState().config.trainSize).toBe(DATASETS.fashion.trainDefault);
  draft.getState().edit({ trainSize: 500 });
  draft.getState().edit({ data: "fashion" }); // the same one
  expect(draft.getState().config.trainSize).toBe(500);
  draft.getState().edit({ data: "mnist", trainSize: 256 });
  expect(draft.getState().config.trainSize).toBe(256);
});

test("loss and output agree: the one chosen last leads", () => {
  const draft = fresh();
  draft.getState().edit({ outputActivation: "tanh" });
  expect(draft.getState().config).toMatchObject({ outputActivation: "tanh", reconstruction: "mse" });
  draft.getState().edit({ reconstruction: "bce" });
  expect(draft.getState().config).toMatchObject({ outputActivation: "sigmoid", reconstruction: "bce" });
  expect(draft.getState().issues).toEqual([]);
});

test("fields given together are taken as they are", () => {
  const draft = fresh();
  draft.getState().edit({ reconstruction: "bce", outputActivation: "tanh" });
  expect(draft.getState().issues).toEqual([{ path: "outputActivation", code: "bce-needs-sigmoid" }]);
});

test("new seed is the next one, and goes round at the end", () => {
  const draft = fresh();
  draft.getState().newSeed();
  expect(draft.getState().config).toEqual({ ...DEFAULT_CONFIG, seed: 2 });
  draft.getState().edit({ seed: 0xffff_ffff });
  draft.getState().newSeed();
  expect(draft.getState().config.seed).toBe(0);
});

test.each([
  [Number.NaN, null],
  [null, null],
  [0, 1],
  [2.4, 2],
  [1e9, 100_000],
])("epochs %s are taken as %s", (given, taken) => {
  const draft = fresh();
  draft.getState().editOptions({ epochs: given });
  expect(draft.getState().options).toEqual({ ...DEFAULT_OPTIONS, epochs: taken });
});

test("load takes a whole experiment; options stay when none are given; repairs can be dismissed", () => {
  const draft = fresh();
  draft.getState().editOptions({ backend: "wasm" });
  const repairs = [{ key: "z", given: "500", used: "128" }];
  draft.getState().load({ ...DEFAULT_CONFIG, latentDim: 128 }, undefined, repairs);
  expect(draft.getState()).toMatchObject({ config: { latentDim: 128 }, options: { backend: "wasm" }, repairs, issues: [] });
  draft.getState().dismissRepairs();
  expect(draft.getState().repairs).toEqual([]);
});
