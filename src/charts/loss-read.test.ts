import { expect, test } from "vitest";
import { appendRows, emptySeries } from "../lib/capped-series";
import type { LossChartData } from "./loss-data";
import { readAt, stepBeside, tableReadings } from "./loss-read";

function dataOf(values: readonly number[], heldOutSteps: readonly number[], cap = 1000): LossChartData {
  const rows = appendRows(emptySeries(["loss"], cap), { step: values.map((_, i) => i + 1), loss: values });
  const heldOut = heldOutSteps.map((step) => 1000 + step);
  const curves = [{ id: "loss", name: "loss", color: "ink" as const, training: rows.columns.loss, heldOut }];
  return {
    rows,
    heldOutSteps,
    panels: [{ id: "top", share: 1, minSpan: 1, least: null, floorName: null, curves }],
    rates: [{ step: 0, learningRate: 0.001, beta: 1 }],
    stopStep: null,
    stepsPerEpoch: 4,
    totalSteps: null,
  };
}

test("a reading says its step, its completed epochs and the last evaluation before it", () => {
  const data = dataOf([9, 8, 7, 6, 5, 4], [0, 4]);
  expect(readAt(data, 3)).toEqual({
    fromStep: 3,
    toStep: 3,
    epoch: 0,
    heldOutStep: 0,
    values: [{ id: "loss", name: "loss", color: "ink", training: 7, heldOut: 1000 }],
  });
  expect(readAt(data, 4)).toMatchObject({ toStep: 4, epoch: 1, heldOutStep: 4 });
  expect(readAt(data, 99)).toMatchObject({ toStep: 6 });
});

test("a merged row says which steps it is the mean of", () => {
  const data = dataOf([1, 2, 3, 4, 5, 6, 7, 8], [], 4);
  const reading = readAt(data, 1)!;
  expect(reading.fromStep).toBe(1);
  expect(reading.toStep).toBeGreaterThan(1);
  const steps = Array.from({ length: reading.toStep }, (_, i) => i + 1);
  expect(reading.values[0]!.training).toBeCloseTo(steps.reduce((a, b) => a + b) / steps.length, 6);
  expect(reading.values[0]!.heldOut).toBeNull();
});

test("before the first row there is nothing to read", () => {
  expect(readAt(dataOf([], []), 5)).toBeNull();
  expect(tableReadings(dataOf([], [0]))).toEqual([]);
});

const pixelsAStep = (pixels: number) => (step: number) => step * pixels;

test("a key moves by at least one row, and by about as many pixels as asked", () => {
  const data = dataOf(Array(100).fill(1), []);
  const toX = pixelsAStep(0.25);
  expect(stepBeside(data, toX, 50, 1)).toBe(54);
  expect(stepBeside(data, toX, 50, -1)).toBe(46);
  expect(stepBeside(data, pixelsAStep(40), 50, 1)).toBe(51);
  expect(stepBeside(data, toX, 99, 30)).toBe(100);
  expect(stepBeside(data, toX, 100, 1)).toBe(100);
  expect(stepBeside(data, toX, 1, -1)).toBe(1);
});

test("the table has a row per evaluation and one for now; its training values are means since the row above", () => {
  const table = tableReadings(dataOf([1, 2, 3, 4, 5, 6, 7, 8, 9], [0, 4, 8]));
  expect(table.map(({ fromStep, toStep, heldOutStep }) => [fromStep, toStep, heldOutStep])).toEqual([
    [1, 4, 4],
    [5, 8, 8],
    [9, 9, 8],
  ]);
  expect(table.map(({ values }) => values[0]!.training)).toEqual([2.5, 6.5, 9]);
});

test("a long table is thinned and still ends at the last step", () => {
  const evaluations = Array.from({ length: 500 }, (_, i) => i * 2);
  const table = tableReadings(dataOf(Array(1000).fill(1), evaluations));
  expect(table.length).toBeLessThanOrEqual(40);
  expect(table.at(-1)!.toStep).toBe(1000);
  table.slice(1).forEach((reading, i) => expect(reading.fromStep).toBe(table[i]!.toStep + 1));
});

test("rows of unequal length weigh as many steps as they stand for", () => {
  const data = dataOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [], 4);
  expect(new Set(data.rows.count).size).toBeGreaterThan(1);
  expect(tableReadings(data)[0]!.values[0]!.training).toBeCloseTo(6, 6); // float32 means of merged rows
});
