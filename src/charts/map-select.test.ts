/** Drawing around points. */
import { expect, test } from "vitest";
import { changeSelection, isWithin, pointsWithin } from "./map-select";

const at = (...places: readonly (readonly [number, number])[]) => places.map(([h, v]) => ({ h, v }));
/** A square with a notch from the right. */
const notched = at([0, 0], [4, 0], [1, 2], [4, 4], [0, 4]);

test("within is within, whichever way round, and a notch is outside", () => {
  for (const corners of [notched, notched.toReversed()]) {
    expect(isWithin(corners, 0.5, 2)).toBe(true);
    expect(isWithin(corners, 3, 2)).toBe(false);
    expect(isWithin(corners, 3, 0.5)).toBe(true);
    expect(isWithin(corners, -1, 2)).toBe(false);
  }
});

test("shown points alone are found, with the numbers they go by", () => {
  const positions = Float32Array.of(0.5, 2, 3, 2, 3, 0.5, Number.NaN, 1, 0.5, 1);
  expect(pointsWithin(notched, positions, () => true)).toEqual([0, 2, 4]);
  expect(pointsWithin(notched, positions, (i) => i !== 2, 100)).toEqual([100, 104]);
});

test("a selection is replaced, added to and taken from", () => {
  expect(changeSelection([1, 5], [3], "replace")).toEqual([3]);
  expect(changeSelection([1, 5], [3, 5], "add")).toEqual([1, 3, 5]);
  expect(changeSelection([1, 5], [5, 9], "remove")).toEqual([1]);
  expect(changeSelection([1], [1], "remove")).toBeNull();
  expect(changeSelection(null, [], "replace")).toBeNull();
});
