/** How numbers of the latent panel are written. */
import { expect, test } from "vitest";
import { axisName, densityText, percentText } from "./latent-text";

test("axes count from 1, in subscripts", () => {
  expect([0, 1, 19, 127].map(axisName)).toEqual(["z₁", "z₂", "z₂₀", "z₁₂₈"]);
});

test("densities keep two digits, however small", () => {
  expect([0.159155, 0.0912, 1.23e-5, 4.56e-78, 0].map(densityText)).toEqual(["0.16", "0.091", "1.2 × 10⁻⁵", "4.6 × 10⁻⁷⁸", "0"]);
});

test("a part is not rounded away", () => {
  expect([0, 0.004, 0.43, 0.997, 1].map(percentText)).toEqual(["0 %", "< 1 %", "43 %", "> 99 %", "100 %"]);
});
