import { expect, test } from "vitest";
import { layoutHistogram, probabilityOf, SCORE_BINS, summariseScores } from "./score-histogram";

test("a score of 0 is ½, and scores far out neither overflow nor leave 0 … 1", () => {
  expect(probabilityOf(0)).toBe(0.5);
  expect(probabilityOf(Math.log(3))).toBeCloseTo(0.75, 12);
  expect([-1000, 1000, -Infinity, Infinity].map(probabilityOf)).toEqual([0, 1, 0, 1]);
});

test("every score that is a number is counted once, in its bin of probability", () => {
  const { counts, total, mean } = summariseScores(Float32Array.from([-50, 0, 0, 50, Number.NaN]));
  expect(total).toBe(4);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect([counts[0], counts[SCORE_BINS / 2], counts[SCORE_BINS - 1]]).toEqual([1, 2, 1]);
  expect(mean).toBeCloseTo(0.5, 12);
});

test("without a score there is no mean, and an outline that lies on the axis", () => {
  const none = summariseScores(new Float32Array());
  expect(none.mean).toBeNaN();
  const { real, base } = layoutHistogram(none, none, { widthPx: 100, heightPx: 60, footPx: 20 });
  expect([...real.matchAll(/V([\d.]+)/g)].every(([, y]) => Number(y) === base)).toBe(true);
});

test("shares, not counts, are compared: as high as each other with twice the images", () => {
  const real = summariseScores(new Float32Array(10).fill(5));
  const generated = summariseScores(new Float32Array(20).fill(5));
  const layout = layoutHistogram(real, generated, { widthPx: 200, heightPx: 120, footPx: 20 });
  expect(layout.real).toBe(layout.generated);
  expect(layout.base).toBe(100);
  expect(layout.ticks.map(({ label, x }) => [label, x])).toEqual([
    ["0", 0.5],
    ["½", 100],
    ["1", 199.5],
  ]);
});
