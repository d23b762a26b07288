/** Held-out images as a trainer takes them. */
import type { Images } from "../engine/trainer";
import type { Bytes } from "../protocol/messages";

interface HeldOut {
  readonly heldOut: Bytes;
  readonly heldOutLabels: Bytes;
}

/** The first `count` of the held-out set; not copied. */
export function heldOutImages({ heldOut, heldOutLabels }: HeldOut, count: number): Images {
  const pixels = heldOut.length / heldOutLabels.length;
  return { pixels: heldOut.subarray(0, count * pixels), count, labels: heldOutLabels.subarray(0, count) };
}
