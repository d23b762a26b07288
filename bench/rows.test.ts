import { expect, test } from "vitest";
import { stepRow, type Combination } from "./rows";
import type { Round } from "./station";

const COMBINATION: Combination = { engine: "compiled", backend: "webgpu", model: "dense", batch: 128, width: null };
const OPENED = { adapter: "", dispatches: 14, firstObjective: 550, stepsPerRound: 9 };

const rowOf = (gpuMs: readonly (number | null)[]) =>
  stepRow(
    COMBINATION,
    OPENED,
    gpuMs.map((gpuMsPerStep): Round => ({ msPerStep: 50, issueMsPerStep: 0.1, gpuMsPerStep, objective: 200 })),
  );

test("holds what the README says a row holds", () => {
  expect(rowOf([40])).toMatchObject({ ...COMBINATION, msPerStep: 50, issueMsPerStep: 0.1, dispatches: 14, stepsPerSecond: 20 });
});

test("the GPU's time is the median of the rounds that tell it", () => {
  expect(rowOf([40, null, 90, 41])).toMatchObject({ gpuMsPerStep: 41 });
  expect(rowOf([null, null])).toMatchObject({ gpuMsPerStep: null });
});
