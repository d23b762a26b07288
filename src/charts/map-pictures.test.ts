/** When images stand in for points, how large, and which. */
import { expect, test } from "vitest";
import { pictureSize, placePictures, spacingOf, type PicturePoint } from "./map-pictures";

const point = (index: number, xPx: number, yPx: number): PicturePoint => ({ point: index, xPx, yPx, label: 0 });

test("the distance between points is that of the crowd, however much free space there is around it", () => {
  // Evenly spread over 600 × 600 pixels: sqrt(360,000 / n).
  const spread = Array.from({ length: 1_600 }, (_, i) => point(i, ((i * 0.618034) % 1) * 600, ((i * 0.7548777) % 1) * 600));
  expect(spacingOf(spread)).toBeCloseTo(15, -1);
  const crowd = spread.map(({ point: index, xPx, yPx }) => point(index, 200 + xPx / 4, 200 + yPx / 4));
  expect(spacingOf(crowd)).toBeLessThan(5);
  expect(spacingOf([point(0, 5, 5), point(1, 500, 5)])).toBe(Infinity);
});

test("crowds are dots, a few are images, and between the two it is a steady fade", () => {
  expect(pictureSize(8).alpha).toBe(0);
  expect(pictureSize(60).alpha).toBe(1);
  let before = 0;
  for (let apartPx = 10; apartPx < 40; apartPx++) {
    const { alpha } = pictureSize(apartPx);
    expect(alpha).toBeGreaterThanOrEqual(before);
    before = alpha;
  }
  expect(pictureSize(Infinity).sidePx).toBe(64);
});

test("no image lies over another, and who comes first in the data set has one", () => {
  const points = Array.from({ length: 500 }, (_, i) => point(i, 300 + 290 * Math.sin(i * 12.9), 300 + 290 * Math.cos(i * 7.7)));
  const placed = placePictures(points, 40);
  expect(placed[0]).toBe(points[0]);
  expect(placed.length).toBeGreaterThan(60);
  placed.forEach((a, i) => {
    for (const b of placed.slice(i + 1)) expect(Math.max(Math.abs(a.xPx - b.xPx), Math.abs(a.yPx - b.yPx))).toBeGreaterThanOrEqual(40);
  });
  // Whoever has none would have lain over one before it.
  for (const left of points.filter((each) => !placed.includes(each))) {
    expect(placed.some((a) => a.point < left.point && Math.max(Math.abs(a.xPx - left.xPx), Math.abs(a.yPx - left.yPx)) < 40 * 1.08)).toBe(
      true,
    );
  }
});

const names = (placed: readonly PicturePoint[]) => placed.map((each) => each.point);

test("a pan leaves every image where it is on the map", () => {
  const points = Array.from({ length: 200 }, (_, i) => point(i, 300 + 200 * Math.sin(i * 12.9), 300 + 200 * Math.cos(i * 7.7)));
  const moved = points.map(({ point: index, xPx, yPx }) => point(index, xPx - 133, yPx + 57));
  expect(names(placePictures(moved, 30))).toEqual(names(placePictures(points, 30)));
});
