/**
 * The shortest way between codes under the decoder's metric: a path of straight steps
 * whose energy (`path-energy`) is made least, from the straight line on; codes of the
 * list stay where they are.
 *
 * A local minimum: it never has more energy than the straight line, and there may be one with less around another way. Where a
 * relu decoder folds its surface sharply the descent stops at the fold, up to 1 % longer than need be. The gradient is exact
 * (`tangent`), the descent `path-descent`'s.
 *
 * Source: Arvanitidis, Hansen & Hauberg 2018, arXiv:1710.11379; discrete, Shao, Kumar & Fletcher 2017, arXiv:1711.08014.
 */
import type { Floats, WeightTable } from "../protocol/messages";
import type { Network } from "./network";
import { createPathDescent, type PathDescent } from "./path-descent";
import { pathEnergy, respace, type PathEnergy } from "./path-energy";
import { shareSteps, straightPath, type Code } from "./paths";

/** Calls of `advance` after which a geodesic is done, come what may; most need fewer than 40. */
export const GEODESIC_TRIALS = 150;
/** Points on each leg for a first look at its length. */
const LOOK_POINTS = 9;

export interface Geodesic {
  /** The best so far, `[points, latentDim]`; a new array whenever it changes. */
  readonly path: Floats;
  /** In pixel space squared; never rises. */
  readonly energy: number;
  readonly straightEnergy: number;
  readonly isDone: boolean;
  /** Tries one step, for 2 · points decodes, and as many again when it is taken. Once done it does nothing. */
  readonly advance: () => void;
}

/**
 * @param codes at least two, each `[latentDim]`
 * @param points shared among the legs by how far the picture moves along them
 * @param label of a conditional network
 * @throws RangeError when there is less than a point for each code.
 */
export function startGeodesic(network: Network, weights: WeightTable, codes: readonly Code[], points: number, label: number): Geodesic {
  const { latentDim } = network;
  const measure = (path: Floats) => pathEnergy(network, weights, path, label);
  const { path, isFixed } = straightLegs(codes, points, measure);
  const straight = measure(path);
  const evenly = (from: PathEnergy) => {
    const spaced = measure(respace(from, latentDim, isFixed));
    return spaced.energy < from.energy ? spaced : from;
  };
  let best = straight;
  let descent: PathDescent | null = null;
  let trials = 0;
  let isDone = !isFixed.includes(false) || straight.energy === 0;

  return {
    get path() {
      return best.path;
    },
    get energy() {
      return best.energy;
    },
    straightEnergy: straight.energy,
    get isDone() {
      return isDone;
    },
    advance() {
      if (isDone) return;
      trials += 1;
      if (descent === null) {
        best = evenly(straight);
        descent = createPathDescent(best, isFixed, latentDim, measure);
      } else if (descent.isDone || trials >= GEODESIC_TRIALS) {
        best = evenly(best);
        isDone = true;
      } else {
        descent.trial();
        best = descent.best;
      }
    },
  };
}

/** Straight from code to code, and which points those are. */
function straightLegs(
  codes: readonly Code[],
  points: number,
  measure: (path: Floats) => PathEnergy,
): { readonly path: Floats; readonly isFixed: readonly boolean[] } {
  const ends = codes.slice(1).map((code, i) => [codes[i]!, code] as const);
  const lengths = ends.map((pair) => measure(straightPath(pair, LOOK_POINTS)).lengths.reduce((sum, length) => sum + length, 0));
  const shares = shareSteps(lengths, points - 1);
  const isFixed = [true, ...shares.flatMap((steps) => Array.from({ length: steps }, (_, step) => step === steps - 1))];
  const path = new Float32Array(points * codes[0]!.length);
  let at = 0;
  ends.forEach((pair, i) => {
    path.set(straightPath(pair, shares[i]! + 1), at);
    at += shares[i]! * codes[0]!.length;
  });
  return { path, isFixed };
}
