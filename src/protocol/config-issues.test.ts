import { expect, test } from "vitest";
import { configIssues } from "./config-issues";
import { DEFAULT_CONFIG, type RunConfig } from "./run-config";

test("the default config can run", () => {
  expect(configIssues(DEFAULT_CONFIG)).toEqual([]);
});

const relu = { activation: "relu" } as const;

test.each<[string, Partial<Record<keyof RunConfig, unknown>>, string, string]>([
  ["a width of 0", { encoder: [{ units: 0, ...relu }] }, "encoder.0.units", "out-of-range"],
  [
    "a width that is being typed",
    {
      encoder: [
        { units: 400, ...relu },
        { units: Number.NaN, ...relu },
      ],
    },
    "encoder.1.units",
    "out-of-range",
  ],
  ["half a unit", { decoder: [{ units: 1.5, ...relu }] }, "decoder.0.units", "out-of-range"],
  ["a width beyond the limit", { decoder: [{ units: 4097, ...relu }] }, "decoder.0.units", "out-of-range"],
  ["an unknown activation", { decoder: [{ units: 4, activation: "gelu" }] }, "decoder.0.activation", "not-a-choice"],
  ["nine layers", { encoder: Array.from({ length: 9 }, () => ({ units: 4, ...relu })) }, "encoder", "too-many-layers"],
  ["no latent dimension", { latentDim: 0 }, "latentDim", "out-of-range"],
  ["an infinite rate", { learningRate: Infinity }, "learningRate", "out-of-range"],
  ["a negative beta", { beta: -1 }, "beta", "out-of-range"],
  ["an unknown data set", { data: "imagenet" }, "data", "not-a-choice"],
  ["BCE without a sigmoid", { outputActivation: "tanh" }, "outputActivation", "bce-needs-sigmoid"],
  ["more images than there are", { trainSize: 9_001 }, "trainSize", "train-size-too-large"],
  ["a batch larger than the data", { trainSize: 100 }, "batchSize", "batch-larger-than-data"],
])("%s is named with its field", (_, change, path, code) => {
  expect(configIssues({ ...DEFAULT_CONFIG, ...change })).toEqual([{ path, code }]);
});

test("issues of several fields are all told", () => {
  const paths = configIssues({ ...DEFAULT_CONFIG, latentDim: 0, batchSize: 0, seed: -1 }).map(({ path }) => path);
  expect(paths).toEqual(["latentDim", "batchSize", "seed"]);
});

test("what is no config at all is told, not thrown", () => {
  for (const nonsense of [null, undefined, 7, "vae", [], {}]) expect(configIssues(nonsense).length).toBeGreaterThan(0);
});
