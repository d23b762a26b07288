/** Where along a path a runner stands. */
import { expect, test } from "vitest";
import { placeAlong } from "./map-marks";

test("a runner goes from point to point at an even share of the way", () => {
  const places = Float32Array.of(0, 0, 2, 0, 2, 4);
  expect(placeAlong(places, 0)).toEqual({ h: 0, v: 0 });
  expect(placeAlong(places, 0.25)).toEqual({ h: 1, v: 0 });
  expect(placeAlong(places, 0.75)).toEqual({ h: 2, v: 2 });
  expect(placeAlong(places, 1)).toEqual({ h: 2, v: 4 });
  expect(placeAlong(places, 7)).toEqual({ h: 2, v: 4 });
  expect(placeAlong(new Float32Array(0), 0.5)).toBeNull();
});
