/** Points glide from where they are painted to where they belong, and arrive. */
import { expect, test } from "vitest";
import { GLIDE_MS, PositionGlide } from "./latent-glide";

const at = (...positions: number[]) => Float32Array.from(positions);

test("the first positions, and positions of other points, are taken at once", () => {
  const glide = new PositionGlide();
  glide.retarget(at(1, 2), 0, true);
  expect([...glide.now]).toEqual([1, 2]);
  glide.retarget(at(3, 4, 5, 6), 0, true);
  expect([...glide.now]).toEqual([3, 4, 5, 6]);
  expect(glide.advance(1)).toBe(false);
});

test("a glide starts where it was, never leaves the way, and ends exactly on the target", () => {
  const glide = new PositionGlide();
  glide.retarget(at(0, 0), 0, true);
  glide.retarget(at(10, -10), 1000, true);
  let last = 0;
  for (let ms = 0; ms < GLIDE_MS; ms += 20) {
    expect(glide.advance(1000 + ms)).toBe(true);
    expect(glide.now[0]).toBeGreaterThanOrEqual(last);
    expect(glide.now[0]! + glide.now[1]!).toBe(0);
    last = glide.now[0]!;
  }
  expect(glide.advance(1000 + GLIDE_MS)).toBe(false);
  expect([...glide.now]).toEqual([10, -10]);
});

test("a new target in mid-glide starts from what is on screen", () => {
  const glide = new PositionGlide();
  glide.retarget(at(0, 0), 0, true);
  glide.retarget(at(10, 0), 0, true);
  glide.advance(100);
  const shown = glide.now[0]!;
  expect(shown).toBeGreaterThan(0);
  glide.retarget(at(-10, 0), 100, true);
  glide.advance(100);
  expect(glide.now[0]).toBe(shown);
});

test("reduced motion takes every position at once", () => {
  const glide = new PositionGlide();
  glide.retarget(at(0, 0), 0, false);
  glide.retarget(at(10, 0), 0, false);
  expect([...glide.now]).toEqual([10, 0]);
  expect(glide.isGliding).toBe(false);
});

test("a code that was not finite comes back", () => {
  const glide = new PositionGlide();
  glide.retarget(at(Number.NaN, 0), 0, true);
  glide.retarget(at(1, 0), 0, true);
  glide.advance(10);
  expect(glide.now[0]).toBe(1);
});

test("gliding does not write into what it was given", () => {
  const glide = new PositionGlide();
  const first = at(0, 0);
  glide.retarget(first, 0, true);
  glide.retarget(at(10, 0), 0, true);
  glide.advance(100);
  expect([...first]).toEqual([0, 0]);
});
