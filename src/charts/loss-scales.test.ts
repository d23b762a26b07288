import { expect, test } from "vitest";
import { xEnd, xScale, xTicks, yRange, yScale } from "./loss-scales";

test("the x axis ends at a round number, or where the run ends", () => {
  expect(xEnd(0, null)).toBe(10);
  expect(xEnd(11, null)).toBe(15);
  expect(xEnd(100, null)).toBe(100);
  expect(xEnd(1842, null)).toBe(2000);
  expect(xEnd(850, null)).toBe(1000);
  expect(xEnd(1380, 1400)).toBe(1400);
  expect(xEnd(30, 1400)).toBe(30);
  expect(xEnd(1401, 1400)).toBe(1401); // told to run on after all
  expect(xEnd(0, 1)).toBe(2); // a range of no steps would have no scale
});

test("a logarithmic axis starts at step 1 and puts step 0 there", () => {
  const x = xScale("log", 1000, 0, 300);
  expect(x(1)).toBe(0);
  expect(x(0)).toBe(0);
  expect(x(10)).toBeCloseTo(100, 9);
  expect(xTicks("log", x, 1, 50).map(({ value }) => value)).toEqual([1, 10, 100, 1000]);
});

test("ticks are whole, and far enough apart to be read", () => {
  const x = xScale("linear", 1500, 40, 640);
  const steps = xTicks("linear", x, 1, 56);
  expect(steps.map(({ value }) => value)).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400]);
  const epochs = xTicks("linear", xScale("linear", 100, 40, 640), 70, 56);
  expect(epochs.map(({ value }) => value)).toEqual([0, 1]);
  expect(epochs[1]!.at).toBeCloseTo(40 + 0.7 * 600, 9);
  for (const kind of ["linear", "log"] as const) {
    const narrow = xTicks(kind, xScale(kind, 80_000, 40, 240), 70, 56);
    narrow.slice(1).forEach((tick, i) => expect(tick.at - narrow[i]!.at).toBeGreaterThanOrEqual(56));
  }
});

test("the first steps stick out at the top instead of flattening the rest", () => {
  const visible = Array.from({ length: 1000 }, (_, i) => 160 + 380 * Math.exp(-i / 30));
  const range = yRange(visible, [160], null, 1)!;
  expect(range.low).toBeCloseTo(160, 6);
  expect(range.high).toBeCloseTo(160 + 380 * Math.exp(-59 / 30), 6); // the 60 greatest of 1000 but for the least of them: 6 %
});

test("the newest values are inside whatever the rest does", () => {
  const range = yRange(Array(1000).fill(160), [900, 150], null, 1)!;
  expect(range).toMatchObject({ low: 150, high: 900 });
});

test("a floor near by is shown, one far away is not, and none is passed by padding", () => {
  expect(yRange([90, 150], [], 45.7, 1)).toEqual({ low: 90, high: 150, reachesFloor: false });
  expect(yRange([80, 150], [], 45.7, 1)).toEqual({ low: 45.7, high: 150, reachesFloor: true });
  expect(yRange([0.001, 0.002], [], 0, 0.1)).toEqual({ low: 0, high: expect.closeTo(0.1, 2), reachesFloor: true });
  const flat = yRange([5, 5], [], null, 1)!;
  expect(flat.high - flat.low).toBe(1);
});

test("without a finite value there is no range", () => {
  expect(yRange([], [], 0, 1)).toBeNull();
  expect(yRange([Number.NaN, Infinity], [Number.NaN], 45, 1)).toBeNull();
});

test("no two ticks of a y axis read the same", () => {
  for (const [low, high] of [
    [552.3, 553.3],
    [0, 0.1],
    [150, 240],
    [5.31, 5.37],
    [0, 3e6],
  ] as const) {
    const { ticks, digits } = yScale({ low, high, reachesFloor: false }, 0, 78);
    expect(ticks.length).toBeGreaterThan(1);
    for (const { value } of ticks) expect(Number(value.toFixed(digits))).toBeCloseTo(value, 9);
    expect(new Set(ticks.map(({ value }) => value.toFixed(digits))).size).toBe(ticks.length);
  }
});

test("the y axis runs upwards and ends on round values", () => {
  const { scale, ticks } = yScale({ low: 152.3, high: 233.1, reachesFloor: false }, 20, 150);
  expect(scale.domain).toEqual([150, 240]);
  expect(scale(240)).toBe(20);
  expect(scale(150)).toBe(150);
  expect(ticks.map(({ value }) => value)).toEqual([160, 180, 200, 220, 240]);
});
