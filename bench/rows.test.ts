import { expect, test } from "vitest";
import { stepRow, type Combination } from "./rows";
import type { Round } from "./station";

const COMBINATION: Combination = { engine: "compiled", backend: "webgpu", model: "dense", batch: 128, width: null };
const OPENED = { adapter: "", dispatches: 14, firstObjective: 550, stepsPerRound: 9 };

const round = (msPerStep: number, gpuMsPerStep: number | null): Round => ({ msPerStep, issueMsPerStep: 0.1, gpuMsPerStep, objective: 200 });
const rowOf = (gpuMs: readonly (number | null)[]) =>
  stepRow(
    COMBINATION,
    OPENED,
    gpuMs.map((ms) => round(50, ms)),
  );

test("holds what the README says a row holds", () => {
  expect(rowOf([40])).toMatchObject({ ...COMBINATION, msPerStep: 50, issueMsPerStep: 0.1, dispatches: 14, stepsPerSecond: 20 });
});

test("the GPU's time is the median of the rounds that tell it and were as busy as the wall time's", () => {
  expect(rowOf([40, null, 90, 41, 42])).toMatchObject({ gpuMsPerStep: 41 });
  expect(rowOf([null, 51])).toMatchObject({ gpuMsPerStep: null });
});

test("is never above the wall time of a step", () => {
  const row = stepRow(COMBINATION, OPENED, [round(50, 60), round(50, 60), round(100, 90)]);
  expect(row).toMatchObject({ msPerStep: 50, gpuMsPerStep: null });
});
