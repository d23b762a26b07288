/**
 * A way in and out of an embedding that has no formula, as a UMAP has none: it knows only
 * where its own codes stand. Between them both ways are interpolated, exact at what it knows.
 *
 * Source: Shepard 1968 with the local weights of Franke & Nielson 1980, ((R − d)₊ ∕ (R d))², R the distance of the first
 * neighbour left out: a neighbour that comes or goes does so with weight 0, so that nothing jumps.
 */
import type { Floats } from "../protocol/messages";
import { insertNearest, type Nearest } from "./nearest";
import { indexPlaces, nearestPlaces, type PlaceIndex } from "./place-index";

/** Codes and where each stands; the same object as long as it is the same embedding. */
export interface PlacedCodes {
  /** `[codes, latentDim]` */
  readonly codes: Floats;
  /** `[codes, 2]` */
  readonly positions: Floats;
}

/** Neighbours that have a say. */
const NEIGHBOURS = 8;

const indices = new WeakMap<Floats, PlaceIndex>();

function indexOf(positions: Floats): PlaceIndex {
  const known = indices.get(positions);
  if (known !== undefined) return known;
  const made = indexPlaces(positions);
  indices.set(positions, made);
  return made;
}

/**
 * Where a code stands, by the places of the codes nearest to it in the whole latent space.
 *
 * @param z `latentDim` numbers
 * @returns NaN twice in an empty embedding
 */
export function placeInEmbedding({ codes, positions }: PlacedCodes, latentDim: number, z: ArrayLike<number>): readonly [number, number] {
  const nearest = nearestCodes(codes, latentDim, z);
  const [h = Number.NaN, v = Number.NaN] = blend(nearest, positions, 2);
  return [h, v];
}

/**
 * The code at a place, by the codes that stand nearest to it.
 *
 * @returns with the distance to the nearest of them, ∞ in an empty embedding: what lies far from all of them is made up.
 */
export function liftFromEmbedding(
  { codes, positions }: PlacedCodes,
  latentDim: number,
  h: number,
  v: number,
): { readonly z: number[]; readonly distance: number } {
  const nearest = nearestPlaces(indexOf(positions), h, v, NEIGHBOURS + 1);
  return { z: blend(nearest, codes, latentDim), distance: Math.sqrt(nearest.squares[0] ?? Infinity) };
}

/** One look at every code: some tens of microseconds for 5,000 of a few dimensions. */
function nearestCodes(codes: Floats, latentDim: number, z: ArrayLike<number>): Nearest {
  const found: Nearest = { indices: [], squares: [] };
  const count = Math.floor(codes.length / latentDim);
  for (let i = 0; i < count; i++) {
    const bound = found.squares[NEIGHBOURS] ?? Infinity;
    let square = 0;
    for (let d = 0; d < latentDim && square < bound; d++) square += (codes[i * latentDim + d]! - z[d]!) ** 2;
    if (square < bound) insertNearest(found, i, square, NEIGHBOURS + 1);
  }
  return found;
}

/** Weighted mean of rows of `[…, width]`; NaN where there is no neighbour. */
function blend({ indices: rows, squares }: Nearest, values: Floats, width: number): number[] {
  const weights = weightsOf(squares);
  const mean = Array.from({ length: width }, () => (rows.length === 0 ? Number.NaN : 0));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  weights.forEach((weight, i) => {
    for (let d = 0; d < width; d++) mean[d]! += (weight / sum) * values[rows[i]! * width + d]!;
  });
  return mean;
}

/** One weight for each neighbour but the first left out, of rising squared distances. */
function weightsOf(squares: readonly number[]): number[] {
  const distances = squares.slice(0, NEIGHBOURS).map(Math.sqrt);
  if (distances[0] === 0) return distances.map((distance) => (distance === 0 ? 1 : 0));
  const reach = Math.sqrt(squares[NEIGHBOURS] ?? Infinity);
  const weights = distances.map((distance) => (1 / distance - 1 / reach) ** 2);
  return weights.some((weight) => weight > 0) ? weights : distances.map(() => 1); // all equally far
}
