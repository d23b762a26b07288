import { expect, test } from "vitest";
import type { Guide } from "./loss-data";
import { layoutGuide } from "./loss-guides";
import { linearScale } from "./scale";

const x = linearScale([0, 100], [0, 200], true);
const toY = (value: number) => 50 - value;
const guide: Guide = { id: "beta", name: "β", color: "latent", full: 4, at: (step) => (step <= 50 ? 0 : 2) };

test("on a scale of its own, an area from the panel's lower edge up to the part of the full value", () => {
  const { path, isArea, value, y } = layoutGuide(guide, x, 80, toY, [0, 40]);
  expect({ isArea, value, y }).toEqual({ isArea: true, value: 2, y: 20 });
  expect(path).toMatch(/^M2 40L.*L160 20V40H2Z$/);
  // The jump after step 50 is drawn where it is.
  expect(path).toContain("L100 40");
  expect(path).toContain("L102 20");
});

test("on the curves' own scale, a line without an area, and nothing after the last step", () => {
  const { path, y } = layoutGuide({ ...guide, full: null, at: (step) => step / 10 }, x, 80, toY, [0, 40]);
  expect(path).toMatch(/^M2 49\.9L.*L160 42$/);
  expect(y).toBe(42);
});

test("a full value of 0 is a flat line at the bottom rather than NaN", () => {
  const { path, y } = layoutGuide({ ...guide, full: 0, at: () => 0 }, x, 10, toY, [0, 40]);
  expect(y).toBe(40);
  expect(path).not.toContain("NaN");
});
