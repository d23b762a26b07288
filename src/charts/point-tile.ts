/**
 * A point as the pixels of a small image: a soft dot in the frame of its space, for the
 * decoder grid, which is made of images.
 */
import { FIRST_TURN, projectPoints, spaceScales, type Coordinates } from "./data-space-layout";
import type { PaintShape } from "./paint-image";

/** Sides of such a picture, in pixels, and the dot in it. */
const SIDE = 28;
const RADIUS = 2.6;

export const POINT_SHAPE: PaintShape = { height: SIDE, width: SIDE, channels: 1 };

/**
 * @param point two or three coordinates; a dot outside the frame is not to be seen
 * @returns `[28, 28]`, in [0, 1]
 */
export function pointTile(point: ArrayLike<number>): Float32Array {
  const coordinates = point.length as Coordinates;
  const scales = spaceScales(coordinates, { widthPx: SIDE, heightPx: SIDE });
  const places = projectPoints(point, coordinates, FIRST_TURN, scales);
  const [x, y, depth] = [places[0]!, places[1]!, places[2]!];
  const radius = RADIUS * (1 - 0.25 * depth); // nearer is larger
  const pixels = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y);
      // One pixel of fading makes the edge smooth; a place that is no number leaves the frame empty.
      pixels[row * SIDE + column] = Math.min(1, Math.max(0, radius + 0.5 - distance)) || 0;
    }
  }
  return pixels;
}

/** Whether what stands where images do is a point: a row of two or three numbers. */
export function isPointShape({ height, width, channels }: PaintShape): boolean {
  return height === 1 && channels === 1 && (width === 2 || width === 3);
}
