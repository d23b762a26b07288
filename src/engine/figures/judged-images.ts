/**
 * The images that figures are taken of, as the model sees them: black and white where
 * its likelihood draws them so, grey elsewhere; corrupted nowhere.
 */
import { isBinarised } from "../../model/corruption";
import type { Bytes } from "../../protocol/messages";
import type { RunConfig } from "../../protocol/run-config";
import { heldOutTargets } from "../images";
import type { Images } from "../trainer";

/** Handed to a trainer at once: some tens of milliseconds on a CPU, room enough to fill a GPU. */
export const IMAGES_PER_CALL = 500;

/** Neighbouring images of a set, and where they stand in it. */
export interface Stretch extends Images {
  readonly first: number;
}

export function stretchCount(images: number): number {
  return Math.ceil(images / IMAGES_PER_CALL);
}

/** In order. @param places as of `images`: 0 … count − 1 unless they say otherwise */
export function* stretchesOf({ pixels, count, labels, places }: Images): Generator<Stretch> {
  const size = pixels.length / count;
  for (let first = 0; first < count; first += IMAGES_PER_CALL) {
    const end = Math.min(count, first + IMAGES_PER_CALL);
    yield {
      first,
      count: end - first,
      pixels: pixels.subarray(first * size, end * size),
      places: Array.from({ length: end - first }, (_, i) => places?.[first + i] ?? first + i),
      ...(labels === undefined ? {} : { labels: labels.subarray(first, end) }),
    };
  }
}

/** The first `count` of them; not copied. */
export function firstOf({ pixels, count: all, labels, places }: Images, count: number): Images {
  return {
    pixels: pixels.subarray(0, (pixels.length / all) * count),
    count,
    ...(labels === undefined ? {} : { labels: labels.subarray(0, count) }),
    ...(places === undefined ? {} : { places }),
  };
}

/**
 * Bytes whose 255th parts are what the trainers' encoder is given and the loss compares with outside of training (but for
 * corruption): the images' own, or 0 and 255 as drawn for evaluation.
 */
export function seenBytes(config: RunConfig, images: Images): Bytes {
  if (!isBinarised(config)) return images.pixels;
  const { pixels, count } = images;
  return Uint8Array.from(heldOutTargets(config, pixels.length / count, images, 0, count), (white) => 255 * white);
}
