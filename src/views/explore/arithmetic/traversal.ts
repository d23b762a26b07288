/**
 * Walks through a place of latent space in one direction, and what they change in pictures of
 * the `shapes` data set. Pure functions of arrays.
 */
import { TURN_PERIODS, type MeasuredFactors } from "../../../model/shape-factors";
import type { Floats } from "../../../protocol/messages";

/** A way through latent space: positions are told along `unit`, as z · unit. */
export interface Walk {
  /** Of length 1, `latentDim` numbers. */
  readonly unit: readonly number[];
  readonly least: number;
  readonly most: number;
}

/** Along one latent dimension, from −reach to reach. */
export function dimensionWalk(latentDim: number, dimension: number, reach: number): Walk {
  return { unit: Array.from({ length: latentDim }, (_, d) => (d === dimension ? 1 : 0)), least: -reach, most: reach };
}

/** In the direction from one place to another, from half their distance before the one to as far behind the other; null between equal places. */
export function placesWalk(from: readonly number[], to: readonly number[]): Walk | null {
  const length = Math.hypot(...to.map((value, d) => value - from[d]!));
  if (!(length > 0)) return null;
  const unit = to.map((value, d) => (value - from[d]!) / length);
  const start = positionOn(unit, from);
  return { unit, least: start - length / 2, most: start + (3 * length) / 2 };
}

/** Where a code stands along a direction. */
export function positionOn(unit: readonly number[], z: readonly number[]): number {
  return unit.reduce((sum, value, d) => sum + value * z[d]!, 0);
}

/** The code moved along the direction to a position; the rest of it stays. */
export function movedTo(unit: readonly number[], z: readonly number[], position: number): number[] {
  const by = position - positionOn(unit, z);
  return z.map((value, d) => value + by * unit[d]!);
}

/** Evenly apart, both ends among them. */
export function positionsOf({ least, most }: Walk, count: number): number[] {
  return Array.from({ length: count }, (_, i) => least + ((most - least) * i) / (count - 1));
}

/** @returns `[positions, latentDim]` */
export function walkCodes({ unit }: Walk, z: readonly number[], positions: readonly number[]): Floats {
  const codes = new Float32Array(positions.length * z.length);
  positions.forEach((position, i) => codes.set(movedTo(unit, z, position), i * z.length));
  return codes;
}

export const FACTORS = ["x", "y", "size", "angle", "shape"] as const;
export type Factor = (typeof FACTORS)[number];

/** What the data set itself covers (`scripts/data/shapes`): pixels, and places of the sprite's centre. */
export const FACTOR_RANGES = { x: [10, 22], y: [10, 22], size: [5, 9] } as const;

export interface FactorCurve {
  readonly factor: Factor;
  /** One for each picture; NaN where it was not to be seen. Pixels, degrees, or numbers of shapes. */
  readonly values: readonly number[];
  /** What is passed over, as a share of what the data set covers; of the shape, of the two changes there can be. */
  readonly share: number;
}

/** A curve for each factor, in the order of `FACTORS`. */
export function factorCurves(seen: readonly (MeasuredFactors | null)[]): FactorCurve[] {
  return FACTORS.map((factor) => {
    if (factor === "angle") return angleCurve(seen);
    const values = seen.map((each) => each?.[factor] ?? Number.NaN);
    if (factor === "shape") return { factor, values, share: Math.max(0, new Set(values.filter(Number.isFinite)).size - 1) / 2 };
    const [least, most] = FACTOR_RANGES[factor];
    return { factor, values, share: Math.min(1, spanOf(values) / (most - least)) };
  });
}

/** Turns go on where a shape repeats itself, and begin anew with another shape. Their share is that of the shape that turns most. */
function angleCurve(seen: readonly (MeasuredFactors | null)[]): FactorCurve {
  const values: number[] = [];
  let share = 0;
  let run: number[] = [];
  seen.forEach((each, i) => {
    const { shape, angle: turn } = each ?? { shape: null, angle: null };
    if (shape === null || turn === null) {
      values.push(Number.NaN);
      return;
    }
    const period = TURN_PERIODS[shape]!;
    if (seen[i - 1]?.shape !== shape) run = [];
    const last = run.at(-1);
    const angle = last === undefined ? turn : turn + period * Math.round((last - turn) / period);
    run.push(angle);
    values.push((angle * 180) / Math.PI);
    share = Math.max(share, Math.min(1, spanOf(run) / period));
  });
  return { factor: "angle", values, share };
}

function spanOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? 0 : Math.max(...finite) - Math.min(...finite);
}

/** Below this share of its range a factor counts as unmoved. */
const LEAST_SHARE = 0.05;

/** The factor that is moved most; null where none is moved. */
export function mostMoved(curves: readonly FactorCurve[]): FactorCurve | null {
  const most = curves.reduce<FactorCurve | null>((one, other) => (one === null || other.share > one.share ? other : one), null);
  return most !== null && most.share >= LEAST_SHARE ? most : null;
}
