import { expect, test } from "vitest";
import { batchChoices, trainSizeChoices } from "./count-choices";

test("batches fit the images, and the one at hand is among them", () => {
  expect(batchChoices({ batchSize: 100, trainSize: 9_000 })).toEqual([16, 32, 64, 100, 128, 256, 512, 1024]);
  expect(batchChoices({ batchSize: 64, trainSize: 100 })).toEqual([16, 32, 64]);
});

test("a draft that is wrong for now still shows its number", () => {
  expect(batchChoices({ batchSize: 512, trainSize: 100 })).toEqual([16, 32, 64, 512]);
  expect(batchChoices({ batchSize: Number.NaN, trainSize: 100 })).toEqual([16, 32, 64]);
});

test("training images: round numbers no smaller than a batch, and all there are", () => {
  expect(trainSizeChoices("mnist", { trainSize: 9_000, batchSize: 128 })).toEqual([250, 500, 1_000, 2_500, 5_000, 9_000]);
  expect(trainSizeChoices("fashion", { trainSize: 10_000, batchSize: 128 }).slice(-2)).toEqual([10_000, 60_000]);
  expect(trainSizeChoices("mnist", { trainSize: 777, batchSize: 128 })).toContain(777);
});
