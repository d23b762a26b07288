/**
 * Which classes a generator makes at all, told by a classifier that was trained apart:
 * a generator that has collapsed makes few.
 *
 * Source: the mode counts of Che et al. 2016, arXiv:1612.02136, section 4.
 */
import { COVERED_SHARE, type CoverageFigures } from "../../protocol/figures";

/** @param classes of the generated images; @param classCount how many there are */
export function coverageOf(classes: Uint8Array, classCount: number, classifierAccuracy: number): CoverageFigures {
  const counts = Array.from({ length: classCount }, () => 0);
  for (const label of classes) if (label < classCount) counts[label]! += 1;
  const draws = classes.length;
  return { draws, counts, covered: counts.filter((count) => count >= COVERED_SHARE * draws && count > 0).length, classifierAccuracy };
}
