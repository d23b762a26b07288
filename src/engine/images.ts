/**
 * Packed bytes to what a network is given: pixels in [0, 1] or drawn black and white,
 * spoilt where the encoder is to see them so, and labels one-hot.
 */
import { binarise, corrupt, isBinarised, isCorrupted, type Draws } from "../model/corruption";
import type { Bytes, Floats } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";
import type { Images } from "./trainer";

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

/** Rows `first` … of held-out images as the loss compares with them, `[rows, pixels]`. */
export function heldOutTargets(config: RunConfig, pixels: number, images: Images, first: number, rows: number): Floats {
  const targets = unpackImages(images.pixels, pixels, first, rows);
  if (isBinarised(config)) {
    forEachStretch(images.places, pixels, first, rows, (draws, from, to) => binarise(config.seed, draws, targets.subarray(from, to)));
  }
  return targets;
}

/** The same rows as the encoder sees them in evaluation: `targets` itself where nothing is spoilt. @param targets of `heldOutTargets` */
export function heldOutInputs(config: RunConfig, pixels: number, images: Images, targets: Floats, first: number): Floats {
  if (!isCorrupted(config)) return targets;
  const inputs = targets.slice();
  const rows = targets.length / pixels;
  forEachStretch(images.places, pixels, first, rows, (draws, from, to) => corrupt(config, draws, inputs.subarray(from, to)));
  return inputs;
}

/**
 * Visits rows `first` … with the evaluation draws of their places: at once where those follow each other, else row by row.
 *
 * @param width numbers in a row
 * @param visit is given where its stretch begins and ends, counted in numbers from the first row
 */
export function forEachStretch(
  places: Images["places"],
  width: number,
  first: number,
  rows: number,
  visit: (draws: Draws & { readonly block: 0 }, from: number, to: number) => void,
): void {
  const draws = (place: number) => ({ purpose: "evaluation", block: 0, first: place * width }) as const;
  if (places === undefined) {
    visit(draws(first), 0, rows * width);
    return;
  }
  for (let row = 0; row < rows; row++) visit(draws(places[first + row]!), row * width, (row + 1) * width);
}

/**
 * Labels one-hot, `[indices.length, classes]`: a label that is not there counts as 0, one beyond the last as the last, as in
 * `model/forward`.
 */
export function oneHotRows(labels: Bytes | undefined, indices: ArrayLike<number>, classes: number): Floats {
  const out = new Float32Array(indices.length * classes);
  for (let row = 0; row < indices.length; row++) {
    out[row * classes + Math.min(labels?.[indices[row]!] ?? 0, classes - 1)] = 1;
  }
  return out;
}
