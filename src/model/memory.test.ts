import { expect, test } from "vitest";
import { SLOT_NAMES } from "../engine/optimiser-constants";
import { PRESETS } from "../protocol/presets";
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

test("the preset wants some 50 MB, each part in its proportion", () => {
  // 631,188 parameters × (11 + 2) × 4 B, 128 × 2,372 units × 6 × 4 B, 9,000 × 784 B
  expect(bytesOf({})).toBe(32_821_776 + 7_286_784 + 7_056_000);
  expect(bytesOf({ optimiser: "sgd" })).toBe(bytesOf({}) - 631_188 * 4);
  expect(bytesOf({ batchSize: 256 })).toBe(bytesOf({}) + 7_286_784);
  expect(bytesOf({ trainSize: 1_000 })).toBe(bytesOf({}) - 8_000 * 784);
});

test("of a convolutional network nearly all is its images between layers", () => {
  // 134,165 parameters × 13 × 4 B; 784 + 6,272 + 3,136 + 16 + 2 + 2 + 3,136 + 12,544 + 25,088 + 784 units × 128 × 6 × 4 B
  expect(bytesOf(PRESETS["vae-conv"])).toBe(6_976_580 + 51_764 * 128 * 24 + 7_056_000);
});
