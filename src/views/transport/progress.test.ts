import { expect, test } from "vitest";
import { progressOf, type ProgressSource } from "./progress";

const run: ProgressSource = { preparing: null, step: 105, stepsPerEpoch: 70, epochs: null, pace: null };

test("while preparing, what has arrived of what is needed", () => {
  const preparing = { stage: "data", done: 1_500_000, total: 6_000_000 } as const;
  expect(progressOf({ ...run, preparing })).toEqual({ kind: "preparing", ...preparing, part: 0.25 });
  expect(progressOf({ ...run, preparing: { stage: "data", done: 0, total: 0 } })).toMatchObject({ part: 0 });
});

test("towards the wished number of epochs, and no further", () => {
  expect(progressOf({ ...run, epochs: 3 })).toEqual({ kind: "training", epoch: 3, part: 0.5 });
  expect(progressOf({ ...run, epochs: 1 })).toMatchObject({ part: 1 });
});

test("without a wish, within the epoch", () => {
  expect(progressOf(run)).toEqual({ kind: "training", epoch: 2, part: 0.5 });
  expect(progressOf({ ...run, step: 0 })).toEqual({ kind: "training", epoch: 1, part: 0 });
  expect(progressOf({ ...run, step: 140, pace: { stepsPerSecond: 20 } })).toEqual({ kind: "training", epoch: 3, part: 0 });
});

test("epochs that pass too fast to be watched are taken by tens", () => {
  expect(progressOf({ ...run, pace: { stepsPerSecond: 100 } })).toEqual({ kind: "training", epoch: 10, part: 105 / 700 });
  expect(progressOf({ ...run, step: 7_000, pace: { stepsPerSecond: 2_000 } })).toEqual({ kind: "training", epoch: 200, part: 0 });
});
