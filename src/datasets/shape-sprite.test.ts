import { expect, test } from "vitest";
import { pixelCount } from "../protocol/datasets";
import { drawSprite, SHAPE_NAMES, SHAPES_IMAGE, SYMMETRY_ANGLES, type SpriteFactors } from "./shape-sprite";

const { width } = SHAPES_IMAGE;

function draw(factors: SpriteFactors): Uint8Array {
  const out = new Uint8Array(pixelCount(SHAPES_IMAGE));
  drawSprite(factors, out);
  return out;
}

/** Covered area, pixels. */
const area = (image: Uint8Array) => image.reduce((sum, byte) => sum + byte / 255, 0);

function centreOf(image: Uint8Array): { x: number; y: number } {
  let x = 0;
  let y = 0;
  image.forEach((byte, i) => {
    x += (byte / 255) * ((i % width) + 0.5);
    y += (byte / 255) * (Math.floor(i / width) + 0.5);
  });
  return { x: x / area(image), y: y / area(image) };
}

const upright: SpriteFactors = { shape: 0, size: 8, angle: 0, x: 16, y: 16 };

// With a surrounding circle of radius r: square 2 r², ellipse of half-axes r and r / 2 π r² / 2; the heart's 2.305 r² by
// numerical integration. Sampled 8 × 8 times a pixel, slanted edges average out to within half a hundredth of the area;
// edges along the samples would not, so that no turn is 0.
test.each([
  [0, 2],
  [1, Math.PI / 2],
  [2, 2.305],
])("shape %i covers its area, at any turn", (shape, unitArea) => {
  for (const angle of [0.2, 0.6, 1.1]) {
    expect(area(draw({ ...upright, shape, angle })) / (unitArea * 64)).toBeCloseTo(1, 2);
  }
});

test("stands where x and y say, y downwards", () => {
  const { x, y } = centreOf(draw({ ...upright, shape: 1, angle: 0.7, x: 11.25, y: 20.5 }));
  expect(x).toBeCloseTo(11.25, 1); // a twentieth of a pixel: sampling
  expect(y).toBeCloseTo(20.5, 1);
});

test("turns counter-clockwise: an ellipse at 45° rises to the right", () => {
  const image = draw({ ...upright, shape: 1, angle: Math.PI / 4 });
  expect(image[11 * width + 20]).toBe(255); // up and right of the centre
  expect(image[20 * width + 20]).toBe(0); // down and right
});

test("the heart stands on its tip", () => {
  const image = draw({ ...upright, shape: 2 });
  const rowArea = (row: number) => area(image.subarray(row * width, (row + 1) * width));
  expect(rowArea(12)).toBeGreaterThan(2 * rowArea(21));
});

test("repeats after its symmetry angle and not before, where it has one", () => {
  SHAPE_NAMES.forEach((_, shape) => {
    // Not 0: there an edge runs along the samples, and a rounding decides them.
    const image = draw({ ...upright, shape, angle: 0.3 });
    expect(draw({ ...upright, shape, angle: 0.3 + SYMMETRY_ANGLES[shape]! })).toEqual(image);
    expect(draw({ ...upright, shape, angle: 0.3 + SYMMETRY_ANGLES[shape]! / 2 })).not.toEqual(image);
  });
});

test("edges are grey", () => {
  const greys = new Set(draw({ ...upright, angle: 0.3 }));
  expect(greys.size).toBeGreaterThan(10);
});

test("refuses a shape that is not there", () => {
  expect(() => draw({ ...upright, shape: 3 })).toThrow(RangeError);
});
