/** Judges the files in `public/data` as a page would get them, against the table the page plans by. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CHUNK_IMAGES, DATASET_IDS, DATASETS, pixelCount, type DatasetId } from "../protocol/datasets";
import { createDatasetLoader } from "./dataset-loader";
import { parseManifest, type Manifest } from "./manifest";
import { pixelEntropyFloor } from "./pixel-entropy";
import { drawSprite } from "./shape-sprite";
import { unpackFile } from "./unpack";

const ROOT = join(import.meta.dirname, "../../public/data");

/** Serves `public/`, as a static host would. */
function fetchFromDisk(url: string): Promise<Response> {
  const path = join(ROOT, url.slice("http://host/data/".length));
  return Promise.resolve(existsSync(path) ? new Response(new Uint8Array(readFileSync(path))) : new Response(null, { status: 404 }));
}

function manifestOf(id: DatasetId): Manifest {
  return parseManifest(id, readFileSync(join(ROOT, id, "manifest.json"), "utf8"))!;
}

function histogram(labels: Uint8Array, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of labels) counts[label]! += 1;
  return counts;
}

function emptyImages(images: Uint8Array, pixels: number): number[] {
  const indices = Array.from({ length: images.length / pixels }, (_, i) => i);
  return indices.filter((i) => images.subarray(i * pixels, (i + 1) * pixels).every((byte) => byte === 0));
}

describe.each(DATASET_IDS)("%s", (id) => {
  const facts = DATASETS[id];
  const manifest = manifestOf(id);

  test("the manifest and the page's table agree", () => {
    expect(manifest.image).toEqual(facts.image);
    expect(manifest.trainImages).toBe(facts.trainMax);
    expect(manifest.heldOutImages).toBe(facts.heldOut);
    expect(manifest.classNames.en).toHaveLength(facts.classes);
    expect(manifest.classNames.zh).toHaveLength(facts.classes);
    for (const files of [manifest.train, manifest.heldOut]) {
      for (const { images } of files.slice(0, -1)) expect(images).toBe(CHUNK_IMAGES);
    }
  });

  test("every file is what its checksums say; none is there that the manifest does not name", async () => {
    const named = [...manifest.train, ...manifest.heldOut, ...(manifest.factors === null ? [] : [manifest.factors])];
    const bad: string[] = [];
    for (const entry of named) {
      const shipped = new Uint8Array(readFileSync(join(ROOT, id, entry.file)));
      const inside = await unpackFile(shipped, entry, crypto.subtle);
      const isWhole = inside !== null && (await unpackFile(inside, entry, crypto.subtle)) && (await unpackFile(inside, entry, undefined));
      if (!isWhole) bad.push(entry.file);
    }
    expect(bad).toEqual([]);
    const others = ["manifest.json", manifest.thumbnails.file, ...(manifest.licence.text === null ? [] : [manifest.licence.text])];
    expect(readdirSync(join(ROOT, id)).toSorted()).toEqual([...named.map(({ file }) => file), ...others].toSorted());
    expect(statSync(join(ROOT, id, manifest.thumbnails.file)).size).toBeGreaterThan(0);
  });

  test("the loader brings all of it: every image drawn, every class there, the floor as the manifest has it", async () => {
    const loader = createDatasetLoader({ baseUrl: "http://host/data/", fetch: fetchFromDisk });
    const data = await loader.load(id, { trainSize: facts.trainMax });
    await data.waitForAll();
    const pixels = pixelCount(facts.image);
    expect(emptyImages(data.training, pixels)).toEqual([]);
    expect(emptyImages(data.heldOut, pixels)).toEqual([]);
    for (const labels of [data.trainingLabels, data.heldOutLabels]) {
      const counts = histogram(labels, facts.classes);
      expect(counts.reduce((a, b) => a + b)).toBe(labels.length);
      // The rarest, fives among the digits, are 8.6 in a hundred; activities among the emoji 5.4. A shuffle that failed would leave a class out.
      for (const count of counts) expect(count / labels.length).toBeGreaterThan((id === "emoji" ? 0.3 : 0.7) / facts.classes);
    }
    const floor = await data.entropyFloor();
    // Float64 sums in another order.
    expect(floor.train).toBeCloseTo(pixelEntropyFloor(data.training, pixels), 9);
    expect(floor.heldOut).toBeCloseTo(pixelEntropyFloor(data.heldOut, pixels), 9);
  });
});

test("the digits' floor is the one REFERENCE gives: 45.7 nats on the 9,000", () => {
  const nats = manifestOf("mnist").train.reduce((sum, { pixelEntropy, images }) => sum + pixelEntropy * images, 0) / 9_000;
  expect(nats).toBeCloseTo(45.7, 1);
});

test("the fashion classes are Fashion-MNIST's: 6,000 training and 1,000 held-out images each", async () => {
  const loader = createDatasetLoader({ baseUrl: "http://host/data/", fetch: fetchFromDisk });
  const data = await loader.load("fashion", { trainSize: 60_000 });
  await data.waitForAll();
  expect(histogram(data.trainingLabels, 10)).toEqual(Array.from({ length: 10 }, () => 6_000));
  expect(histogram(data.heldOutLabels, 10)).toEqual(Array.from({ length: 10 }, () => 1_000));
  expect([...data.trainingLabels.subarray(0, 5)]).toEqual([9, 0, 0, 3, 0]); // the published order
});

test("the stored factors draw the shipped shapes again, byte for byte", async () => {
  const manifest = manifestOf("shapes");
  const loader = createDatasetLoader({ baseUrl: "http://host/data/", fetch: fetchFromDisk });
  const data = await loader.load("shapes", { trainSize: 8_000 });
  await data.waitForAll();
  const packed = new Uint8Array(readFileSync(join(ROOT, "shapes", manifest.factors!.file)));
  const inside = (await unpackFile(packed, manifest.factors!, crypto.subtle))!;
  const values = new DataView(inside.buffer, inside.byteOffset, inside.byteLength);
  expect(manifest.factors!.names).toEqual(["shape", "size", "angle", "x", "y"]);
  expect(inside).toHaveLength(10_000 * 5 * 4);
  const pixels = pixelCount(data.image);
  const drawn = new Uint8Array(pixels);
  const wrong: number[] = [];
  for (let i = 0; i < 10_000; i += 7) {
    const factor = (column: number) => values.getFloat32(4 * (5 * i + column), true);
    const factors = { shape: factor(0), size: factor(1), angle: factor(2), x: factor(3), y: factor(4) };
    drawSprite(factors, drawn);
    const [images, labels, at] = i < 8_000 ? [data.training, data.trainingLabels, i] : [data.heldOut, data.heldOutLabels, i - 8_000];
    const isSame = Buffer.compare(drawn, images.subarray(at * pixels, (at + 1) * pixels)) === 0 && labels[at] === factors.shape;
    const isInRange = manifest.factors!.ranges.every(([low, high], column) => factor(column) >= low && factor(column) <= high);
    if (!isSame || !isInRange) wrong.push(i);
  }
  expect(wrong).toEqual([]);
});
