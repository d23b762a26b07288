import { expect, test } from "vitest";
import { SLOT_NAMES } from "../engine/optimisers";
import { DEFAULT_CONFIG, OPTIMISERS, type RunConfig } from "../protocol/run-config";
import { estimateMemory, OPTIMISER_SLOTS } from "./memory";
import { describeNetwork } from "./network";

const bytesOf = (changes: Partial<RunConfig>) => {
  const config = { ...DEFAULT_CONFIG, ...changes };
  return estimateMemory(config, describeNetwork(config, { height: 28, width: 28, channels: 1 }));
};

test("slots are those the engine keeps", () => {
  for (const optimiser of OPTIMISERS) expect(OPTIMISER_SLOTS[optimiser]).toBe(SLOT_NAMES[optimiser].length);
});

test("the preset wants some 30 MB, each part in its proportion", () => {
  // 631,188 parameters × (6 + 2) × 4 B, 128 × 2,372 units × 3 × 4 B, 9,000 × 784 B
  expect(bytesOf({})).toBe(20_198_016 + 3_643_392 + 7_056_000);
  expect(bytesOf({ optimiser: "sgd" })).toBe(bytesOf({}) - 631_188 * 4);
  expect(bytesOf({ batchSize: 256 })).toBe(bytesOf({}) + 3_643_392);
  expect(bytesOf({ trainSize: 1_000 })).toBe(bytesOf({}) - 8_000 * 784);
});
