/** The real worker: started by the bridge, heard between slices, finding the site's files by itself. */
import { afterAll, expect, test } from "vitest";
import { startSurvey } from "../bridge/start-survey";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import { DATASETS } from "../protocol/datasets";
import { DEFAULT_CONFIG } from "../protocol/run-config";
import type { CodesPart, Part, SurveyModel } from "../protocol/survey";
import { draws } from "../testing/draws";

const survey = startSurvey();
afterAll(() => survey.close());

const config = { ...DEFAULT_CONFIG, encoder: [], decoder: [] };
const weights = initialWeights(describeNetwork(config, DATASETS.mnist.image), "pytorch", 1);
const model: SurveyModel = { key: "m", config, weights };

test("codes of the files that ship; the page keeps its weights", async () => {
  const parts: CodesPart[] = [];
  expect(await survey.ask("codes", { images: 700 }, { model, onPart: (part) => parts.push(part) })).toEqual({ images: 700 });
  expect(parts.map(({ labels }) => labels.length)).toEqual([500, 200]);
  expect(parts[0]!.mean.some((value) => value !== 0)).toBe(true);
  expect(weights["output.bias"]!.length).toBe(784);
});

test("a cheap question is answered while a UMAP forms, and a UMAP that is called off is gone", async () => {
  const control = new AbortController();
  const parts: Part<"umap">[] = [];
  const ask = { codes: draws(1, 3_000 * 4), latentDim: 4, neighbours: 15, minDist: 0.1, seed: 1 };
  let end = "open";
  const long = survey.ask("umap", ask, { signal: control.signal, onPart: (part) => parts.push(part) }).then(
    () => (end = "answered"),
    () => (end = "called off"),
  );
  await expect.poll(() => parts.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const points = { positions: draws(2, 4_000), spreads: null, labels: new Uint8Array(2_000) };
  const lattice = { left: -3, right: 3, bottom: -3, top: 3, columns: 96, rows: 96 };
  const { values } = await survey.ask("regions", { points, lattice });
  expect(values.length).toBe(96 * 96);
  expect(end).toBe("open");
  control.abort();
  await long;
  expect(end).toBe("called off");
});

test("code that comes when it is asked for: components, magnification, geodesic", async () => {
  const { variances } = await survey.ask("principal", { codes: draws(3, 300), latentDim: 3 });
  expect(variances.length).toBe(3);
  const plane = { center: [0, 0], u: [1, 0], w: [0, 1] };
  const lattice = { left: -1, right: 1, bottom: -1, top: 1, columns: 4, rows: 4 };
  const field = await survey.ask("magnification", { plane, z: [0, 0], label: 0, lattice }, { model });
  expect(field.values.every((value) => value > 0)).toBe(true);
  const ends = [
    [-1, 0],
    [1, 0],
  ];
  const { energy, straightEnergy } = await survey.ask("geodesic", { codes: ends, points: 9, label: 0 }, { model });
  expect(energy).toBeLessThanOrEqual(straightEnergy);
});

test("what cannot be answered is refused, and the worker goes on", async () => {
  await expect(survey.ask("codes", { images: 10 })).rejects.toThrow(/needs a model/);
  const { pixels } = await survey.ask("images", { data: "moons", trainSize: 100, indices: [1] });
  expect(pixels.length).toBe(2);
});
