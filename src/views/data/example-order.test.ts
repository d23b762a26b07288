import { expect, test } from "vitest";
import { exampleOrder, nextExamples } from "./example-order";

const LABELS = Uint8Array.of(1, 1, 0, 2, 1, 0);

test("one of every class comes first, and every image once", () => {
  expect(exampleOrder(LABELS)).toEqual([2, 0, 3, 5, 1, 4]);
  expect(exampleOrder([])).toEqual([]);
});

test("pressing again walks on, and starts over after the last", () => {
  const order = exampleOrder(LABELS);
  const first = nextExamples(order, [], 4);
  expect(first).toEqual([2, 0, 3, 5]);
  const second = nextExamples(order, first, 4);
  expect(second).toEqual([1, 4]);
  expect(nextExamples(order, second, 4)).toEqual(first);
});

test("examples that were chosen otherwise are followed by the first ones", () => {
  expect(nextExamples(exampleOrder(LABELS), [2, 3], 3)).toEqual([2, 0, 3]);
});
