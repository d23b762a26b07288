/** How many training images can be shown as points. */

/** A map of this many is quick to make even of a wide network. */
const SOME = 10_000;
/** Every image of the largest data set; what the map is built for. */
const MOST = 60_000;

/** Counts to choose from, besides the held-out examples; the last is all there are. */
export function pointChoices(trainSize: number): readonly number[] {
  const all = Math.min(trainSize, MOST);
  return all > SOME ? [SOME, all] : [all];
}
