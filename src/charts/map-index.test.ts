/** The index finds what a look at every point finds. */
import { assert, double, property } from "fast-check";
import { expect, test } from "vitest";
import { countIn, indexPoints, nearestIn, pointsIn } from "./map-index";

/** A cloud with a thick middle, strays, and two points that are nowhere. */
const positions = Float32Array.from({ length: 2_000 }, (_, i) => (i % 97 === 0 ? 40 : 3) * Math.sin(i * 1.7) * Math.cos(i * i));
positions[100] = Number.NaN;
positions[203] = Infinity;
const index = indexPoints(positions);
const at = (i: number) => [positions[i * 2]!, positions[i * 2 + 1]!] as const;
const coordinate = double({ min: -6, max: 6, noNaN: true });

test("the points of a range are those that lie in it, in rising order", () => {
  assert(
    property(coordinate, coordinate, coordinate, coordinate, (a, b, c, d) => {
      const range = { left: Math.min(a, b), right: Math.max(a, b), bottom: Math.min(c, d), top: Math.max(c, d) };
      const wanted = Array.from({ length: 1_000 }, (_, i) => i).filter((i) => {
        const [h, v] = at(i);
        return h >= range.left && h <= range.right && v >= range.bottom && v <= range.top;
      });
      expect([...pointsIn(index, range)]).toEqual(wanted);
      expect(countIn(index, range)).toBeGreaterThanOrEqual(wanted.length);
    }),
  );
});

test("everything in view is every point that is somewhere", () => {
  const all = { left: -1e9, right: 1e9, bottom: -1e9, top: 1e9 };
  expect(pointsIn(index, all)).toHaveLength(998);
  expect(countIn(index, all)).toBe(998);
});

test("the nearest shown point within reach is the nearest of all", () => {
  assert(
    property(coordinate, coordinate, double({ min: 0.01, max: 3, noNaN: true }), (h, v, radius) => {
      let [wanted, least] = [null as number | null, radius];
      for (let i = 0; i < 1_000; i += 2) {
        const far = Math.hypot(at(i)[0] - h, at(i)[1] - v);
        if (far < least) [wanted, least] = [i, far];
      }
      expect(nearestIn(index, h, v, radius, (i) => i % 2 === 0)).toBe(wanted);
    }),
  );
});

test("no points, or all in one place, do no harm", () => {
  expect(pointsIn(indexPoints(new Float32Array(0)), { left: -1, right: 1, bottom: -1, top: 1 })).toHaveLength(0);
  const one = indexPoints(new Float32Array(40).fill(2));
  expect(nearestIn(one, 2.1, 2, 0.2, () => true)).toBe(19); // of those in one place the last, which is painted uppermost
});
