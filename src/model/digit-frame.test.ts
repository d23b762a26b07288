import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillUniform } from "../lib/random";
import { centerOfMass, frameDigit, frameFor } from "./digit-frame";
import { fitPicture, sampleArea, type Picture } from "./picture";
import { blankSheet, drawStroke, type PenPoint } from "./stroke-raster";

function noise(width: number, height: number, channels = 1): Picture {
  const pixels = new Float32Array(width * height * channels);
  fillUniform({ seed: 3, stream: 90 }, width * 100 + height, pixels);
  return { width, height, channels, pixels };
}

/** Mean over a rectangle from sums over corners: the integral of the picture from its top left, bilinear between whole pixels. */
function twinMean({ width, height, pixels }: Picture, left: number, top: number, step: number, ground: number): number {
  const sums = Array.from({ length: height + 1 }, () => new Float64Array(width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sums[y + 1]![x + 1] = sums[y]![x + 1]! + sums[y + 1]![x]! - sums[y]![x]! + pixels[y * width + x]! - ground;
    }
  }
  const integral = (x: number, y: number) => {
    const [cx, cy] = [Math.min(width, Math.max(0, x)), Math.min(height, Math.max(0, y))];
    const [i, j] = [Math.min(width - 1, Math.floor(cx)), Math.min(height - 1, Math.floor(cy))];
    const [u, v] = [cx - i, cy - j];
    return (1 - v) * ((1 - u) * sums[j]![i]! + u * sums[j]![i + 1]!) + v * ((1 - u) * sums[j + 1]![i]! + u * sums[j + 1]![i + 1]!);
  };
  const [right, bottom] = [left + step, top + step];
  return ground + (integral(right, bottom) - integral(left, bottom) - integral(right, top) + integral(left, top)) / step ** 2;
}

/** The pictures are float32. */
const CLOSE = 1e-6;

test.each([
  ["smaller", 37, 51, 4.3, -3.2, 1.7],
  ["larger", 9, 5, 0.31, 0.4, -0.2],
  ["beyond every edge", 6, 6, 1, -9, -9],
])("area means match sums over corners: %s", (_, width, height, step, left, top) => {
  const picture = noise(width, height);
  const frame = { width: 20, height: 14 };
  const sampled = sampleArea(picture, { left, top, step }, frame, [0.25]);
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      const twin = twinMean(picture, left + x * step, top + y * step, step, 0.25);
      expect(Math.abs(sampled.pixels[y * frame.width + x]! - twin)).toBeLessThan(CLOSE);
    }
  }
});

test("each colour is sampled by itself", () => {
  const picture = noise(11, 7, 3);
  const fitted = fitPicture(picture, { width: 8, height: 8 }, [1, 0.5, 0]);
  for (let c = 0; c < 3; c++) {
    const grey = { ...picture, channels: 1, pixels: picture.pixels.filter((_, i) => i % 3 === c) };
    expect(fitted.pixels.filter((_, i) => i % 3 === c)).toEqual(fitPicture(grey, { width: 8, height: 8 }, [[1, 0.5, 0][c]!]).pixels);
  }
});

/** A drawing of some strokes, moved and enlarged. */
function drawing(points: readonly PenPoint[], { scale = 1, x = 0, y = 0, side = 224 } = {}): Picture {
  const sheet = blankSheet(side, [0]);
  const moved = points.map((point) => ({ x: point.x * scale + x, y: point.y * scale + y, radius: point.radius * scale }));
  drawStroke(sheet, { colour: [1], points: moved });
  return sheet;
}

const SEVEN: readonly PenPoint[] = [
  { x: 0.2, y: 0.2, radius: 0.03 },
  { x: 0.5, y: 0.2, radius: 0.03 },
  { x: 0.3, y: 0.6, radius: 0.03 },
];

