/**
 * The penalty of a whole set of images from the mean KL of each latent dimension, as
 * plain numbers: what every engine's evaluation ends with.
 *
 * Sources: free bits, Kingma et al. 2016, arXiv:1606.04934, section 2.3; capacity, Burgess et al. 2018, arXiv:1804.03599, section 5.
 */
import type { RunConfig } from "../protocol/run-config";

/**
 * @param perDimension mean KL of each latent dimension, nats
 * @param capacity C of the next step
 */
export function penaltyOf(
  { klMode, freeBits }: Pick<RunConfig, "klMode" | "freeBits">,
  perDimension: Float64Array,
  capacity: number,
): number {
  if (klMode === "free-bits") return perDimension.reduce((sum, kl) => sum + Math.max(freeBits, kl), 0);
  const kl = perDimension.reduce((sum, value) => sum + value, 0);
  return klMode === "capacity" ? Math.abs(kl - capacity) : kl;
}
