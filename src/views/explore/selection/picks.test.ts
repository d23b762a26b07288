import { expect, test } from "vitest";
import type { ShownPoints } from "../../latent/use-cloud";
import {
  asSelection,
  classMix,
  MeanImage,
  meanCode,
  mergeMatches,
  nearestImages,
  nearestPoints,
  pointsOfClass,
  pointsWithin,
} from "./picks";
import { selectedPoints } from "./selected-points";

/** Three held-out points on a line, then two training images. */
const POINTS: ShownPoints = {
  latentDim: 2,
  exampleCount: 3,
  count: 5,
  examples: { codes: Float32Array.of(0, 0, 1, 0, 2, 0), logVar: Float32Array.of(0, 0, 0, 0, 1, 2), labels: Uint8Array.of(0, 1, 1) },
  many: { codes: Float32Array.of(0.25, 0, 5, 5), logVar: null, labels: Uint8Array.of(1, 2) },
};

test("all of a class, the training images too", () => {
  expect(pointsOfClass(POINTS, 1)).toEqual([1, 2, 3]);
  expect(pointsOfClass(POINTS, 9)).toEqual([]);
});

test("the nearest of all points that are shown, nearest first", () => {
  expect(nearestPoints(POINTS, [], [0, 0], 3)).toEqual([0, 3, 1]);
  expect(nearestPoints(POINTS, [1], [0, 0], 3)).toEqual([0, 4]);
  expect(asSelection([4, 0, 3])).toEqual([0, 3, 4]);
});

test("those within a radius, the edge with them", () => {
  expect(pointsWithin(POINTS, [], [0, 0], 1)).toEqual([0, 1, 3]);
  expect(pointsWithin(POINTS, [0], [0, 0], 0.25)).toEqual([3]);
});

test("images alike in pixels are found by their distance over pixels in 0 … 1", () => {
  const images = Uint8Array.of(0, 0, 255, 0, 0, 51); // of two pixels each
  expect(nearestImages(POINTS, [], images, Uint8Array.of(0, 0), 2)).toEqual([
    { index: 0, distance: 0 },
    { index: 2, distance: 0.2 },
  ]);
  expect(nearestImages(POINTS, [0], images, Uint8Array.of(0, 0), 1)).toEqual([{ index: 2, distance: 0.2 }]);
});

test("two searches together are the nearest of both, as a selection", () => {
  const held = [
    { index: 2, distance: 0 },
    { index: 0, distance: 3 },
  ];
  expect(mergeMatches(held, [{ index: 4, distance: 1 }], 2)).toEqual([2, 4]);
});

test("the class mix counts every point once, and knows when nobody knows classes", () => {
  expect(classMix(POINTS, [0, 1, 3, 4], 3)).toEqual([1, 2, 1]);
  const draws: ShownPoints = { ...POINTS, examples: { ...POINTS.examples, labels: null } };
  expect(classMix(draws, [0], 3)).toBeNull();
});

test("the mean code is the mean of the codes", () => {
  expect(meanCode(POINTS, [0, 2, 4])).toEqual([7 / 3, 5 / 3]);
});

test("the mean image is the mean of the pixels, whatever their scale", () => {
  const mean = new MeanImage(2);
  mean.add(Uint8Array.of(255, 0), 255);
  mean.add(Float32Array.of(0, 0.5), 1);
  expect([...mean.mean]).toEqual([0.5, 0.25]);
});

test("rows of the table name a point within its split, with what is known of it", () => {
  const losses = Float32Array.of(10, 20, 30);
  const rows = selectedPoints(POINTS, [2, 3], { isGan: false, names: ["a", "b"], losses });
  expect(rows).toEqual([
    { index: 2, split: "held-out", label: 1, className: "b", code: Float32Array.of(2, 0), logVar: Float32Array.of(1, 2), loss: 30 },
    { index: 0, split: "train", label: 1, className: "b", code: Float32Array.of(0.25, 0), logVar: null, loss: null },
  ]);
  expect(selectedPoints(POINTS, [0], { isGan: true, names: [], losses: null })[0]).toMatchObject({ split: "draw", className: null });
});
