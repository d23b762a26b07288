/** The shipped classifiers beside the shipped data, and what is no classifier. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { fillUniform } from "../lib/random";
import { formatSafetensors, parseSafetensors, SafetensorsError } from "../lib/safetensors";
import { DATASETS, isPointCloud, DATASET_IDS, pixelCount, type DatasetId } from "../protocol/datasets";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { CLASSIFIED, parseClassifier } from "./classifier";
import { encode } from "./forward";
import { initialWeights } from "./initial-weights";
import { describeNetwork } from "./network";

const PUBLIC = join(import.meta.dirname, "../../public");

const shipped = (data: DatasetId) => readFileSync(join(PUBLIC, "classifiers", `${data}.safetensors`));

/** Held-out images and their labels, file after file: images, then labels. */
function heldOut(data: DatasetId): { readonly pixels: Float32Array<ArrayBuffer>; readonly labels: Uint8Array }[] {
  const folder = join(PUBLIC, "data", data);
  const { heldOut: files } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
    heldOut: { file: string; images: number }[];
  };
  return files.map(({ file, images }) => {
    const inside = gunzipSync(readFileSync(join(folder, file)));
    const end = images * pixelCount(DATASETS[data].image);
    return { pixels: Float32Array.from(inside.subarray(0, end), (byte) => byte / 255), labels: inside.subarray(end) };
  });
}

test("one ships for each set of images whose classes can be seen in a picture: an emoji is an object or an activity by what it is for", () => {
  expect(CLASSIFIED).toEqual(DATASET_IDS.filter((id) => !isPointCloud(id) && id !== "emoji"));
});

describe.each(CLASSIFIED)("%s", (data) => {
  test("its accuracy is what it says of itself, on all held-out images", { timeout: 60_000 }, () => {
    const { accuracy, heldOut: images, classify } = parseClassifier(shipped(data), data);
    let right = 0;
    for (const { pixels, labels } of heldOut(data)) {
      const classes = classify(pixels, labels.length);
      right += labels.filter((label, i) => label === classes[i]).length;
    }
    expect(images).toBe(DATASETS[data].heldOut);
    // Two images may lie so near a border that float32 sums in another order tell them apart otherwise.
    expect(Math.abs(right - accuracy * images)).toBeLessThanOrEqual(2);
  });

  test("is small, and better than what it costs to be taken at its word", () => {
    expect(statSync(join(PUBLIC, "classifiers", `${data}.safetensors`)).size).toBeLessThanOrEqual(250_000);
    expect(parseClassifier(shipped(data), data).accuracy).toBeGreaterThan(LEAST_ACCURACY[data]!);
  });
});

/** Of digits a classifier must be nearly always right, or nine classes of ten mean little; sprites of a few pixels are hard to tell. */
const LEAST_ACCURACY: Readonly<Partial<Record<DatasetId, number>>> = { mnist: 0.96, fashion: 0.87, shapes: 0.85 };

const digits = parseSafetensors(shipped("mnist"));

/** The digits' file with other metadata or tensors. */
function changed(
  metadata: Record<string, string>,
  tensors: Partial<Record<string, { shape: number[]; values: Float32Array<ArrayBuffer> }>> = {},
) {
  const entries = [...digits.tensors].map(([name, tensor]) => [name, tensors[name] ?? tensor] as const);
  return formatSafetensors(new Map(entries), { ...digits.metadata, ...metadata });
}

test("a file for other data, without a true accuracy, or without the layers it names is refused in words", () => {
  expect(parseClassifier(changed({}), "mnist").accuracy).toBe(parseClassifier(shipped("mnist"), "mnist").accuracy);
  expect(() => parseClassifier(shipped("mnist"), "fashion")).toThrow(/is for mnist, fashion is wanted/);
  for (const accuracy of ["", "NaN", "1.5", "0", "high"])
    expect(() => parseClassifier(changed({ accuracy }), "mnist")).toThrow(/an accuracy of/);
  for (const count of ["", "-1", "0.5"]) expect(() => parseClassifier(changed({ heldOut: count }), "mnist")).toThrow(/measured on/);
  for (const layers of ["", "{", "7", '[{"units":-1,"activation":"relu"}]', '[{"units":3,"activation":"swish"}]']) {
    expect(() => parseClassifier(changed({ layers }), "mnist")).toThrow(/layers of no network/);
  }
  expect(() => parseClassifier(changed({ layers: '[{"units":7,"activation":"relu"}]' }), "mnist")).toThrow(
    /encoder\.0\.weight is \[128, 784\], the network wants \[7, 784\]/,
  );
  const values = new Float32Array(10).fill(NaN);
  expect(() => parseClassifier(changed({}, { "mean.bias": { shape: [10], values } }), "mnist")).toThrow(/mean\.bias holds a number/);
  expect(() => parseClassifier(shipped("mnist").subarray(0, 1_000), "mnist")).toThrow(SafetensorsError);
});

test("kernels come out of PyTorch's order too", () => {
  const layers: RunConfig["encoder"] = [{ filters: 3, kernel: 4, stride: 2, activation: "tanh" }];
  const { image, classes } = DATASETS.mnist;
  const network = describeNetwork({ ...DEFAULT_CONFIG, model: "ae", encoder: layers, decoder: [], latentDim: classes }, image);
  const table = initialWeights(network, "pytorch", 3);
  const kernel = new Float32Array(3 * 4 * 4); // [out, 1, row, column], here [row, column, 1, out]
  for (let out = 0; out < 3; out++) for (let tap = 0; tap < 16; tap++) kernel[out * 16 + tap] = table["encoder.0.weight"]![tap * 3 + out]!;
  const inputs = network.encoder[0]!.units;
  const logits = new Float32Array(classes * inputs);
  for (let out = 0; out < classes; out++) {
    for (let input = 0; input < inputs; input++) logits[out * inputs + input] = table["mean.weight"]![input * classes + out]!;
  }
  const tensors = new Map([
    ["encoder.0.weight", { shape: [3, 1, 4, 4], values: kernel }],
    ["encoder.0.bias", { shape: [3], values: table["encoder.0.bias"]! }],
    ["mean.weight", { shape: [classes, inputs], values: logits }],
    ["mean.bias", { shape: [classes], values: table["mean.bias"]! }],
  ]);
  const metadata = { data: "mnist", layers: JSON.stringify(layers), accuracy: "0.1", heldOut: "1" };
  const x = new Float32Array(20 * 784);
  fillUniform({ seed: 1, stream: 99 }, 0, x);
  const { mean } = encode(network, table, x, 20);
  const expected = Array.from({ length: 20 }, (_, row) => {
    const own = [...mean.subarray(row * classes, (row + 1) * classes)];
    return own.indexOf(Math.max(...own));
  });
  expect([...parseClassifier(formatSafetensors(tensors, metadata), "mnist").classify(x, 20)]).toEqual(expected);
  expect(new Set(expected).size).toBeGreaterThan(1);
});

test("pixels that are not so many images are refused", () => {
  expect(() => parseClassifier(shipped("mnist"), "mnist").classify(new Float32Array(5), 1)).toThrow(/1 images of 784 are 784/);
});
