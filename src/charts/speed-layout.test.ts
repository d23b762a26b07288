import { expect, test } from "vitest";
import { layoutSpeeds } from "./speed-layout";

const FRAME = { widthPx: 234, heightPx: 122, leftPx: 30, footPx: 18 };

test("a speed stands over the middle of its step, on an axis from 0 to a round number", () => {
  const { lines, ticks, base } = layoutSpeeds([{ id: "a", speeds: [10, 20, 5, 0] }], FRAME);
  // 200 px wide: steps of 50, their middles at 25, 75 … from 30; 100 px high: 20 at the top (4), 10 half-way (54), 0 at the base (104).
  expect(lines[0]!.path).toBe("M55 54L105 4L155 79L205 104");
  expect(base).toBe(104);
  expect(ticks[0]).toEqual({ label: "0", y: 104 });
  expect(ticks.at(-1)).toEqual({ label: "20", y: 4 });
});

test("lines of different steps share the axes", () => {
  const { lines } = layoutSpeeds(
    [
      { id: "a", speeds: [20] },
      { id: "b", speeds: [10, 10] },
    ],
    FRAME,
  );
  expect(lines.map(({ path }) => path)).toEqual(["M130 4h0", "M80 54L180 54"]);
});

test("what is not finite breaks a line, and nothing at all is drawn rather than NaN", () => {
  expect(layoutSpeeds([{ id: "a", speeds: [20, Number.NaN, 10, 10] }], FRAME).lines[0]!.path).toBe("M55 4h0M155 54L205 54");
  expect(layoutSpeeds([{ id: "a", speeds: [Number.NaN] }], FRAME)).toMatchObject({ lines: [{ id: "a", path: "" }], ticks: [] });
  expect(layoutSpeeds([{ id: "a", speeds: [0, 0] }], FRAME).lines[0]!.path).toBe("");
});
