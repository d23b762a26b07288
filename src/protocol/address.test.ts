import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatAddress, parseAddress } from "./address";
import { configIssues } from "./config-issues";
import { DATASETS, DATASET_IDS } from "./datasets";
import {
  ACTIVATIONS,
  BACKENDS,
  DEFAULT_CONFIG,
  DEFAULT_OPTIONS,
  ENGINES,
  INITIALISERS,
  MODELS,
  OPTIMISERS,
  OUTPUT_ACTIVATIONS,
  RANGES,
  RECONSTRUCTIONS,
  type RunConfig,
  type RunOptions,
} from "./run-config";

const between = ({ min, max }: { min: number; max: number }) => fc.double({ min, max, noNaN: true }).filter((x) => !Object.is(x, -0));
const layers = fc.array(fc.record({ units: fc.integer(RANGES.units), activation: fc.constantFrom(...ACTIVATIONS) }), {
  maxLength: RANGES.layers.max,
});

const anyConfig: fc.Arbitrary<RunConfig> = fc
  .record({
    data: fc.constantFrom(...DATASET_IDS),
    trainSize: fc.integer({ min: 1, max: 60_000 }),
    model: fc.constantFrom(...MODELS),
    encoder: layers,
    latentDim: fc.integer(RANGES.latentDim),
    decoder: layers,
    outputActivation: fc.constantFrom(...OUTPUT_ACTIVATIONS),
    reconstruction: fc.constantFrom(...RECONSTRUCTIONS),
    beta: between(RANGES.beta),
    optimiser: fc.constantFrom(...OPTIMISERS),
    learningRate: between(RANGES.learningRate),
    momentum: between(RANGES.momentum),
    batchSize: fc.integer(RANGES.batchSize),
    initialiser: fc.constantFrom(...INITIALISERS),
    seed: fc.integer(RANGES.seed),
  })
  .map((config) => ({ ...config, trainSize: Math.min(config.trainSize, DATASETS[config.data].trainMax) }))
  .filter((config) => configIssues(config).length === 0);

const anyOptions: fc.Arbitrary<RunOptions> = fc.record({
  backend: fc.constantFrom("auto" as const, ...BACKENDS),
  engine: fc.constantFrom("auto" as const, ...ENGINES),
  epochs: fc.option(fc.integer(RANGES.epochs)),
});

test("parsing what was formatted gives it back, without a repair", () => {
  fc.assert(
    fc.property(anyConfig, anyOptions, (config, options) => {
      expect(parseAddress(formatAddress(config, options))).toEqual({ config, options, repairs: [] });
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("an address needs no escaping in a fragment", () => {
  fc.assert(
    fc.property(anyConfig, anyOptions, (config, options) => {
      expect(formatAddress(config, options)).toMatch(/^[a-z0-9.,:=&-]*$/);
    }),
    { seed: 2 },
  );
});

const KEYS = "data n model enc z dec out rec beta opt lr mom batch init seed backend engine epochs".split(" ");
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.double().map(String),
  fc.constantFrom("mse", "tanh", "1e999", "-1", "9,,9:x"),
);
const almostAddress = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), fc.string()), anyText), { maxLength: 40 })
  .map((pairs) => pairs.map(([key, text]) => `${key}=${text}`).join("&"));

