/** Thumbnails of data whose images are points: the cloud, with one class after the other in full ink. */
import type { ImageShape } from "../../src/protocol/datasets";
import type { SourceSplit } from "./source";
import type { thumbnailStrip } from "./thumbnails";

/** Pixels each way; the strip shows these at about their own size. */
const SIDE = 40;
const FAINT = 70;

/**
 * One picture for each of the points at `indices`, in which the class of that point stands out. Of three coordinates the first
 * two are seen.
 */
export function cloudPictures(
  { pixels, labels }: SourceSplit,
  { width }: ImageShape,
  indices: readonly number[],
): Parameters<typeof thumbnailStrip> {
  const pictures = new Uint8Array(indices.length * SIDE * SIDE);
  indices.forEach((index, tile) => {
    labels.forEach((label, i) => {
      const column = Math.round((pixels[i * width]! / 255) * (SIDE - 1));
      const row = Math.round((1 - pixels[i * width + 1]! / 255) * (SIDE - 1));
      const at = (tile * SIDE + row) * SIDE + column;
      pictures[at] = Math.max(pictures[at]!, label === labels[index] ? 255 : FAINT);
    });
  });
  return [pictures, { height: SIDE, width: SIDE, channels: 1 }, indices.map((_, tile) => tile)];
}
