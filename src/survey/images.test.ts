/** What is asked about training images, on the files that ship. */
import { afterAll, expect, test } from "vitest";
import { seenImage } from "../store/seen-image";
import { describeNetwork } from "../model/network";
import { DATASETS } from "../protocol/datasets";
import type { CodesPart } from "../protocol/survey";
import type { RunConfig } from "../protocol/run-config";
import { expectClose } from "../testing/close";
import { imageTwin, twinWeights } from "../testing/model-twin";
import { openSurvey, refusalOf, shippedFiles, smallModel } from "../testing/survey-harness";
import { createDatasetLoader } from "../datasets/dataset-loader";

const survey = openSurvey(shippedFiles);
afterAll(() => survey.close());
const mnist = await createDatasetLoader({ baseUrl: "http://host/data/", fetch: shippedFiles }).load("mnist", { trainSize: 9_000 });
await mnist.waitForAll();
const trainingImage = (i: number) => mnist.training.subarray(i * 784, (i + 1) * 784);

/** What the encoder makes of training image `i`, in float64. */
function twinOf(config: RunConfig, weights: Parameters<typeof twinWeights>[0], i: number) {
  const network = describeNetwork(config, DATASETS.mnist.image);
  const label = mnist.trainingLabels[i]!;
  const pixels = Array.from(seenImage({ ...config, corruption: "none" }, trainingImage(i), DATASETS.mnist.heldOut + i).seen);
  return imageTwin(network, config, twinWeights(weights), { input: pixels, target: pixels, label }, null);
}

test.each([
  ["a VAE", {}],
  ["an autoencoder", { model: "ae" }],
  ["a conditional VAE", { conditional: true }],
  ["pixels drawn black and white", { reconstruction: "bernoulli" }],
  ["spoilt images, which are encoded clean", { corruption: "masking" }],
] as const)("codes of %s are those of the twin, part by part", async (_, change) => {
  const { config, weights, model } = smallModel(change);
  const parts: CodesPart[] = [];
  const answer = await survey.ask("codes", { images: 1_100 }, { model, onPart: (part) => parts.push(part) });
  expect(answer).toEqual({ images: 1_100 });
  expect(parts.map(({ from, total, labels }) => [from, total, labels.length])).toEqual([
    [0, 1_100, 500],
    [500, 1_100, 500],
    [1_000, 1_100, 100],
  ]);
  expect(parts.flatMap(({ labels }) => [...labels])).toEqual([...mnist.trainingLabels.subarray(0, 1_100)]);
  for (const i of [0, 499, 500, 1_099]) {
    const part = parts.find(({ from, labels }) => i >= from && i < from + labels.length)!;
    const twin = twinOf(config, weights, i);
    const row = (values: Float32Array) => values.subarray((i - part.from) * 2, (i - part.from + 1) * 2);
    expectClose(row(part.mean), twin.mean, 1e-5, "mean"); // sums of 784 products in float32
    expectClose(part.logVar === null ? [] : row(part.logVar), twin.logVar ?? [], 1e-5, "logVar");
  }
});

test("more codes than there are images are as many as there are", async () => {
  const { model } = smallModel({ data: "moons", reconstruction: "mse", outputActivation: "sigmoid" });
  expect(await survey.ask("codes", { images: 60_000 }, { model })).toEqual({ images: 4_000 });
  expect(await refusalOf(survey.ask("codes", { images: 0 }, { model }))).toMatch(/0 images are wanted/);
});

test("images come in the order asked for, repeated where they are asked for twice", async () => {
  const { pixels, image } = await survey.ask("images", { data: "mnist", trainSize: 9_000, indices: [8_999, 0, 8_999] });
  expect(image).toEqual({ height: 28, width: 28, channels: 1 });
  expect(pixels).toEqual(Uint8Array.from([8_999, 0, 8_999].flatMap((i) => [...trainingImage(i)])));
  expect((await survey.ask("images", { data: "mnist", trainSize: 9_000, indices: [] })).pixels.length).toBe(0);
});

