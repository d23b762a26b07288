import { expect, test } from "vitest";
import { classCoverage } from "./class-coverage";

test("a class is covered from one hundredth of the draws on", () => {
  const draws = new Uint8Array(200); // class 0
  draws.fill(1, 0, 2);
  draws.fill(2, 2, 3);
  expect(classCoverage(draws, 4)).toEqual({ counts: [197, 2, 1, 0], draws: 200, covered: 2 });
});

test("without a draw nothing is covered", () => {
  expect(classCoverage(new Uint8Array(), 3)).toEqual({ counts: [0, 0, 0], draws: 0, covered: 0 });
});
