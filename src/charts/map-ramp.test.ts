/** Ramps run evenly from faint to strong, so that lightness alone tells their order. */
import { expect, test } from "vitest";
import { rgbOf } from "./ink";
import { rampColour, RAMPS, rampSteps } from "./map-ramp";

/** Rec. 709 luma. */
const luma = ([red, green, blue]: readonly number[]) => 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;

test("every ramp gets steadily darker in the light theme and lighter in the dark one", () => {
  for (const ramp of Object.values(RAMPS)) {
    const light = rampSteps(ramp.light, 24).map((colour) => luma(rgbOf(colour)));
    const dark = rampSteps(ramp.dark, 24).map((colour) => luma(rgbOf(colour)));
    for (let i = 1; i < 24; i++) {
      expect(light[i]!).toBeLessThan(light[i - 1]!);
      expect(dark[i]!).toBeGreaterThan(dark[i - 1]!);
    }
  }
});

test("outside its range a ramp keeps its ends, and what is no number is the least", () => {
  const ramp = ["#000000", "#646464", "#c8c8c8"];
  expect(rampColour(ramp, 0.25)).toEqual([50, 50, 50]);
  expect(rampColour(ramp, -3)).toEqual([0, 0, 0]);
  expect(rampColour(ramp, 9)).toEqual([200, 200, 200]);
  expect(rampColour(ramp, Number.NaN)).toEqual([0, 0, 0]);
});
