import { expect, test } from "vitest";
import { PaceMeter } from "./pace-meter";

const steady = (msPerStep: number, seconds: number, steps = Math.max(1, Math.floor(50 / msPerStep))) => {
  const meter = new PaceMeter();
  let now = 0;
  while (now < seconds * 1_000) {
    now += steps * msPerStep;
    meter.trained(now, steps, steps * msPerStep);
  }
  return { meter, now };
};

test("before anything is measured a slice and a window are one step, and there is no pace", () => {
  const meter = new PaceMeter();
  expect([meter.stepsPerSlice, meter.stepsPerWindow, meter.pace(0)]).toEqual([1, 1, null]);
});

test.each([
  [0.1, 160, 500],
  [5, 3, 10],
  [400, 1, 1],
])("at %s ms a step a slice holds %s steps and a window %s", (msPerStep, slice, window) => {
  const { meter } = steady(msPerStep, 5);
  expect([meter.stepsPerSlice, meter.stepsPerWindow]).toEqual([slice, window]);
});

test("one odd measurement does not fill the next slice with seconds of work", () => {
  const { meter, now } = steady(8, 2);
  meter.trained(now + 0.1, 6, 0.001);
  expect(meter.stepsPerSlice).toBeLessThanOrEqual(2); // 16 ms / (0.75 · 8 ms)
});

test("a backend that slows down gets shorter slices within a few measurements", () => {
  const { meter, now } = steady(1, 2);
  for (let i = 1; i <= 4; i++) meter.trained(now + 400 * i, 1, 400);
  expect(meter.stepsPerSlice).toBe(1);
});

test("steps per second count the overhead in, milliseconds per step leave it out", () => {
  const meter = new PaceMeter();
  meter.trained(800, 80, 800);
  meter.spent(1_000, 200);
  expect(meter.pace(1_000)).toEqual({ stepsPerSecond: 80, msPerStep: 10, snapshotShare: 0.2 });
});

test("the speed is that of the last second or so, and holds over a standstill", () => {
  const { meter, now } = steady(10, 5);
  let at = now;
  for (let i = 0; i < 80; i++) meter.trained((at += 20), 1, 20);
  expect(meter.pace(at)!.msPerStep).toBeCloseTo(20, 9);
  expect(meter.pace(at + 100_000)!.msPerStep).toBeGreaterThan(10);
});
