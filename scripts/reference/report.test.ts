import { expect, test } from "vitest";
import { isWithin, referenceSpread } from "./pytorch-results";
import { outside, reportTable, type RunResult } from "./report";

test("allows the spread of the three seeds, 3 % wider each way", () => {
  const spread = referenceSpread(2, 1);
  expect([spread.least, spread.most]).toEqual([196.38, 201.32]);
  expect(spread.low).toBeCloseTo(0.97 * 196.38, 9);
  expect(spread.high).toBeCloseTo(1.03 * 201.32, 9);
  expect(isWithin(spread, 200)).toBe(true);
  expect(isWithin(spread, 208)).toBe(false);
  expect(isWithin(spread, 190)).toBe(false);
  expect(isWithin(spread, Number.NaN)).toBe(false);
  expect(referenceSpread(20, 10).least).toBe(120.6);
});

test("prints every figure beside PyTorch's, and marks what is outside", () => {
  const runs: RunResult[] = [{ engine: "compiled", latentDim: 20, seed: 1, heldOut: new Map([[1, 199.5], [10, 140] as const]) }];
  expect(outside(runs)).toEqual([{ run: runs[0], epoch: 10, nats: 140 }]);
  expect(reportTable(runs, [1, 10])).toBe(
    [
      "| network | engine | run | epoch 1 | epoch 10 |",
      "| --- | --- | --- | ---: | ---: |",
      "| 784-400-20 | compiled | seed 1 | 199.50 | **140.00 ✗** |",
      "|  | PyTorch | three seeds | 195.73 – 204.44 | 120.60 – 122.37 |",
      "|  |  | allowed (±3 %) | 189.86 – 210.57 | 116.98 – 126.04 |",
    ].join("\n"),
  );
});
