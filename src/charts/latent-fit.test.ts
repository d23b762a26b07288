/** A view that fits the codes, and does not follow their every twitch. */
import { expect, test } from "vitest";
import { aspectOf, codeBounds, fitView, followView, type FitRule } from "./latent-fit";

const EVEN = { across: 1, up: 1 };
const prior: FitRule = { isCentred: true, leastHalfSpan: 3.5 };
const free: FitRule = { isCentred: false, leastHalfSpan: 1 };

/** A grid of 41 × 41 codes, ±`size` around (`x`, `y`). */
function square(size: number, x = 0, y = 0): Float32Array {
  const at = (i: number) => (i / 20 - 1) * size;
  return Float32Array.from(Array.from({ length: 41 * 41 }, (_, i) => [x + at(i % 41), y + at(Math.floor(i / 41))]).flat());
}

test("a VAE starts at the prior's three rings", () => {
  expect(fitView(codeBounds(square(1), "plane", prior)!, prior, EVEN)).toEqual({ x: 0, y: 0, halfSpan: 3.5 });
});

test("an autoencoder's codes are centred and all in view", () => {
  const view = fitView(codeBounds(square(10, 30, -5), "plane", free)!, free, EVEN);
  expect(view.x).toBeCloseTo(30, 5);
  expect(view.y).toBeCloseTo(-5, 5);
  expect(view.halfSpan).toBeGreaterThan(10);
  expect(view.halfSpan).toBeLessThan(12);
});

test("one stray code and a NaN change nothing much", () => {
  const codes = square(1);
  codes.set([500, 500, Number.NaN, Number.NaN]);
  expect(codeBounds(codes, "plane", free)!.halfWidth).toBeLessThan(1.1);
});

test("without a finite code there are no bounds", () => {
  expect(codeBounds(new Float32Array(0), "plane", free)).toBeNull();
  expect(codeBounds(Float32Array.of(Number.NaN, Infinity), "plane", free)).toBeNull();
});

test("a line looks at z₁ only", () => {
  expect(codeBounds(Float32Array.of(-2, 0.1, 2, 100), "line", prior)!.halfWidth).toBeCloseTo(2, 1);
});

test("small changes keep the very same view, large ones fit anew", () => {
  const rule = free;
  const view = fitView(codeBounds(square(10), "plane", rule)!, rule, EVEN);
  const next = (codes: Float32Array) => followView(view, codeBounds(codes, "plane", rule)!, rule, EVEN);
  expect(next(square(11))).toBe(view);
  expect(next(square(9))).toBe(view);
  expect(next(square(12))).not.toBe(view);
  expect(next(square(5)).halfSpan).toBeCloseTo(5 * 1.12, 1);
  expect(next(square(10, 6))).not.toBe(view);
});

test("codes that grow steadily move the view a few times, not at each snapshot", () => {
  let view = fitView(codeBounds(square(1), "plane", free)!, free, EVEN);
  let moves = 0;
  for (let size = 1; size <= 8; size += 0.05) {
    const next = followView(view, codeBounds(square(size), "plane", free)!, free, EVEN);
    if (next !== view) moves++;
    view = next;
    expect(view.halfSpan).toBeGreaterThan(size * 0.97);
  }
  expect(moves).toBeLessThan(20); // of 141 snapshots: ln 8 / ln(1.12 · 1.02) = 16
});

test("a collapsed VAE keeps the prior's view", () => {
  const view = { x: 0, y: 0, halfSpan: 3.5 };
  expect(followView(view, codeBounds(square(0.01), "plane", prior)!, prior, EVEN)).toBe(view);
});

test("a wide plot fits each axis to its own side", () => {
  const wide = aspectOf("plane", { widthPx: 800, heightPx: 400 });
  expect(wide).toEqual({ across: 2, up: 1 });
  const flat = square(10).map((value, i) => (i % 2 === 0 ? value : value / 4));
  expect(fitView(codeBounds(flat, "plane", free)!, free, wide).halfSpan).toBeCloseTo(5 * 1.12, 1);
  expect(aspectOf("line", { widthPx: 800, heightPx: 400 })).toEqual(EVEN);
});
