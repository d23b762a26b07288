/** A data set's one order, for ever: every published figure depends on it. */
import { permutedIndex } from "../../src/lib/random";
import type { SourceSplit } from "./source";

/** @param key of the shuffle */
export function shuffled(
  { pixels, labels }: SourceSplit,
  pixelsPerImage: number,
  key: { readonly seed: number; readonly stream: number },
): SourceSplit {
  const count = labels.length;
  const out = { pixels: new Uint8Array(pixels.length), labels: new Uint8Array(count) };
  for (let to = 0; to < count; to++) {
    const from = permutedIndex(key, 0, count, to);
    out.pixels.set(pixels.subarray(from * pixelsPerImage, (from + 1) * pixelsPerImage), to * pixelsPerImage);
    out.labels[to] = labels[from]!;
  }
  return out;
}

/** The images from `from` on, up to `to`. */
export function part({ pixels, labels }: SourceSplit, pixelsPerImage: number, from: number, to: number): SourceSplit {
  return { pixels: pixels.subarray(from * pixelsPerImage, to * pixelsPerImage), labels: labels.subarray(from, to) };
}
