/**
 * Draws one sprite of the `shapes` data set from its factors, anti-aliased.
 *
 * The shipped images are its output, and a test draws them again. Does not choose
 * factors: that is `scripts/data/shapes.ts`. After the idea of dSprites (Matthey
 * et al. 2017): images of which it is known what they vary in.
 */
import type { ImageShape } from "../protocol/datasets";

export const SHAPES_IMAGE: ImageShape = { height: 32, width: 32, channels: 1 };

/** In the order of the labels. */
export const SHAPE_NAMES = ["square", "ellipse", "heart"] as const;

/** The factors of one sprite; every one of them can be seen in the image. */
export interface SpriteFactors {
  /** Index into `SHAPE_NAMES`. */
  readonly shape: number;
  /** Radius of the circle around the shape, pixels. */
  readonly size: number;
  /** Counter-clockwise turn, radians, in [0, `SYMMETRY_ANGLES[shape]`): further turns repeat the image. */
  readonly angle: number;
  /** Centre, pixels from the left edge. */
  readonly x: number;
  /** Centre, pixels from the upper edge. */
  readonly y: number;
}

/** The least turn that leaves each shape as it was, radians. */
export const SYMMETRY_ANGLES = [Math.PI / 2, Math.PI, 2 * Math.PI] as const;

/** Samples along a side of a pixel: 64 in all, so that an edge has 65 greys. */
const SAMPLES = 8;

/** Whether a point is inside a shape whose surrounding circle has radius 1; y points up. */
const INSIDE: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= Math.SQRT1_2,
  (x, y) => x * x + 4 * y * y <= 1,
  isInHeart,
];

/** (x² + y² − 1)³ ≤ x² y³, whose smallest surrounding circle has radius 1.26 about (0, 0.25). */
function isInHeart(unitX: number, unitY: number): boolean {
  const x = 1.26 * unitX;
  const y = 1.26 * unitY + 0.25;
  const a = x * x + y * y - 1;
  return a * a * a <= x * x * y * y * y;
}

/**
 * Writes the sprite, light on dark, to `out`.
 *
 * @param out `[height, width]`, bytes 0 … 255: the covered part of each pixel
 */
export function drawSprite({ shape, size, angle, x, y }: SpriteFactors, out: Uint8Array): void {
  const { height, width } = SHAPES_IMAGE;
  const isInside = INSIDE[shape];
  if (isInside === undefined) throw new RangeError(`drawSprite: there is no shape ${shape}, there are ${INSIDE.length}`);
  const cos = Math.cos(angle) / size;
  const sin = Math.sin(angle) / size;
  out.fill(0);
  for (let row = Math.max(0, Math.floor(y - size)); row < Math.min(height, y + size); row++) {
    for (let column = Math.max(0, Math.floor(x - size)); column < Math.min(width, x + size); column++) {
      let covered = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const right = column + ((sample % SAMPLES) + 0.5) / SAMPLES - x;
        const up = y - row - (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
        if (isInside(right * cos + up * sin, up * cos - right * sin)) covered++;
      }
      out[row * width + column] = Math.round((covered * 255) / (SAMPLES * SAMPLES));
    }
  }
}
