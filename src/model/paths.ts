/**
 * Ways from code to code that need no decoder, and the speed of the picture on any way.
 *
 * A path is `points` codes; its parameter runs from 0 at the first to 1 at the last. Points are shared among the legs by
 * length, each leg with at least one step, and every code of the list is met exactly.
 *
 * Sources: spherical, Shoemake 1985 (slerp), White 2016, arXiv:1609.04468, section 2: under a Gaussian prior in many dimensions
 * codes lie near a sphere, which a straight line leaves.
 */
import type { Floats, WeightTable } from "../protocol/messages";
import { decode } from "./forward";
import type { Network } from "./network";

export type Code = ArrayLike<number>;

/** One leg: what lies at a share t in (0, 1) of the way. */
interface Leg {
  readonly length: number;
  readonly at: (t: number) => readonly number[];
}

/** Below this angle to a line through 0 the great circle is not defined to float32's rounding (of sines, 6e-8). */
const LEAST_SINE = 1e-6;

/**
 * Along straight lines, evenly.
 *
 * @param codes at least two, each `[latentDim]`
 * @returns `[points, latentDim]`
 * @throws RangeError when there is less than a point for each code.
 */
export function straightPath(codes: readonly Code[], points: number): Floats {
  return alongLegs(codes, points, straightLeg);
}

/**
 * The direction from 0 turns evenly along the great circle, the distance from 0 changes evenly. A leg whose ends lie on one line
 * through 0, or of which one is 0, has no such circle, or any: it is straight. As `straightPath` else.
 */
export function sphericalPath(codes: readonly Code[], points: number): Floats {
  return alongLegs(codes, points, sphericalLeg);
}

/**
 * How fast the picture changes on a path: ‖Δpixels‖ of each step times the number of steps, which is pixel space per unit of the
 * path's parameter.
 *
 * @param path `[points, latentDim]`
 * @param label of a conditional network
 * @returns `[points − 1]`
 */
export function pixelSpeed(network: Network, weights: WeightTable, path: Floats, label: number): Floats {
  const points = path.length / network.latentDim;
  const pixels = decode(network, weights, path, points, new Uint8Array(points).fill(label));
  return stepLengths(pixels, network.pixels).map((length) => length * (points - 1));
}

/** @param rows `[rows, width]` @returns `[rows − 1]` */
export function stepLengths(rows: Floats, width: number): Floats {
  return Float32Array.from({ length: rows.length / width - 1 }, (_, step) => {
    let squares = 0;
    for (let i = step * width; i < (step + 1) * width; i++) squares += (rows[i + width]! - rows[i]!) ** 2;
    return Math.sqrt(squares);
  });
}

/**
 * How many of `steps` each leg gets: at least one, the others where steps are longest. @throws RangeError when there are fewer
 * steps than legs.
 */
export function shareSteps(lengths: readonly number[], steps: number): number[] {
  if (steps < lengths.length) throw new RangeError(`shareSteps: ${steps} steps do not reach over ${lengths.length} legs`);
  const shares = lengths.map(() => 1);
  for (let given = shares.length; given < steps; given++) {
    let longest = 0;
    for (let leg = 1; leg < shares.length; leg++) {
      if (lengths[leg]! / shares[leg]! > lengths[longest]! / shares[longest]!) longest = leg;
    }
    shares[longest]! += 1;
  }
  return shares;
}

function alongLegs(codes: readonly Code[], points: number, legBetween: (a: Code, b: Code) => Leg): Floats {
  if (codes.length < 2) throw new RangeError(`a path needs two codes, there is ${codes.length}`);
  const legs = codes.slice(1).map((code, i) => legBetween(codes[i]!, code));
  const shares = shareSteps(
    legs.map(({ length }) => length),
    points - 1,
  );
  const path = new Float32Array(points * codes[0]!.length);
  let at = 0;
  const put = (code: Code) => {
    path.set(code, at);
    at += code.length;
  };
  legs.forEach((leg, i) => {
    put(codes[i]!);
    for (let step = 1; step < shares[i]!; step++) put(leg.at(step / shares[i]!));
  });
  put(codes.at(-1)!);
  return path;
}

function straightLeg(a: Code, b: Code): Leg {
  return { length: norm(Array.from(a, (value, d) => b[d]! - value)), at: (t) => Array.from(a, (value, d) => (1 - t) * value + t * b[d]!) };
}

function sphericalLeg(a: Code, b: Code): Leg {
  const [from, to] = [norm(a), norm(b)];
  const toward = Array.from(a, (value, d) => value / from + b[d]! / to);
  const apart = Array.from(a, (value, d) => value / from - b[d]! / to);
  const angle = 2 * Math.atan2(norm(apart), norm(toward)); // not acos, which loses half the digits of a small angle
  const sine = Math.sin(angle);
  if (!(sine > LEAST_SINE)) return straightLeg(a, b); // NaN, of an end at 0, is not either
  const at = (t: number) => {
    const radius = (1 - t) * from + t * to;
    const [p, q] = [(radius * Math.sin((1 - t) * angle)) / (sine * from), (radius * Math.sin(t * angle)) / (sine * to)];
    return Array.from(a, (value, d) => p * value + q * b[d]!);
  };
  return { length: spiralLength(from, to, angle), at };
}

/** Of r = from + (to − from) t, turned by `angle` t: ∫ √(r′² + (r · angle)²) dt, by Simpson's rule, to share points by. */
function spiralLength(from: number, to: number, angle: number): number {
  const speed = (t: number) => Math.hypot(to - from, ((1 - t) * from + t * to) * angle);
  const PIECES = 16;
  let sum = speed(0) + speed(1);
  for (let i = 1; i < PIECES; i++) sum += (i % 2 === 1 ? 4 : 2) * speed(i / PIECES);
  return sum / (3 * PIECES);
}

function norm(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i]! ** 2;
  return Math.sqrt(squares);
}
