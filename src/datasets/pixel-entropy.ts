/**
 * The least binary cross-entropy that images allow: their pixels' own entropy.
 *
 * A grey pixel x is judged as though it were the probability of a coin, and
 * −x log p − (1 − x) log(1 − p) is least at p = x, where it is not 0.
 */

/** Entropy of a coin with probability byte / 255, in nats, by byte. */
const BYTE_ENTROPY = Float64Array.from({ length: 256 }, (_, byte) => {
  const p = byte / 255;
  return byte === 0 || byte === 255 ? 0 : -(p * Math.log(p) + (1 - p) * Math.log(1 - p));
});

/**
 * Mean over the images of the entropy summed over their pixels, nats per image; float64.
 *
 * @param images `[images, pixels]`, bytes 0 … 255, pixel value byte / 255
 * @throws RangeError when `images` is empty or no whole number of images.
 */
export function pixelEntropyFloor(images: Uint8Array, pixels: number): number {
  const count = images.length / pixels;
  if (count === 0 || !Number.isInteger(count)) {
    throw new RangeError(`pixelEntropyFloor: ${images.length} bytes are no whole, positive number of images of ${pixels} pixels`);
  }
  // Counting first makes the sum exact in all but its last 256 terms, and fast.
  const histogram = new Float64Array(256);
  for (let i = 0; i < images.length; i++) histogram[images[i]!]! += 1;
  let nats = 0;
  for (let byte = 0; byte < 256; byte++) nats += histogram[byte]! * BYTE_ENTROPY[byte]!;
  return nats / count;
}