/** Columns and rows with any ink. */
function extent({ width, height, pixels }: Picture): [number, number] {
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) => pixels.some((ink, i) => ink > 0 && i % width === x));
  const rows = Array.from({ length: height }, (_, y) => y).filter((y) =>
    pixels.subarray(y * width, (y + 1) * width).some((ink) => ink > 0),
  );
  return [columns.at(-1)! - columns[0]! + 1, rows.at(-1)! - rows[0]! + 1];
}

const framed = (picture: Picture) => frameDigit(picture)!.at(-1)!.picture.pixels;
const mass = (picture: Picture) => picture.pixels.reduce((sum, ink) => sum + ink, 0);

describe("a digit as MNIST frames it", () => {
  test("its longer side is 20 pixels, its aspect stays, its mass is in the middle", () => {
    const [crop, scale, center] = frameDigit(drawing(SEVEN))!.map(({ picture }) => picture);
    expect(Math.max(...extent(scale!))).toBe(20);
    expect(scale!.width).toBe(Math.ceil((20 * crop!.width) / crop!.height));
    expect([center!.width, center!.height]).toEqual([28, 28]);
    for (const coordinate of centerOfMass(center!)) expect(Math.abs(coordinate - 14)).toBeLessThanOrEqual(0.5);
    expect(extent(center!)).toEqual(extent(scale!));
  });

  test("where it was drawn does not matter, nor how large", () => {
    const plain = framed(drawing(SEVEN));
    // Moved by whole pixels of the sheet, the picture is the same to the last bit.
    expect(framed(drawing(SEVEN, { x: 32 / 224, y: 16 / 224 }))).toEqual(plain);
    // Enlarged, only the edges' softness and the box's rounding to whole pixels differ: of a 90 px digit half a pixel is 0.1 of MNIST's.
    const large = framed(drawing(SEVEN, { scale: 1.5, x: -0.1 }));
    const apart = plain.reduce((sum, ink, i) => sum + Math.abs(ink - large[i]!), 0) / plain.reduce((sum, ink) => sum + ink, 0);
    expect(apart).toBeLessThan(0.1);
  });

  test("any drawing: in its frame, centred unless it would be cut, with all its ink", () => {
    const unit = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const point = fc.record({ x: unit, y: unit, radius: fc.double({ min: 0.02, max: 0.06, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 4 }), (points) => {
        const steps = frameDigit(drawing(points, { side: 112 }))!;
        const [scale, center] = [steps[1]!.picture, steps[2]!.picture];
        expect(mass(center)).toBeCloseTo(mass(scale), 3);
        const edges = [scale.width, scale.height].map((size) => 28 - size);
        centerOfMass(center).forEach((coordinate, axis) => {
          const offset = coordinate - centerOfMass(scale)[axis]!;
          const isAtEdge = Math.abs(offset) < 1e-6 || Math.abs(offset - edges[axis]!) < 1e-6;
          expect(isAtEdge || Math.abs(coordinate - 14) <= 0.5 + 1e-6).toBe(true);
        });
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  test("an empty sheet is no digit", () => {
    expect(frameDigit(blankSheet(50, [0]))).toBeNull();
    expect(frameFor("shapes", blankSheet(50, [0]), [0])).toBeNull();
  });
});

test("other data sets: a garment fills the frame's longer side, a sprite stays where it stands, colours stay colours", () => {
  const garment = frameFor("fashion", drawing(SEVEN), [0])!;
  expect(garment.map(({ id }) => id)).toEqual(["crop", "fit"]);
  expect(Math.max(...extent(garment[1]!.picture))).toBe(28);
  const sprite = frameFor("shapes", drawing([{ x: 0.25, y: 0.75, radius: 0.1 }]), [0])!;
  const [across, down] = centerOfMass(sprite.at(-1)!.picture);
  expect([across, down].map((at) => at.toFixed(2))).toEqual(["8.00", "24.00"]);
  const emoji = frameFor("emoji", noise(64, 32, 3), [1, 1, 1])!.at(-1)!.picture;
  expect([emoji.width, emoji.height, emoji.channels]).toEqual([32, 32, 3]);
  expect(Array.from(emoji.pixels.subarray(0, 3))).toEqual([1, 1, 1]); // above the picture
});
