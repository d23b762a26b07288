import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CHUNK_IMAGES } from "../protocol/datasets";
import { stepsPerEpoch } from "../protocol/run-config";
import { batchIndices, imagesNeeded } from "./batch-order";

interface Order {
  readonly trainSize: number;
  readonly batchSize: number;
  readonly seed: number;
}

/** The images of the steps `from` … `to` − 1, in order. */
function drawn(order: Order, from: number, to: number): number[] {
  const out = new Uint32Array(order.batchSize);
  return Array.from({ length: to - from }, (_, i) => {
    batchIndices(order, from + i, out);
    return [...out];
  }).flat();
}

const epoch = (order: Order, number: number) => drawn(order, number * stepsPerEpoch(order), (number + 1) * stepsPerEpoch(order));

const orders = fc
  .record({ trainSize: fc.integer({ min: 1, max: 5_000 }), batchSize: fc.integer({ min: 1, max: 300 }), seed: fc.nat() })
  .filter(({ trainSize, batchSize }) => batchSize <= trainSize);

test("in every epoch each image comes at most once, and only the last partial batch is left out", () => {
  fc.assert(
    fc.property(orders, fc.nat({ max: 3 }), (order, number) => {
      const images = epoch(order, number);
      expect(new Set(images).size).toBe(images.length);
      expect(order.trainSize - images.length).toBeLessThan(order.batchSize);
      expect(Math.max(...images)).toBeLessThan(order.trainSize);
    }),
    { seed: 1, numRuns: 25 },
  );
});

test("when the batch divides the data, every image comes exactly once", () => {
  for (const number of [0, 1, 7]) {
    expect(epoch({ trainSize: 4_500, batchSize: 100, seed: 3 }, number).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 4_500 }, (_, i) => i),
    );
  }
});

test("the first epoch goes through the files one after the other, shuffled within each", () => {
  const images = epoch({ trainSize: 9_000, batchSize: 50, seed: 1 }, 0);
  expect(images.map((image) => Math.floor(image / CHUNK_IMAGES))).toEqual(images.map((_, position) => Math.floor(position / CHUNK_IMAGES)));
  const first = images.slice(0, CHUNK_IMAGES);
  expect(first).not.toEqual(first.toSorted((a, b) => a - b));
  const second = images.slice(CHUNK_IMAGES, 2 * CHUNK_IMAGES).map((image) => image - CHUNK_IMAGES);
  expect(second).not.toEqual(first);
});

test("later epochs shuffle all, each in its own way", () => {
  const order = { trainSize: 9_000, batchSize: 100, seed: 1 };
  const [one, two] = [epoch(order, 1), epoch(order, 2)];
  expect(one).not.toEqual(two);
  const fromLastFile = one.slice(0, CHUNK_IMAGES).filter((image) => image >= 4 * CHUNK_IMAGES).length;
  // A hypergeometric draw of 2,000 from 9,000 with 1,000 hits: mean 222, standard deviation 12; four of them either way.
  expect(Math.abs(fromLastFile - 222)).toBeLessThan(50);
});

test("a step does not depend on those before it", () => {
  const order = { trainSize: 1_000, batchSize: 32, seed: 9 };
  expect(drawn(order, 40, 41)).toEqual(drawn(order, 0, 41).slice(-32));
});

test("another seed is another order", () => {
  expect(drawn({ trainSize: 1_000, batchSize: 32, seed: 1 }, 0, 1)).not.toEqual(drawn({ trainSize: 1_000, batchSize: 32, seed: 2 }, 0, 1));
});

test("no step draws an image that need not be there yet, so that the order never waits for the network", () => {
  fc.assert(
    fc.property(orders, fc.nat({ max: 100 }), (order, step) => {
      expect(Math.max(...drawn(order, step, step + 1))).toBeLessThan(imagesNeeded(order, step));
    }),
    { seed: 2, numRuns: 300 },
  );
});

test("training can start when the first file is there", () => {
  const order = { trainSize: 9_000, batchSize: 128, seed: 1 };
  expect(imagesNeeded(order, 0)).toBe(CHUNK_IMAGES);
  expect(imagesNeeded(order, 14)).toBe(CHUNK_IMAGES); // 15 · 128 = 1,920
  expect(imagesNeeded(order, 15)).toBe(2 * CHUNK_IMAGES); // 2,048 reaches into the second file
  expect(imagesNeeded(order, 69)).toBe(9_000);
  expect(imagesNeeded(order, 70)).toBe(9_000);
  expect(imagesNeeded({ ...order, trainSize: 500 }, 0)).toBe(500);
});
