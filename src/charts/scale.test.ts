import { precisionFixed, scaleLinear, scaleLog, ticks, tickStep } from "d3";
import { expect, test } from "vitest";
import { farTickText, linearScale, logScale, niceScale, tickDigits, tickText } from "./scale";

const VALUES = [-3, 0, 0.1, 1, 7, 42, 99.9, 100, 250];

test("straight axes say what d3's say, clamped or not, both ways", () => {
  for (const clamps of [false, true]) {
    const ours = linearScale([0, 100], [640, 40], clamps);
    const theirs = scaleLinear([0, 100], [640, 40]).clamp(clamps);
    for (const value of VALUES) {
      expect(ours(value)).toBeCloseTo(theirs(value), 9);
      expect(ours.invert(value)).toBeCloseTo(theirs.invert(value), 9);
    }
  }
});

test("logarithmic axes too", () => {
  const ours = logScale([1, 80_000], [40, 640], true);
  const theirs = scaleLog([1, 80_000], [40, 640]).clamp(true);
  for (const value of [0.5, 1, 3, 999, 80_000, 1e6]) {
    expect(ours(value)).toBeCloseTo(theirs(value), 9);
    expect(ours.invert(value) / theirs.invert(value)).toBeCloseTo(1, 9);
  }
});

test("an axis without extent stands in its middle", () => {
  expect(linearScale([5, 5], [0, 80])(5)).toBe(40);
});

test("round ends and digits are d3's", () => {
  for (const [from, to] of [
    [152.3, 233.1],
    [0.0123, 0.0141],
    [-4.7, 5.2],
    [0, 1e7],
  ] as const) {
    const nice = niceScale(linearScale([from, to], [150, 20]), 10);
    expect(nice.domain).toEqual(scaleLinear([from, to], [150, 20]).nice(10).domain());
    for (const count of [2, 5, 9]) expect(tickDigits(from, to, count)).toBe(precisionFixed(tickStep(from, to, count)));
  }
  expect(tickDigits(3, 3, 5)).toBe(0);
});

test("labels are d3's, written out and by their power of ten", () => {
  for (const [from, to] of [
    [-4, 5],
    [-0.3, 0.2],
    [0, 0.012],
  ] as const) {
    const label = scaleLinear([from, to], [0, 1]).tickFormat(6);
    for (const value of ticks(from, to, 6)) expect(tickText(value, tickDigits(from, to, 6))).toBe(label(value));
  }
  for (const [from, to] of [
    [-3e8, 3e8],
    [1.2e6, 1.9e6],
  ] as const) {
    const label = scaleLinear([from, to], [0, 1]).tickFormat(6, "~e");
    const largest = Math.max(Math.abs(from), Math.abs(to));
    for (const value of ticks(from, to, 6)) expect(farTickText(value, tickStep(from, to, 6), largest)).toBe(label(value));
  }
  expect(tickText(-0.0001, 2)).toBe("0.00"); // no minus before a zero
});
