import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatAddress, parseAddress } from "./address";
import { anyConfig } from "../testing/any-config";
import { configIssues } from "./config-issues";
import { DATASETS, DATASET_IDS } from "./datasets";
import {
  BACKENDS,
  DEFAULT_CONFIG,
  DEFAULT_OPTIONS,
  ENGINES,
  isConvLayer,
  POINT_DEFAULTS,
  RANGES,
  type RunConfig,
  type RunOptions,
} from "./run-config";

const anyOptions: fc.Arbitrary<RunOptions> = fc.record({
  backend: fc.constantFrom("auto" as const, ...BACKENDS),
  engine: fc.constantFrom("auto" as const, ...ENGINES),
  epochs: fc.option(fc.integer(RANGES.epochs)),
});

test("the configs that are formatted below have convolutions on both sides", () => {
  const drawn = fc.sample(anyConfig, { seed: 1, numRuns: 200 });
  for (const side of ["encoder", "decoder"] as const) {
    expect(drawn.filter((config) => config[side].some(isConvLayer)).length).toBeGreaterThan(20);
  }
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

const KEYS = (
  "data n model cond enc head z dec out rec sigma noise level beta anneal over kl free cap mistake gan dsteps drate smooth inoise opt lr " +
  "mom b1 batch init seed backend engine epochs"
).split(" ");
const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.double().map(String),
  fc.constantFrom("mse", "tanh", "1e999", "-1", "9,,9:x"),
);
const layerText = fc.oneof(
  fc.constantFrom("7", "3136", "64:tanh", "c", "ck", "c0", "c3k", "c8k4", "c8s1:elu", "c999k9s9", "c8s2k3", "c1e1k3.4", "C8", " c8 "),
  fc.stringMatching(/^c?[\d.ks:e-]{0,6}$/),
);
const layersText = fc.array(layerText, { maxLength: 12 }).map((texts) => texts.join(","));
const pair = fc.oneof(
  fc.tuple(fc.oneof(fc.constantFrom(...KEYS), fc.string()), anyText),
  fc.tuple(fc.constantFrom("enc", "dec"), layersText),
  fc.tuple(fc.constant("data"), fc.constantFrom(...DATASET_IDS)),
);
const almostAddress = fc.array(pair, { maxLength: 40 }).map((pairs) => pairs.map(([key, text]) => `${key}=${text}`).join("&"));

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

test.each([
  ["c32", { filters: 32, kernel: 3, stride: 2, activation: "relu" }],
  ["c32k4", { filters: 32, kernel: 4, stride: 2, activation: "relu" }],
  ["c1s1", { filters: 1, kernel: 3, stride: 1, activation: "relu" }],
  ["c256k4s1:tanh", { filters: 256, kernel: 4, stride: 1, activation: "tanh" }],
])("%s is a convolution, and is written so", (text, layer) => {
  const parsed = parseAddress(`enc=${text},16`);
  expect(parsed).toMatchObject({ config: { encoder: [layer, { units: 16, activation: "relu" }] }, repairs: [] });
  expect(formatAddress(parsed.config)).toBe(`enc=${text},16`);
});

test("a convolution that names its defaults is read without a notice", () => {
  expect(parseAddress("enc=C32k3s2:relu&dec=3136,c64k3s2,c32")).toEqual({ ...parseAddress("enc=c32&dec=3136,c64,c32"), repairs: [] });
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
  // convolutions: the nearest that there is
  ["enc=c999k7s9", {}, [{ key: "enc", given: "c999k7s9", used: "c256k4" }]],
  ["enc=c8kxs", {}, [{ key: "enc", given: "c8kxs", used: "c8" }]],
  ["enc=c8s1k4,c0,c,cow", {}, [{ key: "enc", given: "c8s1k4,c0,c,cow", used: "c8" }]],
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
  ["enc=16,c8,8,c4", {}, [{ key: "enc", given: "16,c8,8,c4", used: "16,8" }]],
  ["enc=c8,16,c8", {}, [{ key: "enc", given: "c8,16,c8", used: "c8,16" }]],
  ["dec=49,c8,16,c4", {}, [{ key: "dec", given: "49,c8,16,c4", used: "49,c8,c4" }]],
  ["dec=3136,c64,c32", {}, []],
  // on 32 × 32 the grid is 8 × 8
  ["data=shapes&dec=3100:tanh,c64,c32", {}, [{ key: "dec", given: "3100:tanh,c64,c32", used: "3072:tanh,c64,c32" }]],
  ["dec=5,20,c8", {}, [{ key: "dec", given: "5,20,c8", used: "5,196,c8" }]],
  ["dec=1000,c8s1", {}, [{ key: "dec", given: "1000,c8s1", used: "784,c8s1" }]],
  ["dec=4096,c8s1", {}, [{ key: "dec", given: "4096,c8s1", used: "3920,c8s1" }]],
  ["dec=c8,c4", {}, [{ key: "dec", given: "c8,c4", used: "392,c8,c4" }]],
  // 28 is twice even, no more
  ["dec=98,c8,c4,c2", {}, [{ key: "dec", given: "98,c8,c4,c2", used: "98,c8s1,c4,c2" }]],
  [
    "dec=c1s1,c2s1,c3s1,c4s1,c5s1,c6s1,c7,c8",
    {},
    [{ key: "dec", given: "c1s1,c2s1,c3s1,c4s1,c5s1,c6s1,c7,c8", used: "196,c1s1,c2s1,c3s1,c4s1,c5s1,c6s1,c7" }],
  ],
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

test("points of a plane have losses and layers of their own, and no picture to convolve", () => {
  const points = parseAddress("data=moons");
  expect(points.config).toMatchObject(POINT_DEFAULTS);
  expect(formatAddress(points.config)).toBe("data=moons");
  const mended = parseAddress("data=spiral&rec=bce&enc=c8,32&dec=32,c8");
  expect(mended.config).toMatchObject({ reconstruction: "gaussian", encoder: [{ units: 32 }], decoder: [{ units: 32 }] });
  expect(mended.repairs.map(({ key }) => key).toSorted()).toEqual(["dec", "enc", "rec"]);
});

test("what a model cannot have is dropped with a notice", () => {
  expect(parseAddress("model=vae&mistake=code-mean")).toMatchObject({
    config: { mistake: "none" },
    repairs: [{ key: "mistake", used: "none" }],
  });
  expect(parseAddress("model=gan&cond=1")).toMatchObject({ config: { conditional: false }, repairs: [{ key: "cond", used: "0" }] });
  expect(parseAddress("cond=yes")).toMatchObject({ config: { conditional: true }, repairs: [] });
  expect(parseAddress("cond=maybe")).toMatchObject({ config: { conditional: false }, repairs: [{ key: "cond" }] });
});
