import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "fflate";
import { expect, test } from "vitest";
import { DATASETS } from "../protocol/datasets";
import { coordinateByte, POINT_CLOUDS, type PointCloudId } from "./point-cloud";

const CLOUDS = Object.entries(POINT_CLOUDS) as [PointCloudId, (typeof POINT_CLOUDS)[PointCloudId]][];

/** The held-out points as they are shipped. */
function shipped(id: PointCloudId): { readonly points: number[][]; readonly labels: number[] } {
  const file = join(import.meta.dirname, "../../public/data", id, "held-out-00.bin");
  const bytes = gunzipSync(new Uint8Array(readFileSync(file)));
  const { image, heldOut } = DATASETS[id];
  const points = Array.from({ length: heldOut }, (_, i) =>
    Array.from(bytes.subarray(i * image.width, (i + 1) * image.width), (b) => b / 255),
  );
  return { points, labels: [...bytes.subarray(heldOut * image.width)] };
}

test.each(CLOUDS)("%s lies in the square or cube, four deviations of its noise from every edge", (id, { noise, place }) => {
  const { image, classes } = DATASETS[id];
  for (let label = 0; label < classes; label++) {
    for (let step = 0; step < 200; step++) {
      const at = place(label, step / 200, (step * 0.618) % 1);
      expect(at).toHaveLength(image.width);
      for (const value of at) expect(Math.abs(value - 0.5)).toBeLessThanOrEqual(0.5 - 4 * noise);
    }
  }
});

/** make_moons: the upper runs from (1, 0) to (−1, 0), the lower from (0, 0.5) to (2, 0.5); 3 wide, middle at y = 0.25. */
const inSquare = ([x, y]: readonly number[]) => [0.1 + (0.8 * (x! + 1)) / 3, 0.5 + (0.8 * (y! - 0.25)) / 3];

test("a moon's ends are those of make_moons, in the square", () => {
  const { place } = POINT_CLOUDS.moons;
  const ends = [place(0, 0, 0), place(0, 1, 0), place(1, 0, 0), place(1, 1, 0)];
  const wanted = [[1, 0], [-1, 0], [0, 0.5], [2, 0.5]].map(inSquare); // prettier-ignore
  ends.forEach((end, i) => end.forEach((value, c) => expect(value).toBeCloseTo(wanted[i]![c]!, 12)));
});

test.each(CLOUDS)("%s as shipped is its curve or surface, with the noise it says", (id, { noise, place }) => {
  const { classes } = DATASETS[id];
  const { points, labels } = shipped(id);
  const isSurface = id === "swissroll";
  const places = Array.from({ length: classes }, (_, label) =>
    Array.from({ length: isSurface ? 4_000 : 1_000 }, (_, i) =>
      isSurface ? place(label, Math.floor(i / 40) / 100, (i % 40) / 40) : place(label, i / 1_000, 0),
    ),
  );
  const distances = points.map((point, i) =>
    Math.min(...places[labels[i]!]!.map((at) => Math.hypot(...at.map((value, c) => value - point[c]!)))),
  );
  // What is left of the noise across a curve or surface: a root mean square of at most √3 deviations, and rounding to 255ths.
  const rms = Math.sqrt(distances.reduce((sum, d) => sum + d * d, 0) / distances.length);
  const grid = isSurface ? 0.012 : 0; // places lie this far apart
  expect(rms).toBeLessThan(Math.sqrt(3) * noise + 1 / 255 + grid);
  expect(rms).toBeGreaterThan(0.5 * noise);
});

test("what noise carries over the edge stays on it", () => {
  expect([-0.2, 0, 0.5, 1, 1.3].map(coordinateByte)).toEqual([0, 0, 128, 255, 255]);
});
