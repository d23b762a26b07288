import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatSafetensors, parseSafetensors } from "../lib/safetensors";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import { formatAddress } from "../protocol/address";
import { DATASETS } from "../protocol/datasets";
import { DEFAULT_CONFIG, POINT_DEFAULTS, type RunConfig } from "../protocol/run-config";
import { fileNames } from "./file-names";
import { formatWeightFile, readWeightFile } from "./weight-file";
import { toTorch } from "./weight-layout";

const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  ...POINT_DEFAULTS,
  data: "moons",
  trainSize: 4_000,
  encoder: [{ units: 3, activation: "elu" }],
  decoder: [{ units: 2, activation: "elu" }],
  latentDim: 1,
};
const NETWORK = describeNetwork(CONFIG, DATASETS.moons.image);
const WEIGHTS = initialWeights(NETWORK, "pytorch", 4);
const FILE = formatWeightFile(CONFIG, NETWORK, WEIGHTS, 120);

test("a file says where it is from and gives its weights back", () => {
  expect(readWeightFile(FILE, CONFIG)).toEqual({ fit: { config: CONFIG, weights: WEIGHTS } });
  expect({ ...parseSafetensors(FILE).metadata }).toEqual({
    format: "pt",
    layout: "pytorch",
    source: "VAE Playground",
    experiment: formatAddress(CONFIG),
    step: "120",
  });
});

test("for another experiment it is no use, and offers its own", () => {
  const wide = { ...CONFIG, latentDim: 2 };
  const reading = readWeightFile(FILE, wide);
  expect(reading).toMatchObject({ fit: null, elsewhere: { config: CONFIG, weights: WEIGHTS } });
  expect("problems" in reading && reading.problems[0]).toEqual({ kind: "shape", name: "fc21.weight", expected: [2, 3], given: [1, 3] });
});

test.each(["data=nonsense", "z=1&__proto__=2", formatAddress({ ...CONFIG, latentDim: 3 }), ""])(
  "an experiment that its weights do not fit is not offered: %s",
  (experiment) => {
    const file = formatSafetensors(toTorch(NETWORK, WEIGHTS), { experiment });
    expect(readWeightFile(file, { ...CONFIG, latentDim: 2 })).toMatchObject({ fit: null, elsewhere: null });
  },
);

test("a file cut anywhere, or with any byte changed, gives a problem or finite weights of the right size", () => {
  for (let length = 0; length < FILE.length; length++) expect(readWeightFile(FILE.slice(0, length), CONFIG).fit).toBeNull();
  const place = fc.integer({ min: 0, max: FILE.length - 1 });
  fc.assert(
    fc.property(place, fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const { fit } = readWeightFile(FILE.with(at, byte), CONFIG);
      const isWhole =
        fit === null ||
        NETWORK.parameters.every(({ name, size }) => fit.weights[name]?.length === size && fit.weights[name].every(Number.isFinite));
      expect(isWhole).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("names tell runs apart", () => {
  expect(fileNames(CONFIG, 120)).toEqual({
    weights: "vae-playground-moons-vae-z1-step120.safetensors",
    curves: "vae-playground-moons-vae-z1-step120.csv",
    pytorch: "vae-playground-moons-vae-z1-step120-pytorch.py",
    keras: "vae-playground-moons-vae-z1-step120-keras.py",
  });
});
