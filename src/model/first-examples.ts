/** Which held-out images a model is shown on before anybody has chosen. */

/** Reconstructed at first: four rows of two beside the hourglass, two rows of four on a phone. */
const FIRST_EXAMPLES = 8;

/** The first example of each class, in the order of the classes, then the second of each, … @returns indices into `labels` */
export function firstExamples(labels: Uint8Array): number[] {
  const seen = new Map<number, number>();
  const ranked = Array.from(labels, (label, index) => {
    const round = seen.get(label) ?? 0;
    seen.set(label, round + 1);
    return { index, label, round };
  });
  return ranked
    .toSorted((a, b) => a.round - b.round || a.label - b.label)
    .slice(0, FIRST_EXAMPLES)
    .map(({ index }) => index);
}
