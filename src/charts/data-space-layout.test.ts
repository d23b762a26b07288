import { expect, test } from "vitest";
import { depthStrength, FIRST_TURN, paintOrder, projectPoints, spaceEdges, spaceScales, SPACE_TICKS, turnBy } from "./data-space-layout";

const FRAME = { widthPx: 300, heightPx: 200 };
const LEVEL = { yaw: 0, pitch: 0 };
/** To a thousandth: places are float32. */
const rounded = (places: ArrayLike<number>) => Array.from(places, (value) => Math.round(value * 1000) / 1000 + 0);

test("the plane is drawn as it is, up is more, its middle in the middle", () => {
  const scales = spaceScales(2, FRAME);
  const half = 0.5 * scales.unit;
  const places = projectPoints([0.5, 0.5, 1, 0.5, 0.5, 1], 2, FIRST_TURN, scales);
  expect(rounded(places)).toEqual(rounded([150, 100, 0, 150 + half, 100, 0, 150, 100 - half, 0]));
  expect(0.5 * scales.unit).toBeLessThan(100); // the whole square is in the frame
});

test("seen level and straight on, the first axis runs right, the third up, the second away", () => {
  const scales = spaceScales(3, FRAME);
  const [x, y, depth] = projectPoints([1, 1, 1], 3, LEVEL, scales);
  expect(rounded([x!, y!])).toEqual(rounded([150 + 0.5 * scales.unit, 100 - 0.5 * scales.unit]));
  expect(depth).toBeGreaterThan(0);
});

test("seen from above, the second axis runs up and the third comes nearer", () => {
  const scales = spaceScales(3, FRAME);
  const places = projectPoints([0.5, 1, 0.5, 0.5, 0.5, 1], 3, { yaw: 0, pitch: Math.PI / 2 }, scales);
  expect(rounded(places.subarray(0, 3))).toEqual(rounded([150, 100 - 0.5 * scales.unit, 0]));
  expect(rounded(places.subarray(3, 5))).toEqual([150, 100]);
  expect(places[5]).toBeLessThan(0);
});

test("a quarter turn brings the second axis to where the first was", () => {
  const scales = spaceScales(3, FRAME);
  const turned = projectPoints([0.5, 1, 0.5], 3, { yaw: Math.PI / 2, pitch: 0 }, scales);
  expect(rounded(turned)).toEqual(rounded(projectPoints([1, 0.5, 0.5], 3, LEVEL, scales)));
});

test("whatever the turn, the cube stays in the picture and its lengths add up", () => {
  const scales = spaceScales(3, FRAME);
  const corners = Array.from({ length: 8 }, (_, i) => [i & 1, (i >> 1) & 1, i >> 2]).flat();
  for (let yaw = -3; yaw <= 3; yaw += 0.7) {
    for (let pitch = -1.5; pitch <= 1.5; pitch += 0.5) {
      const places = projectPoints(corners, 3, { yaw, pitch }, scales);
      for (let i = 0; i < 8; i++) {
        const [dx, dy] = [(places[i * 3]! - 150) / scales.unit, (places[i * 3 + 1]! - 100) / scales.unit];
        expect(Math.abs(dy) * scales.unit).toBeLessThan(100);
        // A turn keeps lengths: of each corner √3 / 2 from the middle.
        expect(Math.hypot(dx, dy, places[i * 3 + 2]! * (Math.sqrt(3) / 2))).toBeCloseTo(Math.sqrt(3) / 2, 4);
      }
    }
  }
});

test("turning goes round and round, tilting ends upright and upside down", () => {
  expect(turnBy({ yaw: 3, pitch: 0 }, 0.5, 0).yaw).toBeCloseTo(3.5 - 2 * Math.PI, 12);
  expect(turnBy(LEVEL, 0, 9).pitch).toBe(Math.PI / 2);
  expect(turnBy(LEVEL, 0, -9).pitch).toBe(-Math.PI / 2);
});

test("the farthest is painted first and faintest, what is no number not at all", () => {
  const places = Float32Array.from([0, 0, -0.5, 1, 1, 0.5, Number.NaN, 0, 0]);
  expect(paintOrder(places)).toEqual([1, 0]);
  expect(depthStrength(-1)).toBe(1);
  expect(depthStrength(1)).toBeGreaterThan(0.2);
});

test("a square has four sides and a cube twelve edges; two and three of them are axes from the origin", () => {
  const square = spaceEdges(2, LEVEL, spaceScales(2, FRAME));
  expect(square.map(({ coordinate }) => coordinate)).toEqual([0, 1, null, null]);
  const cube = spaceEdges(3, FIRST_TURN, spaceScales(3, FRAME));
  expect(cube).toHaveLength(12);
  expect(cube.flatMap(({ coordinate }) => coordinate ?? [])).toEqual([0, 1, 2]);
  expect(SPACE_TICKS).toEqual([0, 0.5, 1]);
});
