/**
 * k-nearest-neighbour classification: how well labels can be read off where points lie,
 * whether they are codes or pixels.
 *
 * Source: Cover & Hart 1967, "Nearest neighbor pattern classification".
 */

export interface LabelledPoints {
  /** `[labels.length, columns]` */
  readonly values: Float32Array;
  readonly labels: Uint8Array;
}

/** Columns between two looks at whether a point is already too far away to matter. */
const LOOK_EVERY = 32;

/**
 * The label that most of the `neighbours` nearest reference points have; of labels that are equally frequent the one whose nearest
 * point is nearest. −1 when no distance is a number.
 *
 * @param at start of the point in `values`
 */
export function voteOfNearest(values: Float32Array, at: number, reference: LabelledPoints, columns: number, neighbours: number): number {
  const distances = new Float64Array(neighbours).fill(Infinity);
  const labels = new Int16Array(neighbours).fill(-1);
  for (let row = 0; row < reference.labels.length; row++) {
    const limit = distances[neighbours - 1]!;
    const distance = squaredDistanceWithin(values, at, reference.values, row * columns, columns, limit);
    if (!(distance < limit)) continue;
    let place = neighbours - 1;
    for (; place > 0 && distances[place - 1]! > distance; place--) {
      distances[place] = distances[place - 1]!;
      labels[place] = labels[place - 1]!;
    }
    distances[place] = distance;
    labels[place] = reference.labels[row]!;
  }
  return mostFrequent(labels);
}

/** Exact where it is below `limit`; else any number that is not. */
function squaredDistanceWithin(a: Float32Array, i: number, b: Float32Array, j: number, columns: number, limit: number): number {
  let sum = 0;
  for (let from = 0; from < columns && !(sum >= limit); from += LOOK_EVERY) {
    const to = Math.min(columns, from + LOOK_EVERY);
    for (let d = from; d < to; d++) {
      const difference = a[i + d]! - b[j + d]!;
      sum += difference * difference;
    }
  }
  return sum;
}

/** The first of the most frequent, in the order given; −1 stands for none. */
function mostFrequent(labels: Int16Array): number {
  let best = -1;
  let most = 0;
  for (const label of labels) {
    if (label < 0) break;
    const votes = labels.reduce((count, other) => count + (other === label ? 1 : 0), 0);
    if (votes > most) [best, most] = [label, votes];
  }
  return best;
}

/** Multiplications between two yields: some tens of milliseconds. */
const WORK_PER_PIECE = 3e7;

function pointsPerPiece(columns: number, reference: number): number {
  return Math.max(1, Math.floor(WORK_PER_PIECE / (columns * reference)));
}

/** Yields of `neighbourAccuracy`. */
export function neighbourPieces(points: number, reference: number, columns: number): number {
  return Math.floor(points / pointsPerPiece(columns, reference));
}

/** Share of `points` whose label is the vote of their nearest reference points, 0 to 1. Yields between pieces. */
export function* neighbourAccuracy(
  points: LabelledPoints,
  reference: LabelledPoints,
  columns: number,
  neighbours: number,
): Generator<void, number> {
  const perPiece = pointsPerPiece(columns, reference.labels.length);
  let right = 0;
  for (let row = 0; row < points.labels.length; row++) {
    if (voteOfNearest(points.values, row * columns, reference, columns, neighbours) === points.labels[row]) right += 1;
    if (row % perPiece === perPiece - 1) yield;
  }
  return right / points.labels.length;
}
