/**
 * Whether what is generated is new: how far it lies from its nearest training image in
 * pixel space, compared with how far training images lie from theirs.
 *
 * A ratio, not a proof. A blurred picture lies nearer to everything than a sharp one, so that a small distance alone does not
 * show that an image was learnt by heart.
 */

export interface UsualDistance {
  /** Of so many training images, to the nearest other one. Euclidean, over pixels in [0, 1]. */
  readonly images: number;
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

export type Verdict = "copy" | "near" | "usual" | "far";

/** Upper ends of the ratio, of each verdict but the last. */
export const VERDICT_BOUNDS = { copy: 0.35, near: 0.85, usual: 1.25 } as const;

/** @param distances at least one */
export function usualDistance(distances: readonly number[]): UsualDistance {
  const sorted = distances.toSorted((a, b) => a - b);
  return {
    images: sorted.length,
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
  };
}

/** Linear between neighbours, as NumPy's default. */
function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  return low + ((sorted[below + 1] ?? low) - low) * (at - below);
}

/** Null where the usual distance is 0 and there is nothing to compare with. */
export function verdictOf(distance: number, { median }: Pick<UsualDistance, "median">): Verdict | null {
  if (!(median > 0) || !Number.isFinite(distance)) return null;
  const ratio = distance / median;
  if (ratio < VERDICT_BOUNDS.copy) return "copy";
  if (ratio < VERDICT_BOUNDS.near) return "near";
  return ratio <= VERDICT_BOUNDS.usual ? "usual" : "far";
}

/** Places of a sample among so many, evenly spread, each in the middle of its stretch. */
export function evenlySpread(count: number, sample: number): readonly number[] {
  const taken = Math.min(count, sample);
  return Array.from({ length: taken }, (_, k) => Math.floor(((k + 0.5) * count) / taken));
}
