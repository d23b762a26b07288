/** A view that follows, until a hand takes it. */
import { expect, test } from "vitest";
import { LatentCamera } from "./latent-camera";
import type { LatentCloud } from "./latent-cloud";

const rule = { isCentred: true, leastHalfSpan: 3.5 };

/** 200 codes on a ring of this radius. */
function ring(radius: number): LatentCloud {
  const positions = Float32Array.from({ length: 400 }, (_, i) => radius * Math.cos((i >> 1) * 0.0314159 * 2 + (i % 2) * 1.5708));
  return { kind: "plane", positions, spreads: null, labels: new Uint8Array(200) };
}

test("it follows codes that outgrow it, gliding, and arrives", () => {
  const camera = new LatentCamera();
  camera.follow(ring(3), rule, 0, true);
  expect(camera.advance(0)).toBe(false);
  camera.follow(ring(10), rule, 0, true);
  expect(camera.advance(100)).toBe(true);
  expect(camera.view.halfSpan).toBeGreaterThan(3.5);
  expect(camera.view.halfSpan).toBeLessThan(11);
  camera.advance(2000);
  expect(camera.view).toBe(camera.target);
  expect(camera.view.halfSpan).toBeCloseTo(11.2, 1);
  expect(camera.advance(2020)).toBe(false);
});

test("a hand on it stops both the glide and the following", () => {
  const camera = new LatentCamera();
  camera.follow(ring(10), rule, 0, true);
  camera.advance(100);
  const held = { x: 1, y: 1, halfSpan: 2 };
  camera.hold(held);
  expect(camera.isHeld).toBe(true);
  expect(camera.advance(200)).toBe(false);
  camera.follow(ring(30), rule, 200, true);
  camera.advance(5000);
  expect(camera.view).toBe(held);
});

test("fit lets go of it", () => {
  const camera = new LatentCamera();
  camera.hold({ x: 1, y: 1, halfSpan: 2 });
  camera.fit(ring(10), rule, 0, false);
  expect(camera.isHeld).toBe(false);
  expect(camera.view.halfSpan).toBeCloseTo(11.2, 1);
  camera.fit(null, rule, 0, false);
  expect(camera.view).toEqual({ x: 0, y: 0, halfSpan: 3.5 });
});

test("a button's view is held, too", () => {
  const camera = new LatentCamera();
  camera.holdGently({ x: 0, y: 0, halfSpan: 7 }, 0, true);
  camera.follow(ring(100), rule, 50, true);
  camera.advance(1000);
  expect(camera.view.halfSpan).toBe(7);
});
