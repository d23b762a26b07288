import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseManifest } from "../../src/datasets/manifest";
import { pixelEntropyFloor } from "../../src/datasets/pixel-entropy";
import { unpackFile } from "../../src/datasets/unpack";
import { readMnist } from "./mnist";
import { generateShapes } from "./shapes";
import type { SourceDataset } from "./source";
import { writeDataset } from "./write-dataset";

/** 2,500 training images of 2 × 3 pixels: one whole file and a rest. */
const dataset: SourceDataset = {
  id: "shapes",
  title: { en: "Tiny", zh: "小" },
  image: { height: 2, width: 3, channels: 1 },
  classNames: { en: ["a", "b", "c"], zh: ["甲", "乙", "丙"] },
  licence: { name: "MIT", url: null, text: "LICENSE.txt" },
  attribution: "",
  source: "",
  train: { pixels: Uint8Array.from({ length: 15_000 }, (_, i) => i % 256), labels: Uint8Array.from({ length: 2_500 }, (_, i) => i % 3) },
  heldOut: { pixels: Uint8Array.from({ length: 60 }, (_, i) => i), labels: Uint8Array.from([0, 0, 1, 1, 2, 2, 2, 1, 0, 0]) },
  factors: { names: ["size"], ranges: [[0, 1]], values: Float32Array.of(0.5, 1) },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "write-dataset-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)));

test("writes files of 2,000 images and a manifest that vouches for them", async () => {
  const manifest = writeDataset(dataset, folder);
  expect(parseManifest("shapes", readFileSync(join(folder, "manifest.json"), "utf8"))).toEqual(manifest);
  expect(manifest.train.map(({ file, images }) => [file, images])).toEqual([
    ["train-00.bin", 2_000],
    ["train-01.bin", 500],
  ]);
  const second = manifest.train[1]!;
  const inside = (await unpackFile(bytesOf(second.file), second, crypto.subtle))!;
  expect(inside.subarray(0, 3_000)).toEqual(dataset.train.pixels.subarray(12_000));
  expect(inside.subarray(3_000)).toEqual(dataset.train.labels.subarray(2_000));
  expect(second.pixelEntropy).toBe(pixelEntropyFloor(dataset.train.pixels.subarray(12_000), 6));
  const factors = (await unpackFile(bytesOf("factors.bin"), manifest.factors!, crypto.subtle))!;
  expect([...factors]).toEqual([0, 0, 0, 0x3f, 0, 0, 0x80, 0x3f]); // 0.5 and 1, little endian
});

test("shows one held-out image of each class in turn", () => {
  expect(writeDataset(dataset, folder).thumbnails).toEqual({ file: "thumbnails.png", labels: [0, 1, 2, 0, 1, 2, 0, 1] });
});

test("leaves the same bytes when run again, nothing of an older run, and the licence", () => {
  writeDataset(dataset, folder);
  const first = new Map(readdirSync(folder).map((file) => [file, bytesOf(file)]));
  writeFileSync(join(folder, "train-77.bin"), "old");
  writeFileSync(join(folder, "LICENSE.txt"), "text");
  writeDataset(dataset, folder);
  expect(new Map(readdirSync(folder).map((file) => [file, bytesOf(file)]))).toEqual(
    new Map([...first, ["LICENSE.txt", new TextEncoder().encode("text")]]),
  );
});

// A minute, because compressing seconds' worth of images must not fail on a busy machine.
test.each([readMnist, generateShapes])("%o writes what is committed", { timeout: 60_000 }, (read) => {
  const source = read();
  const committed = readFileSync(join(import.meta.dirname, "../../public/data", source.id, "manifest.json"), "utf8");
  writeDataset(source, folder);
  expect(readFileSync(join(folder, "manifest.json"), "utf8")).toBe(committed);
});