test.each([[-1], [9_000], [1.5], [NaN]])("image %d is refused", async (index) => {
  expect(await refusalOf(survey.ask("images", { data: "mnist", trainSize: 9_000, indices: [index] }))).toMatch(/every index/);
});

test("neighbours are the nearest of all, nearest first", async () => {
  const trainSize = 3_000;
  const pixels = Float32Array.from(trainingImage(17), (byte, i) => byte / 255 + (i % 7) * 0.01);
  const found = await survey.ask("neighbours", { data: "mnist", trainSize, pixels, count: 8 });
  const twin: { index: number; distance: number }[] = [];
  for (let index = 0; index < trainSize; index++) {
    const differences = Array.from(trainingImage(index), (byte, i) => byte / 255 - pixels[i]!);
    twin.push({ index, distance: Math.hypot(...differences) });
  }
  const nearest = twin.toSorted((a, b) => a.distance - b.distance).slice(0, 8);
  expect(found.map(({ index }) => index)).toEqual(nearest.map(({ index }) => index));
  expect(found[0]!.index).toBe(17);
  // float64 on both sides; pixels come as float32
  expectClose(
    found.map(({ distance }) => distance),
    nearest.map(({ distance }) => distance),
    1e-12,
  );
  for (const { index, label, pixels: bytes } of found) {
    expect(label).toBe(mnist.trainingLabels[index]);
    expect(bytes).toEqual(trainingImage(index).slice());
  }
});

test("an image that was trained on lies at distance 0 from itself", async () => {
  const pixels = Float32Array.from(trainingImage(8_123), (byte) => byte / 255);
  const [nearest] = await survey.ask("neighbours", { data: "mnist", trainSize: 9_000, pixels, count: 1 });
  expect(nearest!.index).toBe(8_123);
  expect(nearest!.distance).toBeLessThan(1e-5); // byte / 255 as a float32 times 255 is the byte to 7 digits
});

test("a picture of another size, or with a hole in it, is refused", async () => {
  const ask = { data: "mnist", trainSize: 100, count: 3 } as const;
  expect(await refusalOf(survey.ask("neighbours", { ...ask, pixels: new Float32Array(10) }))).toMatch(/10 pixels/);
  const holed = new Float32Array(784).fill(NaN, 5, 6);
  expect(await refusalOf(survey.ask("neighbours", { ...ask, pixels: holed }))).toMatch(/holds NaN at 5/);
  expect(await refusalOf(survey.ask("neighbours", { ...ask, trainSize: 9_001, pixels: new Float32Array(784) }))).toMatch(/it has 9000/);
});

test.each([
  ["cross-entropy", {}],
  ["squared error of a conditional autoencoder", { model: "ae", conditional: true, reconstruction: "mse" }],
  ["a Gaussian likelihood", { reconstruction: "gaussian", sigma: 0.3 }],
  ["pixels drawn black and white, and spoilt", { reconstruction: "bernoulli", corruption: "salt" }],
] as const)("losses: %s, as the twin has it", async (_, change) => {
  const { config, weights, model } = smallModel(change);
  const images = 40;
  const { losses } = await survey.ask(
    "losses",
    { pixels: mnist.heldOut.slice(0, images * 784), labels: mnist.heldOutLabels.slice(0, images) },
    { model },
  );
  const network = describeNetwork(config, DATASETS.mnist.image);
  const twin = Array.from({ length: images }, (__, i) => {
    const { seen, target } = seenImage(config, mnist.heldOut.subarray(i * 784, (i + 1) * 784), i);
    const given = { input: [...seen], target: [...target], label: mnist.heldOutLabels[i]! };
    return imageTwin(network, config, twinWeights(weights), given, null).loss;
  });
  expectClose(losses, twin, 1e-5); // sums of 784 terms from float32 logits
});

test("losses of another number of images than labels are refused", async () => {
  const { model } = smallModel();
  expect(await refusalOf(survey.ask("losses", { pixels: new Uint8Array(784), labels: new Uint8Array(2) }, { model }))).toMatch(/2 images/);
});