test("whatever comes in, nothing throws, what comes out can run, and its own address is stable", () => {
  fc.assert(
    fc.property(fc.oneof(almostAddress, fc.string({ unit: "binary" })), (query) => {
      const { config, options, repairs } = parseAddress(query);
      expect(configIssues(config)).toEqual([]);
      expect(options.epochs === null || Number.isInteger(options.epochs)).toBe(true);
      for (const { key, given } of repairs) expect(Math.max(key.length, given.length)).toBeLessThanOrEqual(41);
      expect(parseAddress(formatAddress(config, options))).toEqual({ config, options, repairs: [] });
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

test("the design's own example says what it says", () => {
  const query = "?data=mnist&model=vae&enc=400&z=20&dec=400&rec=bce&beta=1&opt=adam&lr=0.001&batch=128&seed=1";
  expect(parseAddress(query)).toEqual({ config: { ...DEFAULT_CONFIG, latentDim: 20 }, options: DEFAULT_OPTIONS, repairs: [] });
  expect(formatAddress({ ...DEFAULT_CONFIG, latentDim: 20 }, DEFAULT_OPTIONS)).toBe("z=20");
});

test("the default experiment has an empty address", () => {
  expect(formatAddress(DEFAULT_CONFIG, DEFAULT_OPTIONS)).toBe("");
  expect(parseAddress("")).toEqual({ config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS, repairs: [] });
});

test("keys keep their order, whatever changed", () => {
  const config: RunConfig = { ...DEFAULT_CONFIG, seed: 4, data: "shapes", trainSize: 500, learningRate: 1e-6, model: "ae" };
  const options: RunOptions = { backend: "wasm", engine: "tfjs", epochs: 3 };
  expect(formatAddress(config, options)).toBe("data=shapes&n=500&model=ae&lr=0.000001&seed=4&backend=wasm&engine=tfjs&epochs=3");
});

test("the training size that is left out is that of the data set", () => {
  expect(parseAddress("data=fashion").config.trainSize).toBe(DATASETS.fashion.trainDefault);
  expect(parseAddress("n=60000&data=fashion").config.trainSize).toBe(60_000);
  expect(formatAddress({ ...DEFAULT_CONFIG, data: "fashion", trainSize: DATASETS.fashion.trainDefault }, DEFAULT_OPTIONS)).toBe(
    "data=fashion",
  );
});

test.each([
  ["400", [{ units: 400, activation: "relu" }]],
  [
    "128,64:tanh,32",
    [
      { units: 128, activation: "relu" },
      { units: 64, activation: "tanh" },
      { units: 32, activation: "relu" },
    ],
  ],
  ["none", []],
  ["", []],
])("enc=%s is read as layers", (text, encoder) => {
  expect(parseAddress(`enc=${text}`)).toMatchObject({ config: { encoder }, repairs: [] });
});

test("no hidden layer is written as none", () => {
  expect(formatAddress({ ...DEFAULT_CONFIG, encoder: [], decoder: [] }, DEFAULT_OPTIONS)).toBe("enc=none&dec=none");
});

test.each([
  // out of range: clamped
  ["z=500", { latentDim: 128 }, [{ key: "z", given: "500", used: "128" }]],
  ["lr=-3", { learningRate: 1e-6 }, [{ key: "lr", given: "-3", used: "0.000001" }]],
  ["beta=1e999", { beta: 1000 }, [{ key: "beta", given: "1e999", used: "1000" }]],
  ["seed=4294967296", { seed: 4294967295 }, [{ key: "seed", given: "4294967296", used: "4294967295" }]],
  ["n=1000000", { trainSize: 9000 }, [{ key: "n", given: "1000000", used: "9000" }]],
  ["z=2.6", { latentDim: 3 }, [{ key: "z", given: "2.6", used: "3" }]],
  // no such value: the default
  ["z=two", { latentDim: 2 }, [{ key: "z", given: "two", used: "2" }]],
  ["lr=", { learningRate: 0.001 }, [{ key: "lr", given: "", used: "0.001" }]],
  ["lr=0x10", { learningRate: 0.001 }, [{ key: "lr", given: "0x10", used: "0.001" }]],
  ["beta=Infinity", { beta: 1 }, [{ key: "beta", given: "Infinity", used: "1" }]],
  ["data=imagenet", { data: "mnist" }, [{ key: "data", given: "imagenet", used: "mnist" }]],
  ["model=toString", { model: "vae" }, [{ key: "model", given: "toString", used: "vae" }]],
  // layers
  ["enc=0", { encoder: [] }, [{ key: "enc", given: "0", used: "none" }]],
  ["enc=wide", DEFAULT_CONFIG, [{ key: "enc", given: "wide", used: "400" }]],
  [
    "enc=64,9999",
    {
      encoder: [
        { units: 64, activation: "relu" },
        { units: 4096, activation: "relu" },
      ],
    },
    [{ key: "enc", given: "64,9999", used: "64,4096" }],
  ],
  ["enc=64:gelu", { encoder: [{ units: 64, activation: "relu" }] }, [{ key: "enc", given: "64:gelu", used: "64" }]],
  ["enc=64:tanh:tanh,", { encoder: [{ units: 64, activation: "tanh" }] }, [{ key: "enc", given: "64:tanh:tanh,", used: "64:tanh" }]],
  ["dec=1,2,3,4,5,6,7,8,9", {}, [{ key: "dec", given: "1,2,3,4,5,6,7,8,9", used: "1,2,3,4,5,6,7,8" }]],
  // unknown
  ["zz=3", DEFAULT_CONFIG, [{ key: "zz", given: "3", used: null }]],
  // twice: the first counts
  ["z=3&z=4", { latentDim: 3 }, [{ key: "z", given: "4", used: "3" }]],
])("%s is mended and told", (query, config, repairs) => {
  expect(parseAddress(query)).toMatchObject({ config, repairs });
});

test.each([
  ["rec=bce&out=tanh", { reconstruction: "bce", outputActivation: "sigmoid" }, [{ key: "out", given: "tanh", used: "sigmoid" }]],
  ["out=tanh", { reconstruction: "mse", outputActivation: "tanh" }, [{ key: "rec", given: "bce", used: "mse" }]],
  ["out=linear&rec=huber", { reconstruction: "mse", outputActivation: "linear" }, [{ key: "rec", given: "huber", used: "mse" }]],
  ["rec=mse&out=tanh", { reconstruction: "mse", outputActivation: "tanh" }, []],
  ["n=50", { trainSize: 50, batchSize: 50 }, [{ key: "batch", given: "128", used: "50" }]],
  ["n=50&batch=5000", { batchSize: 50 }, [{ key: "batch", given: "5000", used: "50" }]],
  ["data=shapes&n=9000", { trainSize: 8000 }, [{ key: "n", given: "9000", used: "8000" }]],
])("%s: fields that cannot stand together are made to agree", (query, config, repairs) => {
  const parsed = parseAddress(query);
  expect(parsed.config).toMatchObject(config);
  expect(parsed.repairs).toEqual(repairs);
});

test("options are read, and an empty epochs= runs on", () => {
  expect(parseAddress("backend=cpu&engine=compiled&epochs=7").options).toEqual({ backend: "cpu", engine: "compiled", epochs: 7 });
  expect(parseAddress("epochs=")).toMatchObject({ options: { epochs: null }, repairs: [] });
  expect(parseAddress("backend=cuda")).toMatchObject({
    options: { backend: "auto" },
    repairs: [{ key: "backend", given: "cuda", used: "auto" }],
  });
});

test("capitals and stray spaces are let pass", () => {
  expect(parseAddress("data=Fashion&lr=+1E-2")).toMatchObject({ config: { data: "fashion", learningRate: 0.01 }, repairs: [] });
});

test("what a notice quotes is short and shows its control characters", () => {
  const { repairs } = parseAddress(`z=${"9".repeat(5_000)}&${"k".repeat(90)}=1&x=${encodeURIComponent("a\u202Eb\u0000c<b>")}`);
  expect(repairs[0]!.given).toBe(`${"9".repeat(40)}…`);
  expect(repairs[1]!.key).toBe(`${"k".repeat(40)}…`);
  expect(repairs[2]!.given).toBe("a\uFFFDb\uFFFDc<b>");
});

test("an address full of nonsense gives no endless list", () => {
  const query = Array.from({ length: 10_000 }, (_, i) => `k${i}=1`).join("&");
  const { repairs } = parseAddress(`${query}&z=x`);
  expect(repairs).toHaveLength(32);
  expect(repairs[0]!.key).toBe("z"); // what changes the experiment is told before what is left out
});
