/** Packed bytes to pixels in [0, 1]: image after image, or the rows of a batch. */
import type { Bytes, Floats } from "../protocol/messages";

/** byte / 255 as a float32, so that no two places divide differently. */
const PIXEL_OF_BYTE = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Writes images `indices` of `bytes` to `out`, `[indices.length, pixels]`. */
export function gatherImages(bytes: Bytes, pixels: number, indices: Uint32Array, out: Float32Array): void {
  for (let row = 0; row < indices.length; row++) {
    const from = indices[row]! * pixels;
    const to = row * pixels;
    for (let i = 0; i < pixels; i++) out[to + i] = PIXEL_OF_BYTE[bytes[from + i]!]!;
  }
}

/** `count` images from image `first` on, `[count, pixels]`. */
export function unpackImages(bytes: Bytes, pixels: number, first: number, count: number): Floats {
  const out = new Float32Array(count * pixels);
  const from = first * pixels;
  for (let i = 0; i < out.length; i++) out[i] = PIXEL_OF_BYTE[bytes[from + i]!]!;
  return out;
}
