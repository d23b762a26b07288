import { expect, test } from "vitest";
import { ratesAt } from "./loss-marks";

test("new rates hold from the step after their mark on", () => {
  const [first, second] = [
    { step: 0, learningRate: 0.001, beta: 1 },
    { step: 30, learningRate: 0.01, beta: 4 },
  ];
  expect([0, 1, 30, 31].map((step) => ratesAt([first, second], step).beta)).toEqual([1, 1, 1, 4]);
});
