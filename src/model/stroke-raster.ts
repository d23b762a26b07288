/**
 * Strokes of a pen as a picture, drawn by distance: each piece of a stroke is a line with
 * round ends, its edge one pixel soft. Our own, so that no browser's canvas has a hand in
 * what the encoder sees.
 */
import { clamp } from "../lib/clamp";
import type { Floats } from "../protocol/messages";
import type { Picture } from "./picture";

/** In parts of the picture's side, from its top left corner. */
export interface PenPoint {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface Stroke {
  /** One value for each channel, in [0, 1]; a grey pen's is [1]. */
  readonly colour: readonly number[];
  readonly points: readonly PenPoint[];
}

/** An empty square sheet. */
export function blankSheet(side: number, ground: readonly number[]): Picture {
  const pixels: Floats = new Float32Array(side * side * ground.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = ground[i % ground.length]!;
  return { height: side, width: side, channels: ground.length, pixels };
}

/** Draws from point to point, in place; a stroke of one point is a dot. */
export function drawStroke(sheet: Picture, { colour, points }: Stroke): void {
  const cover = blankCover(sheet);
  points.forEach((to, i) => drawSegment(sheet, points[Math.max(0, i - 1)]!, to, colour, cover));
}

/** How much of each pixel a stroke has covered so far: nothing, `[height, width]`. */
export function blankCover({ height, width }: Picture): Floats {
  return new Float32Array(height * width);
}

/**
 * A line that gets thicker or thinner from one point to the other, in place.
 *
 * @param cover of the stroke that this is a piece of, kept up to date: a pixel is covered as much as by its best piece, so that the
 * joints of a line do not show
 */
export function drawSegment(sheet: Picture, from: PenPoint, to: PenPoint, colour: readonly number[], cover: Floats): void {
  const { width: side, channels, pixels } = sheet;
  const [x0, y0, dx, dy] = [from.x * side, from.y * side, (to.x - from.x) * side, (to.y - from.y) * side];
  const [r0, dr] = [from.radius * side, (to.radius - from.radius) * side];
  const square = dx * dx + dy * dy;
  const reach = Math.max(r0, r0 + dr) + 1;
  const first = (one: number, other: number) => Math.max(0, Math.floor(Math.min(one, other) - reach));
  const last = (one: number, other: number) => Math.min(side - 1, Math.ceil(Math.max(one, other) + reach));
  for (let y = first(y0, y0 + dy); y <= last(y0, y0 + dy); y++) {
    for (let x = first(x0, x0 + dx); x <= last(x0, x0 + dx); x++) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
      const along = square > 0 ? clamp((px * dx + py * dy) / square, 0, 1) : 0;
      const now = clamp(r0 + along * dr + 0.5 - Math.hypot(px - along * dx, py - along * dy), 0, 1);
      const before = cover[y * side + x]!;
      if (now <= before) continue;
      cover[y * side + x] = now;
      const at = (y * side + x) * channels;
      if (channels === 1)
        pixels[at] = Math.max(pixels[at]!, now * colour[0]!); // ink over ink is no darker
      else for (let c = 0; c < channels; c++) pixels[at + c]! += ((now - before) / (1 - before)) * (colour[c]! - pixels[at + c]!);
    }
  }
}
