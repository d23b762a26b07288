/**
 * Which classes a generator makes, as a classifier sees its images. A mode it has
 * dropped shows as a class that hardly any draw is given.
 */

/** A class counts as covered from this share of the draws on; by chance alone a classifier that errs gives a few away. */
export const LEAST_SHARE = 0.01;

export interface ClassCoverage {
  /** Draws of each class, `[classes]`. */
  readonly counts: readonly number[];
  readonly draws: number;
  /** Classes with at least `LEAST_SHARE` of the draws. */
  readonly covered: number;
}

/** @param drawClasses class of each draw, `[draws]` */
export function classCoverage(drawClasses: Uint8Array, classes: number): ClassCoverage {
  const counts = Array.from({ length: classes }, () => 0);
  for (const label of drawClasses) if (label < classes) counts[label]! += 1;
  const draws = drawClasses.length;
  return { counts, draws, covered: counts.filter((count) => draws > 0 && count >= LEAST_SHARE * draws).length };
}
