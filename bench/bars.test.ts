import { expect, test } from "vitest";
import { BARS, judgeBars } from "./bars";
import { timedRow } from "./fixtures";

const rows = [
  timedRow({ engine: "compiled", msPerStep: 100, issueMsPerStep: 0.1 }),
  timedRow({ engine: "plain-tfjs", msPerStep: 1000, issueMsPerStep: 14 }),
  timedRow({ engine: "jax-js", msPerStep: 120, issueMsPerStep: 0.9 }),
];

test("a bar is met at its ratio or below it", () => {
  const judged = judgeBars(rows).map(({ against, figure, isMet }) => `${against} ${figure} ${isMet ? "met" : "missed"}`);
  expect(judged).toEqual([
    "plain-tfjs issueMsPerStep met",
    "jax-js issueMsPerStep missed",
    "plain-tfjs msPerStep met",
    "jax-js msPerStep missed",
  ]);
});

test("judges batch 128 on WebGPU, and nothing that was not measured", () => {
  expect(judgeBars(rows.map((row) => ({ ...row, batch: 32 })))).toEqual([]);
  expect(judgeBars(rows.map((row) => ({ ...row, backend: "wasm" })))).toEqual([]);
  expect(judgeBars(rows.map((row) => ({ ...row, width: 1600 })))).toEqual([]);
  const { engine, backend, model, batch, width } = rows[1]!;
  expect(judgeBars([rows[0]!, { engine, backend, model, batch, width, error: "timed out after 150 s" }])).toEqual([]);
});

test("holds the bars that were asked for", () => {
  expect(BARS.map(({ model, against, figure, atMost }) => [model, against, figure, atMost])).toEqual([
    ["dense", "plain-tfjs", "issueMsPerStep", 1 / 50],
    ["dense", "jax-js", "issueMsPerStep", 1 / 10],
    ["dense", "plain-tfjs", "msPerStep", 1 / 5],
    ["dense", "jax-js", "msPerStep", 0.8],
    ["conv", "plain-tfjs", "msPerStep", 1 / 4],
    ["conv", "tfjs", "msPerStep", 1 / 4],
  ]);
});
