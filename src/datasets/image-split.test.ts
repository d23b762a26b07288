import { expect, test } from "vitest";
import { tinyDataset, tinyImages } from "../testing/packed-dataset";
import { ImageSplit } from "./image-split";
import { pixelEntropyFloor } from "./pixel-entropy";

const PIXELS = 6;
const { manifest } = tinyDataset();

function place(split: ImageSplit, file: number): void {
  const { pixels, labels } = tinyImages([0, 4, 8][file]!, [4, 4, 2][file]!);
  split.place(file, Uint8Array.from([...pixels, ...labels]));
}

test("is filled file by file in any order, and counts from the front without a gap", () => {
  const split = new ImageSplit(manifest.train, PIXELS);
  split.reserve(10);
  place(split, 2);
  expect(split.available).toBe(0);
  place(split, 0);
  expect(split.available).toBe(4);
  place(split, 1);
  expect(split.available).toBe(10);
  expect(split.pixels).toEqual(tinyImages(0, 10).pixels);
  expect(split.labels).toEqual(tinyImages(0, 10).labels);
});

test("makes room for whole files, and keeps what is here when more is wanted", () => {
  const split = new ImageSplit(manifest.train, PIXELS);
  split.reserve(1);
  expect(split.labels).toHaveLength(4);
  place(split, 0);
  split.reserve(9);
  expect(split.labels).toHaveLength(10);
  expect(split.pixels.slice(0, 4 * PIXELS)).toEqual(tinyImages(0, 4).pixels);
  expect(split.has(0)).toBe(true);
  const { pixels } = split;
  split.reserve(3);
  expect(split.pixels).toBe(pixels);
});

test("knows the entropy floor of whole files beforehand, of part of a file once it is here", () => {
  const split = new ImageSplit(manifest.train, PIXELS);
  split.reserve(10);
  // Float64 sums in another order: equal to the last few digits.
  expect(split.entropyFloor(8)).toBeCloseTo(pixelEntropyFloor(tinyImages(0, 8).pixels, PIXELS), 12);
  expect(split.entropyFloor(7)).toBeNull();
  place(split, 1);
  expect(split.entropyFloor(7)).toBeCloseTo(pixelEntropyFloor(tinyImages(0, 7).pixels, PIXELS), 12);
});
