import { expect, test } from "vitest";
import { coveredNs } from "./gpu-clock";

test("time in which passes overlap counts once, time between them not at all", () => {
  expect(coveredNs([])).toBe(0);
  expect(
    coveredNs([
      [1_000n, 1_400n],
      [1_300n, 1_500n],
      [1_350n, 1_450n],
      [2_000n, 2_100n],
    ]),
  ).toBe(600);
  expect(
    coveredNs([
      [2_000n, 2_100n],
      [1_000n, 1_400n],
    ]),
  ).toBe(500);
});
