import * as fc from "fast-check";
import { expect, test } from "vitest";
import { DATASETS, DATASET_IDS, isPointCloud } from "../protocol/datasets";
import { GAN_DEFAULTS } from "../protocol/gan-presets";
import {
  CORRUPTIONS,
  DEFAULT_CONFIG,
  DEFAULT_OPTIONS,
  HEAD_ACTIVATIONS,
  isCrossEntropy,
  KL_MODES,
  MISTAKES,
  MODELS,
  OUTPUT_ACTIVATIONS,
  POINT_DEFAULTS,
  RECONSTRUCTIONS,
  type RunConfig,
} from "../protocol/run-config";
import { anyConfig } from "../testing/any-config";
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

test("both cross-entropies need the sigmoid, and a Gaussian does not", () => {
  const draft = fresh();
  draft.getState().edit({ reconstruction: "gaussian", outputActivation: "linear" });
  draft.getState().edit({ reconstruction: "bernoulli" });
  expect(draft.getState().config).toMatchObject({ outputActivation: "sigmoid", reconstruction: "bernoulli" });
  draft.getState().edit({ outputActivation: "linear" });
  expect(draft.getState().config).toMatchObject({ outputActivation: "linear", reconstruction: "mse" });
});

test("points bring a likelihood and a network of their own, and images theirs again", () => {
  const draft = fresh();
  draft.getState().edit({ data: "moons" });
  expect(draft.getState()).toMatchObject({ config: { ...POINT_DEFAULTS, trainSize: DATASETS.moons.trainDefault }, issues: [] });
  draft.getState().edit({ data: "spiral" });
  expect(draft.getState().config).toMatchObject(POINT_DEFAULTS);
  draft.getState().edit({ data: "mnist" });
  expect(draft.getState().config).toEqual(DEFAULT_CONFIG);
});

test("a GAN brings its network and its optimiser, and what was usual comes back after it", () => {
  const draft = fresh();
  draft.getState().edit({ conditional: true, model: "ae", mistake: "code-mean" });
  draft.getState().edit({ model: "gan" });
  expect(draft.getState()).toMatchObject({ config: { ...GAN_DEFAULTS, conditional: false, mistake: "none" }, issues: [] });
  draft.getState().edit({ model: "vae" });
  expect(draft.getState().config).toEqual(DEFAULT_CONFIG);
});

test("a GAN of points is narrow, leaky, and keeps to the plane; its output stays unbounded", () => {
  const draft = fresh();
  draft.getState().edit({ data: "rings" });
  draft.getState().edit({ model: "gan" });
  const units = POINT_DEFAULTS.decoder.map((layer) => layer.units);
  expect(draft.getState().config.decoder).toEqual(units.map((each) => ({ units: each, activation: "lrelu" })));
  expect(draft.getState().config).toMatchObject({ latentDim: 2, outputActivation: "linear", adamBeta1: GAN_DEFAULTS.adamBeta1 });
});

test("between AE and VAE nothing but a mistake changes hands", () => {
  const draft = fresh();
  const mine = { latentDim: 7, learningRate: 0.01, conditional: true } as const;
  draft.getState().edit({ ...mine, model: "ae", mistake: "detached-kl" });
  draft.getState().edit({ model: "vae" });
  expect(draft.getState().config).toEqual({ ...DEFAULT_CONFIG, ...mine });
  draft.getState().edit({ mistake: "detached-kl" });
  expect(draft.getState().config.model).toBe("ae");
});

/** Every choice that the page offers on its own, in a config as it stands. */
function choicesOf({ data, batchSize, trainSize }: RunConfig): Partial<RunConfig>[] {
  const { trainMax } = DATASETS[data];
  return [
    ...DATASET_IDS.map((id) => ({ data: id })),
    ...MODELS.map((model) => ({ model })),
    ...RECONSTRUCTIONS.filter((id) => !(isCrossEntropy(id) && isPointCloud(data))).map((reconstruction) => ({ reconstruction })),
    ...OUTPUT_ACTIVATIONS.map((outputActivation) => ({ outputActivation })),
    ...HEAD_ACTIVATIONS.map((headActivation) => ({ headActivation })),
    ...CORRUPTIONS.map((corruption) => ({ corruption })),
    ...KL_MODES.map((klMode) => ({ klMode })),
    ...MISTAKES.map((mistake) => ({ mistake })),
    ...[true, false].map((conditional) => ({ conditional })),
    { trainSize: trainMax },
    { trainSize: 100 },
    { batchSize: Math.min(batchSize, trainSize) },
  ];
}

test("no choice ever makes a draft that cannot run", () => {
  fc.assert(
    fc.property(anyConfig, fc.nat(), fc.nat(), (config, first, second) => {
      const draft = createDraftStore({ config, options: DEFAULT_OPTIONS });
      for (const pick of [first, second]) {
        const choices = choicesOf(draft.getState().config);
        const choice = choices[pick % choices.length]!;
        draft.getState().edit(choice);
        expect({ choice, issues: draft.getState().issues }).toEqual({ choice, issues: [] });
        expect(draft.getState().config).toMatchObject(choice);
      }
    }),
    { seed: 1, numRuns: 1_000 },
  );
});
