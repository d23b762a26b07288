import { expect, test } from "vitest";
import { coverageOf } from "./coverage";

test("a class is covered from one draw in a hundred on", () => {
  const classes = Uint8Array.from([...Array.from({ length: 295 }, () => 2), 0, 0, 0, 1, 1]);
  expect(coverageOf(classes, 4, 0.9)).toEqual({ draws: 300, counts: [3, 2, 295, 0], covered: 2, classifierAccuracy: 0.9 });
});

test("of few draws one is enough, and none is not", () => {
  expect(coverageOf(Uint8Array.of(1, 1), 3, 0.9).covered).toBe(1);
});
