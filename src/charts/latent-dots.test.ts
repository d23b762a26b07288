/** Dots stamped into bytes: where they are, how large, and over what. */
import { expect, test } from "vitest";
import { dotRadius, DotStamps, type DotLook } from "./latent-dots";

const look: DotLook = {
  radiusPx: 3,
  pixelRatio: 1,
  colours: [
    [200, 0, 0],
    [0, 0, 100],
  ],
  edge: [255, 255, 255],
};
const scales = { originX: 0, originY: 0, unitX: 1, unitY: 1 };

function paint(
  points: readonly (readonly [number, number])[],
  labels: readonly number[],
  options: Partial<DotLook> = {},
  hidden: number[] = [],
) {
  const target = { data: new Uint8ClampedArray(40 * 30 * 4), width: 40, height: 30 };
  const dots = { positions: Float32Array.from(points.flat()), labels, hiddenClasses: new Set(hidden), scales };
  new DotStamps({ ...look, ...options }).paint(target, dots);
  return (x: number, y: number) => [...target.data.subarray((y * 40 + x) * 4, (y * 40 + x) * 4 + 4)];
}

/** Sum of alphas, in pixels, and their middle. */
function mass(at: (x: number, y: number) => number[]) {
  let [sum, x, y] = [0, 0, 0];
  for (let i = 0; i < 40 * 30; i++) {
    const [column, row] = [i % 40, Math.floor(i / 40)];
    const alpha = at(column, row)[3]! / 255;
    sum += alpha;
    x += alpha * (column + 0.5);
    y += alpha * (row + 0.5);
  }
  return { sum, x: x / sum, y: y / sum };
}

test("a dot is opaque in its class's colour, has a pale edge, and nothing around it", () => {
  const at = paint([[20, 15]], [0]);
  expect(at(20, 15)).toEqual([200, 0, 0, 255]);
  const [red, green, blue, alpha] = at(23, 15); // half a pixel past the rim
  expect(green).toBe(blue);
  expect(green).toBeGreaterThan(100);
  expect(red).toBeGreaterThan(200);
  expect(alpha).toBeLessThan(255);
  expect(at(26, 15)).toEqual([0, 0, 0, 0]);
});

test("its area and its middle are those of a disc, wherever it lies within a pixel", () => {
  for (const [x, y] of [
    [20, 15],
    [20.3, 15.6],
    [20.9, 14.99],
  ] as const) {
    const { sum, x: middleX, y: middleY } = mass(paint([[x, y]], [0]));
    const area = Math.PI * 9 + 0.6 * Math.PI * (3.8 ** 2 - 9); // disc, and an edge of 0.8 px at 60 %
    expect(sum / area).toBeCloseTo(1, 1);
    expect(Math.abs(middleX - x)).toBeLessThan(0.14); // places are rounded to a quarter of a pixel
    expect(Math.abs(middleY - y)).toBeLessThan(0.14);
  }
});

test("it grows with the pixels of the screen", () => {
  const { sum, x } = mass(paint([[10, 7]], [0], { pixelRatio: 2 }));
  expect(x).toBeCloseTo(20, 0);
  expect(sum).toBeGreaterThan(Math.PI * 36);
});

test("a later point lies over an earlier one, and its edge is blended with it", () => {
  const at = paint(
    [
      [18, 15],
      [21, 15],
    ],
    [0, 1],
  );
  expect(at(21, 15)).toEqual([0, 0, 100, 255]);
  const [red, , blue, alpha] = at(17, 15); // within the first dot, at the second one's edge
  expect(alpha).toBe(255);
  expect(red).toBeGreaterThanOrEqual(200);
  expect(blue).toBeGreaterThan(0);
});

test("hidden classes and points without a place leave nothing", () => {
  const at = paint(
    [
      [20, 15],
      [Number.NaN, 3],
      [1e9, 1e9],
    ],
    [1, 0, 0],
    {},
    [1],
  );
  expect(mass(at).sum).toBe(0);
});

test("a dot over the edge of the picture is cut off, not wrapped around", () => {
  const left = paint([[0, 15]], [0]);
  expect(left(0, 15)).toEqual([200, 0, 0, 255]);
  for (let y = 0; y < 30; y++) expect(left(39, y)[3]).toBe(0);
  const right = paint([[39.5, 15]], [0]);
  expect(right(39, 15)).toEqual([200, 0, 0, 255]);
  for (let y = 0; y < 30; y++) expect(right(0, y)[3]).toBe(0);
});

test("a new picture starts from nothing", () => {
  const target = { data: new Uint8ClampedArray(40 * 30 * 4).fill(99), width: 40, height: 30 };
  new DotStamps(look).paint(target, { positions: new Float32Array(0), labels: [], hiddenClasses: new Set(), scales });
  expect(target.data.every((byte) => byte === 0)).toBe(true);
});

test("many points are drawn small, few are not drawn huge", () => {
  const frame = { widthPx: 480, heightPx: 480 };
  expect(dotRadius(5000, frame)).toBeLessThan(dotRadius(1000, frame));
  expect(dotRadius(3, frame)).toBe(3);
  expect(dotRadius(1_000_000, frame)).toBe(0.9);
});
