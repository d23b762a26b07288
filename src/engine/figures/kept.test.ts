import { expect, test } from "vitest";
import { kept } from "./kept";

function* counting(value: () => number): Generator<void, number> {
  yield;
  return value();
}

function last<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

test("what was found is kept by memory and by key", () => {
  const [memory, other] = [new ArrayBuffer(8), new ArrayBuffer(8)];
  let calls = 0;
  const ask = (where: ArrayBuffer, key: string) => last(kept(where, key, () => counting(() => ++calls)));
  expect([ask(memory, "a"), ask(memory, "a"), ask(memory, "b"), ask(other, "a"), ask(memory, "a")]).toEqual([1, 1, 2, 3, 1]);
});

test("what was left in the middle is not kept", () => {
  const memory = new ArrayBuffer(8);
  kept(memory, "a", () => counting(() => 1)).next();
  expect(last(kept(memory, "a", () => counting(() => 2)))).toBe(2);
});
