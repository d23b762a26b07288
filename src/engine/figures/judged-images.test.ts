import { expect, test } from "vitest";
import { binarise } from "../../model/corruption";
import { DEFAULT_CONFIG } from "../../protocol/run-config";
import type { Images } from "../trainer";
import { firstOf, IMAGES_PER_CALL, seenBytes, stretchCount, stretchesOf } from "./judged-images";

const COUNT = 2 * IMAGES_PER_CALL + 3;
const images: Images = {
  pixels: Uint8Array.from({ length: 2 * COUNT }, (_, i) => i % 256),
  count: COUNT,
  labels: Uint8Array.from({ length: COUNT }, (_, i) => i % 10),
};

test("stretches are all images once, with their labels and places", () => {
  const stretches = [...stretchesOf(images)];
  expect(stretches.map(({ first, count }) => [first, count])).toEqual([
    [0, IMAGES_PER_CALL],
    [IMAGES_PER_CALL, IMAGES_PER_CALL],
    [2 * IMAGES_PER_CALL, 3],
  ]);
  expect(stretchCount(COUNT)).toBe(3);
  expect(stretches.flatMap(({ pixels }) => [...pixels])).toEqual([...images.pixels]);
  expect(stretches.flatMap(({ labels }) => [...labels!])).toEqual([...images.labels!]);
  expect(stretches.flatMap(({ places }) => Array.from(places!))).toEqual(Array.from({ length: COUNT }, (_, i) => i));
});

test("places that are told stay with their images", () => {
  const places = Array.from({ length: COUNT }, (_, i) => 5_000 + 2 * i);
  expect([...stretchesOf({ ...images, places })].at(-1)!.places).toEqual(places.slice(-3));
});

test("the first so many keep pixels and labels", () => {
  const few = firstOf(images, 7);
  expect([few.count, few.pixels.length, few.labels!.length]).toEqual([7, 14, 7]);
});

test("grey images are seen as they are, others as drawn for evaluation at their places", () => {
  const few = firstOf(images, 40);
  expect(seenBytes(DEFAULT_CONFIG, few)).toEqual(few.pixels);
  const config = { ...DEFAULT_CONFIG, reconstruction: "bernoulli" } as const;
  const drawn = Float32Array.from({ length: 2 * 140 }, (_, i) => few.pixels[i - 200]! / 255 || 0);
  binarise(config.seed, { purpose: "evaluation", block: 0, first: 0 }, drawn);
  const places = Array.from({ length: 40 }, (_, i) => 100 + i);
  expect([...seenBytes(config, { ...few, places })]).toEqual([...drawn.subarray(200)].map((white) => 255 * white));
  expect(seenBytes({ ...config, model: "gan" }, few)).toEqual(few.pixels);
});
