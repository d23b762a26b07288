import { expect, test } from "vitest";
import { barTable, failureList, figure, growthTable, stepTables, torchTable } from "./tables";
import { timedRow } from "./fixtures";
import type { StepRow } from "./rows";

const { engine: _, ...place } = timedRow({});
const failed = (engine: string, error: string): StepRow => ({ engine, backend: "webgpu", model: "dense", batch: 128, width: null, error });

test("three digits that count", () => {
  expect([1234.5, 99.94, 9.994, 0.03456].map(figure)).toEqual(["1235", "99.9", "9.99", "0.035"]);
});

test("engines side by side, with the compiled one's ratio to each", () => {
  const rows = [timedRow({}), { ...place, engine: "plain-tfjs", msPerStep: 1000, issueMsPerStep: 14, dispatches: 224 }];
  expect(stepTables(rows).split("\n")).toEqual([
    "**webgpu (google swiftshader)**, wall ms per step:",
    "",
    "| network | batch | compiled | plain-tfjs | : plain-tfjs |",
    "| --- | ---: | ---: | ---: | ---: |",
    "| dense | 128 | 100 | 1000 | 0.10 |",
    "",
    "webgpu (google swiftshader), CPU ms to issue a step:",
    "",
    "| network | batch | compiled | plain-tfjs | : plain-tfjs |",
    "| --- | ---: | ---: | ---: | ---: |",
    "| dense | 128 | 0.10 | 14.0 | 0.0071 |",
    "",
    "Dispatches of a step:",
    "",
    "| network | compiled | plain-tfjs |",
    "| --- | ---: | ---: |",
    "| dense | 13 | 224 |",
  ]);
});

test("what could not be measured says so in the table and below it", () => {
  const rows = [timedRow({}), failed("jax-js", "timed out after 150 s"), failed("plain-tfjs", "no kernel")];
  expect(stepTables(rows)).toContain("| dense | 128 | 100 | timed out | failed | – | – |");
  expect(failureList(rows)).toBe("- jax-js, webgpu, dense 128: timed out after 150 s\n- plain-tfjs, webgpu, dense 128: no kernel");
  expect(failureList([timedRow({})])).toBe("");
});

test("dispatches are those of a size at which they were counted", () => {
  const rows = [timedRow({ dispatches: null }), timedRow({ batch: 32, dispatches: 13 })];
  expect(stepTables(rows)).toContain("| dense | 13 |");
});

test("growth names the width, bars the ratio as a fraction", () => {
  expect(growthTable([timedRow({ width: 1600 }), timedRow({ width: 1600, engine: "jax-js", msPerStep: 200 })])).toContain(
    "| 784-1600-20 | 128 | 100 | 200 |",
  );
  const bar = { what: "wall", model: "dense", against: "jax-js", figure: "msPerStep" } as const;
  expect(barTable([{ ...bar, atMost: 0.8, ratio: 0.9, isMet: false }])).toContain("| wall, against jax-js | 0.90 | ≤ 0.80 | **missed** |");
  expect(barTable([{ ...bar, atMost: 1 / 50, ratio: 1 / 200, isMet: true }])).toContain("| 1/200 | ≤ 1/50.0 | met |");
});

test("PyTorch beside ours, with ours as multiples of eager", () => {
  const rows = [timedRow({ stepsPerSecond: 900 }), timedRow({ engine: "torch", backend: "cuda", stepsPerSecond: 300 })];
  expect(torchTable(rows)).toContain("| dense | 128 | 900 | 300 | 3.00 |");
});
