import { expect, test } from "vitest";
import { filmTicks, nearestTick, tickOfStep } from "./film-ticks";

const steps = (...all: number[]) => all.map((step) => ({ step }));

test("moments stand by the logarithm of their step, from the first to now", () => {
  const at = filmTicks(steps(0, 1, 3, 7)).map((tick) => tick.at);
  [0, 1 / 3, 2 / 3, 1].forEach((place, i) => expect(at[i]).toBeCloseTo(place, 12)); // 1, 2, 4, 8 after 1 is added
});

test("without a past there is nothing to divide by", () => {
  expect(filmTicks([])).toEqual([]);
  expect(filmTicks(steps(5))).toEqual([{ step: 5, at: 0 }]);
});

test("a place of the slider is the nearest moment's, a step the last one's before it", () => {
  const ticks = filmTicks(steps(0, 1, 3, 7));
  expect([-1, 0.1, 0.2, 0.6, 2].map((at) => nearestTick(ticks, at))).toEqual([0, 0, 1, 2, 3]);
  expect([0, 1, 2, 3, 6, 99].map((step) => tickOfStep(ticks, step))).toEqual([0, 1, 1, 2, 2, 3]);
});
