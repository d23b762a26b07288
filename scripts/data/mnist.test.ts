import { expect, test } from "vitest";
import { readMnist } from "./mnist";

test("restores whole bytes and shuffles every digit of the package exactly once", () => {
  const { train, heldOut } = readMnist();
  const counts = Array.from({ length: 10 }, () => 0);
  for (const label of [...train.labels, ...heldOut.labels]) counts[label]! += 1;
  // So many of each digit are in the package's files.
  expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
  expect(train.labels).toHaveLength(9_000);
  expect(heldOut.labels).toHaveLength(1_000);
  expect(new Set(train.pixels).size).toBe(256);
  expect(new Set(train.labels.subarray(0, 100)).size).toBe(10);
});
