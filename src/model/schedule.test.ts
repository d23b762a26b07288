import { expect, test } from "vitest";
import { betaAt, capacityAt } from "./schedule";

const at = (betaSchedule: "constant" | "linear" | "cyclical", step: number) => betaAt({ betaSchedule, scheduleSteps: 100 }, 4, step);

test("a constant β is there from the first step", () => {
  expect([1, 50, 1_000].map((step) => at("constant", step))).toEqual([4, 4, 4]);
});

test("a linear β begins at 0, passes its half half-way, and stays where it has come to", () => {
  expect([1, 51, 101, 102, 10_000].map((step) => at("linear", step))).toEqual([0, 2, 4, 4, 4]);
});

test("a cyclical β rises for half of each cycle, holds for the other half, and begins again", () => {
  expect([1, 26, 51, 100].map((step) => at("cyclical", step))).toEqual([0, 2, 4, 4]);
  for (const step of [1, 7, 26, 51, 99]) expect(at("cyclical", step + 100)).toBeCloseTo(at("cyclical", step), 12);
});

test("before the first step nothing is negative", () => {
  expect(at("linear", 0)).toBe(0);
  expect(capacityAt({ capacity: 25, scheduleSteps: 10 }, 0)).toBe(0);
});

test("capacity grows in a line to what it is to be", () => {
  expect([1, 6, 11, 99].map((step) => capacityAt({ capacity: 25, scheduleSteps: 10 }, step))).toEqual([0, 12.5, 25, 25]);
});
