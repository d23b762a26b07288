import { expect, test } from "vitest";
import { sliderScale } from "./slider-scale";

test("a log slider gives exactly the round numbers people write", () => {
  const scale = sliderScale("log", 1e-6, 100);
  for (const value of [1e-6, 1e-5, 0.0003, 0.001, 0.0015, 0.01, 0.5, 1, 3, 4, 100]) {
    expect(scale.toValue(scale.toPosition(value))).toBe(value);
    expect(Number.isInteger(scale.toPosition(value))).toBe(true);
  }
});

test("equal ratios are about equal distances on a log slider", () => {
  const scale = sliderScale("log", 1e-4, 1);
  const decade = scale.last / 4;
  for (const exponent of [-4, -3, -2, -1, 0]) expect(scale.toPosition(10 ** exponent)).toBeCloseTo((exponent + 4) * decade, 9);
});

test("a value between two stops stands between them and is left in one move", () => {
  const scale = sliderScale("log", 1e-6, 100);
  const position = scale.toPosition(0.00123);
  expect(position).toBeGreaterThan(scale.toPosition(0.0011));
  expect(position).toBeLessThan(scale.toPosition(0.00125));
  expect(scale.move(0.00123, 1)).toBe(0.00125);
  expect(scale.move(0.00123, -1)).toBe(0.0011);
});

test("zero-log has 0 at the left end, then its least value", () => {
  const scale = sliderScale("zero-log", 0.01, 1000);
  expect(scale.toValue(0)).toBe(0);
  expect(scale.move(0, 1)).toBe(0.01);
  expect(scale.move(0.01, -1)).toBe(0);
  expect(scale.toPosition(0)).toBe(0);
  expect(scale.toValue(scale.last)).toBe(1000);
  expect(scale.toPosition(0.001)).toBeGreaterThan(0);
});

test("zero-log from 0 finds a least value of its own", () => {
  const scale = sliderScale("zero-log", 0, 1000);
  expect(scale.move(0, 1)).toBe(0.01);
  expect(scale.toValue(scale.toPosition(1))).toBe(1);
});

test("a linear slider counts in its step and ends on its maximum", () => {
  const scale = sliderScale("linear", 0, 1, 0.1);
  expect(scale.last).toBe(10);
  expect(scale.toValue(3)).toBe(0.3);
  expect(scale.toPosition(0.25)).toBeCloseTo(2.5, 9);
  expect(sliderScale("linear", 0, 0.999, 0.01).toValue(1000)).toBe(0.999);
  expect(sliderScale("linear", -4, 4).last).toBe(100);
});

test("values outside stand at the ends, and moves stop there", () => {
  const scale = sliderScale("log", 0.001, 1);
  expect(scale.toPosition(5)).toBe(scale.last);
  expect(scale.toPosition(1e-9)).toBe(0);
  expect(scale.move(1, 5)).toBe(1);
  expect(scale.move(0.001, -5)).toBe(0.001);
});

test("refuses ranges it cannot draw", () => {
  expect(() => sliderScale("log", 0, 1)).toThrow(/start above 0/);
  expect(() => sliderScale("linear", 1, 1)).toThrow(/no range/);
});
