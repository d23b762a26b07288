import { expect, test } from "vitest";
import { fillNormal } from "../lib/random";
import { addDifference, classMeans, directionBetween, typicalExample } from "./class-means";

test("each class stands at the mean of its codes, found class by class in float64", () => {
  const [count, latentDim, classes] = [300, 3, 5];
  const codes = new Float32Array(count * latentDim);
  fillNormal({ seed: 4, stream: 0 }, 0, codes);
  const labels = Uint8Array.from({ length: count }, (_, i) => (i * 7) % 3);
  const means = classMeans(codes, latentDim, labels, classes);

  expect(means.map(({ label }) => label)).toEqual([0, 1, 2]); // 3 and 4 have no code
  for (const { label, images, mean } of means) {
    const rows = Array.from({ length: count }, (_, i) => i).filter((i) => labels[i] === label);
    expect(images).toBe(rows.length);
    mean.forEach((value, d) => {
      const column = rows.map((i) => codes[i * latentDim + d]!);
      // Both are float64 sums of a hundred numbers: only their order may differ.
      expect(value).toBeCloseTo(column.reduce((sum, each) => sum + each, 0) / rows.length, 12);
    });
  }
});

test("the sum is not lost in float32: a million codes of 0.1 have the mean 0.1", () => {
  const codes = new Float32Array(1_000_000).fill(0.1);
  const [place] = classMeans(codes, 1, new Uint8Array(1_000_000), 1);
  expect(place!.mean[0]).toBeCloseTo(Math.fround(0.1), 9); // a float32 sum is off by a percent here
});

test("codes that are not finite and labels beyond the classes count for nothing", () => {
  const means = classMeans(Float32Array.of(1, 2, Number.NaN, 0, 5, 6), 2, [0, 0, 9], 2);
  expect(means).toEqual([{ label: 0, images: 1, mean: [1, 2] }]);
});

test("a − b + c, and the direction from one place to another", () => {
  expect(addDifference([3, 1], [1, 1], [0, 5])).toEqual([2, 5]);
  expect(directionBetween([1, 1], [4, 5])).toEqual([0.6, 0.8]);
  expect(directionBetween([1, 1], [1, 1])).toBeNull();
});

test("a typical example is the nearest of its own class to the class's mean", () => {
  const codes = Float32Array.of(0, 0, 10, 0, 4, 0, 5, 0.5);
  const labels = [0, 0, 0, 1];
  const [zero] = classMeans(codes, 2, labels, 3);
  expect(zero!.mean[0]).toBeCloseTo(14 / 3, 12);
  expect(typicalExample(codes, labels, zero!)).toBe(2); // 5 lies nearer, of another class
  expect(typicalExample(codes, labels, { label: 2, images: 1, mean: [0, 0] })).toBeNull();
});
