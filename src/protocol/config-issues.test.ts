import { expect, test } from "vitest";
import { configIssues } from "./config-issues";
import { DEFAULT_CONFIG, type RunConfig } from "./run-config";

test("the default config can run", () => {
  expect(configIssues(DEFAULT_CONFIG)).toEqual([]);
});

const relu = { activation: "relu" } as const;
const conv = { filters: 8, kernel: 3, stride: 2, ...relu } as const;

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
  ["no filter", { encoder: [{ ...conv, filters: 0 }] }, "encoder.0.filters", "out-of-range"],
  ["filters beyond the limit", { encoder: [conv, { ...conv, filters: 257 }] }, "encoder.1.filters", "out-of-range"],
  ["a kernel of 5", { encoder: [{ ...conv, kernel: 5 }] }, "encoder.0.kernel", "not-a-choice"],
  ["a stride of 3", { encoder: [{ ...conv, stride: 3 }] }, "encoder.0.stride", "not-a-choice"],
  ["an unknown activation of a convolution", { encoder: [{ ...conv, activation: "gelu" }] }, "encoder.0.activation", "not-a-choice"],
  ["a convolution with units", { encoder: [{ ...conv, units: 4 }] }, "encoder.0.units", "out-of-range"],
  ["a convolution after a dense layer", { encoder: [{ units: 4, ...relu }, conv] }, "encoder", "conv-after-dense"],
  [
    "a dense layer after a transposed convolution",
    { decoder: [{ units: 196, ...relu }, conv, { units: 4, ...relu }] },
    "decoder",
    "dense-after-conv",
  ],
  ["a transposed convolution without a grid", { decoder: [conv] }, "decoder", "decoder-grid"],
  ["units that fill no grid", { decoder: [{ units: 197, ...relu }, conv] }, "decoder", "decoder-grid"],
  ["strides that 28 pixels are not divided by", { decoder: [{ units: 196, ...relu }, conv, conv, conv] }, "decoder", "decoder-grid"],
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

test("convolutions that fit each other and the image can run", () => {
  const encoder = [conv, { ...conv, kernel: 4, stride: 1 }, conv, { units: 16, ...relu }];
  const decoder = [{ units: 3, ...relu }, { units: 98, ...relu }, conv, { ...conv, stride: 1 }, conv];
  expect(configIssues({ ...DEFAULT_CONFIG, encoder, decoder })).toEqual([]);
  // 32 / 2 / 2 = 8, and 98 does not fill 8 × 8
  const shapes = { ...DEFAULT_CONFIG, data: "shapes", trainSize: 500, encoder, decoder };
  expect(configIssues(shapes)).toEqual([{ path: "decoder", code: "decoder-grid" }]);
});

test("issues of several fields are all told", () => {
  const paths = configIssues({ ...DEFAULT_CONFIG, latentDim: 0, batchSize: 0, seed: -1 }).map(({ path }) => path);
  expect(paths).toEqual(["latentDim", "batchSize", "seed"]);
});

test("what is no config at all is told, not thrown", () => {
  for (const nonsense of [null, undefined, 7, "vae", [], {}]) expect(configIssues(nonsense).length).toBeGreaterThan(0);
});
