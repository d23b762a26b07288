/**
 * Pixels of an image → RGBA bytes. Grey images are laid between two colours, so that
 * inputs are ink and reconstructions orange on either theme; colour images stay as
 * they are.
 */
import type { Rgb } from "./ink";

/** Row by row, channels innermost: 1 (grey) or 3 (colour). */
export interface PaintShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The part of `ImageData` that is written to. */
export interface PaintTarget {
  readonly data: Uint8ClampedArray;
  readonly width: number;
}

/**
 * Writes one image into `target` with its top left corner at (`x0`, `y0`).
 *
 * @param pixels `[height, width, channels]`, 0 … `scale`; values outside are clipped, NaN counts as 0
 * @param from the colour of 0; `to`: the colour of `scale`
 */
export function paintImage(
  target: PaintTarget,
  x0: number,
  y0: number,
  pixels: ArrayLike<number>,
  scale: 1 | 255,
  { height, width, channels }: PaintShape,
  from: Rgb,
  to: Rgb,
): void {
  const { data } = target;
  const [red, green, blue] = from;
  const [dRed, dGreen, dBlue] = [to[0] - red, to[1] - green, to[2] - blue];
  for (let row = 0; row < height; row++) {
    let at = ((y0 + row) * target.width + x0) * 4;
    let i = row * width * channels;
    for (let column = 0; column < width; column++, at += 4, i += channels) {
      if (channels === 3) {
        const toByte = 255 / scale;
        data[at] = pixels[i]! * toByte;
        data[at + 1] = pixels[i + 1]! * toByte;
        data[at + 2] = pixels[i + 2]! * toByte;
      } else {
        const part = unit(pixels[i]! / scale);
        data[at] = red + part * dRed;
        data[at + 1] = green + part * dGreen;
        data[at + 2] = blue + part * dBlue;
      }
      data[at + 3] = 255;
    }
  }
}

function unit(value: number): number {
  return value > 0 ? Math.min(value, 1) : 0;
}
