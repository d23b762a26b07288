/**
 * Ways to pick points of the map without a pointer, and what a selection is made of.
 * Points of classes that the legend hides are never picked. Pure functions of arrays.
 */
import { insertNearest, type Nearest } from "../../../model/nearest";
import type { Bytes, Floats } from "../../../protocol/messages";
import { classOfPoint, codeOfPoint, type ShownPoints } from "../../latent/use-cloud";

/** Rising, as a selection is. */
const rising = (indices: readonly number[]) => indices.toSorted((a, b) => a - b);

/** Numbers of the points that pass, rising. */
function filterPoints(
  points: ShownPoints,
  hiddenClasses: readonly number[],
  passes: (index: number, label: number | null) => boolean,
): number[] {
  const hidden = new Set(hiddenClasses);
  const found: number[] = [];
  for (let index = 0; index < points.count; index++) {
    const label = classOfPoint(points, index);
    if ((label === null || !hidden.has(label)) && passes(index, label)) found.push(index);
  }
  return found;
}

/** All of a class, hidden or not. */
export function pointsOfClass(points: ShownPoints, wanted: number): number[] {
  return filterPoints(points, [], (_, label) => label === wanted);
}

/** Squared Euclidean distance in the whole latent space. */
function squareTo(points: ShownPoints, index: number, z: ArrayLike<number>): number {
  const code = codeOfPoint(points, index);
  let square = 0;
  for (let d = 0; d < code.length; d++) square += (code[d]! - z[d]!) ** 2;
  return square;
}

export function pointsWithin(points: ShownPoints, hiddenClasses: readonly number[], z: ArrayLike<number>, radius: number): number[] {
  return filterPoints(points, hiddenClasses, (index) => squareTo(points, index, z) <= radius ** 2);
}

/** The `count` nearest in the whole latent space, nearest first. */
export function nearestPoints(points: ShownPoints, hiddenClasses: readonly number[], z: ArrayLike<number>, count: number): number[] {
  const found: Nearest = { indices: [], squares: [] };
  for (const index of filterPoints(points, hiddenClasses, () => true)) {
    const square = squareTo(points, index, z);
    if (square < (found.squares[count - 1] ?? Infinity)) insertNearest(found, index, square, count);
  }
  return [...found.indices];
}

export interface PixelMatch {
  /** Number of the point. */
  readonly index: number;
  /** Euclidean, over pixels in [0, 1]. */
  readonly distance: number;
}

/**
 * The held-out images nearest to a picture in pixel space, nearest first.
 *
 * @param images `[images, pixels]`
 * @param picture `[pixels]`
 */
export function nearestImages(
  points: ShownPoints,
  hiddenClasses: readonly number[],
  images: Bytes,
  picture: Bytes,
  count: number,
): PixelMatch[] {
  const found: Nearest = { indices: [], squares: [] };
  const size = picture.length;
  for (const index of filterPoints(points, hiddenClasses, (each) => each < points.exampleCount)) {
    let square = 0;
    for (let p = 0; p < size; p++) square += (images[index * size + p]! - picture[p]!) ** 2;
    if (square < (found.squares[count - 1] ?? Infinity)) insertNearest(found, index, square, count);
  }
  return found.indices.map((index, i) => ({ index, distance: Math.sqrt(found.squares[i]!) / 255 }));
}

/** The nearest of two searches together, as a selection. */
export function mergeMatches(one: readonly PixelMatch[], other: readonly PixelMatch[], count: number): number[] {
  const nearest = [...one, ...other].toSorted((a, b) => a.distance - b.distance || a.index - b.index).slice(0, count);
  return rising(nearest.map(({ index }) => index));
}

export const asSelection = rising;

/** How many of a selection are of each class, `[classes]`; null where nobody knows classes. */
export function classMix(points: ShownPoints, selection: readonly number[], classes: number): number[] | null {
  const counts = Array.from({ length: classes }, () => 0);
  for (const index of selection) {
    const label = classOfPoint(points, index);
    if (label === null) return null;
    if (label < classes) counts[label]!++;
  }
  return counts;
}

/** `[latentDim]`; of at least one point. */
export function meanCode(points: ShownPoints, selection: readonly number[]): number[] {
  const sum = new Float64Array(points.latentDim);
  for (const index of selection) codeOfPoint(points, index).forEach((value, d) => (sum[d]! += value));
  return Array.from(sum, (value) => value / selection.length);
}

/** Sums pixels of many images in float64, so that 60,000 of them lose nothing. */
export class MeanImage {
  readonly #sum: Float64Array;
  #count = 0;

  constructor(pixels: number) {
    this.#sum = new Float64Array(pixels);
  }

  /** @param scale the value of full ink */
  add(pixels: ArrayLike<number>, scale: 1 | 255): void {
    for (let p = 0; p < this.#sum.length; p++) this.#sum[p]! += pixels[p]! / scale;
    this.#count++;
  }

  /** In [0, 1], `[pixels]`. */
  get mean(): Floats {
    return Float32Array.from(this.#sum, (value) => value / Math.max(1, this.#count));
  }
}
