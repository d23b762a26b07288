import { expect, test } from "vitest";
import { BUFFER_ALLOWANCE, HEAP_ALLOWANCE, hasGrown, memoryTable, type MemoryReading, type MemoryResult } from "./memory-part";

const reading = (fields: Partial<MemoryReading>): MemoryReading => ({
  step: 1,
  buffers: 40,
  bufferBytes: 2 ** 21,
  heapBytes: 2 ** 20,
  ...fields,
});
const result = (...readings: [MemoryReading, MemoryReading, MemoryReading]): MemoryResult => ({ engine: "compiled", readings });

test("a few buffers may come and go, and any number up to half way", () => {
  const { buffers, bytes } = BUFFER_ALLOWANCE;
  expect(hasGrown(result(reading({}), reading({ buffers: 60 }), reading({ buffers: 60 + buffers })))).toBe(false);
  expect(hasGrown(result(reading({}), reading({}), reading({ buffers: 41 + buffers })))).toBe(true);
  expect(hasGrown(result(reading({}), reading({}), reading({ bufferBytes: 2 ** 21 + bytes })))).toBe(false);
  expect(hasGrown(result(reading({}), reading({}), reading({ bufferBytes: 2 ** 21 + bytes + 1 })))).toBe(true);
});

test("the heap may breathe and not leak", () => {
  expect(hasGrown(result(reading({}), reading({}), reading({ heapBytes: 2 ** 20 + HEAP_ALLOWANCE })))).toBe(false);
  expect(hasGrown(result(reading({}), reading({}), reading({ heapBytes: 2 ** 20 + HEAP_ALLOWANCE + 1 })))).toBe(true);
});

test("prints each reading, and the verdict", () => {
  const text = memoryTable(result(reading({}), reading({}), reading({ step: 11_000 })));
  expect(text).toContain("| 11000 | 40 | 2.00 | 1.00 |");
  expect(text).toContain("No growth over 10000 steps.");
});
