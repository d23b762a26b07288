/**
 * Class means of codes: where each class stands in latent space on average, and the
 * arithmetic with places that rests on them, a − b + c. Sums run in float64.
 *
 * Source: Larsen et al. 2016, arXiv:1512.09300, section 4.2 (attribute vectors as
 * differences of means).
 */
import type { Floats } from "../protocol/messages";

export interface ClassMean {
  readonly label: number;
  /** How many codes it is the mean of, at least 1. */
  readonly images: number;
  /** `latentDim` numbers */
  readonly mean: readonly number[];
}

/**
 * In the order of the labels; classes without a code are left out, and so are codes that are not finite.
 *
 * @param codes `[images, latentDim]`
 * @param labels class of each, at least as many
 */
export function classMeans(codes: Floats, latentDim: number, labels: ArrayLike<number>, classes: number): ClassMean[] {
  const sums = Array.from({ length: classes }, () => new Float64Array(latentDim));
  const images = new Uint32Array(classes);
  const count = Math.min(labels.length, Math.floor(codes.length / latentDim));
  for (let i = 0; i < count; i++) {
    const code = codes.subarray(i * latentDim, (i + 1) * latentDim);
    const sum = sums[labels[i]!];
    if (sum === undefined || !code.every(Number.isFinite)) continue;
    for (let d = 0; d < latentDim; d++) sum[d]! += code[d]!;
    images[labels[i]!]! += 1;
  }
  return sums
    .map((sum, label) => ({ label, images: images[label]!, mean: Array.from(sum, (value) => value / images[label]!) }))
    .filter((place) => place.images > 0);
}

/** a − b + c, number by number. */
export function addDifference(a: readonly number[], b: readonly number[], c: readonly number[]): number[] {
  return a.map((value, d) => value - b[d]! + c[d]!);
}

/** The direction from one place to another, of length 1; null between equal places. */
export function directionBetween(from: readonly number[], to: readonly number[]): number[] | null {
  const difference = to.map((value, d) => value - from[d]!);
  const length = Math.hypot(...difference);
  return length > 0 ? difference.map((value) => value / length) : null;
}

/**
 * The image of a class whose code lies nearest to its class's mean: a typical one. Null where the class has none.
 *
 * @param codes `[images, latentDim]`
 */
export function typicalExample(codes: Floats, labels: ArrayLike<number>, { label, mean }: ClassMean): number | null {
  const latentDim = mean.length;
  const count = Math.min(labels.length, Math.floor(codes.length / latentDim));
  let typical: number | null = null;
  let least = Infinity; // squared
  for (let i = 0; i < count; i++) {
    if (labels[i] !== label) continue;
    let squared = 0;
    for (let d = 0; d < latentDim; d++) squared += (codes[i * latentDim + d]! - mean[d]!) ** 2;
    if (squared < least) {
      least = squared;
      typical = i;
    }
  }
  return typical;
}
