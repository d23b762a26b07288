/**
 * Measures back from a picture of the `shapes` data set what it was drawn from: shape,
 * size, turn and place, by moments of its light. Closed forms, no search: the sprite's own
 * moments are known (below) and are those of a disc's circle of radius 1.
 *
 * With dx to the right and dy up from the centroid, c_pq = Σ w (dx + i dy)^p (dx − i dy)^q:
 * c11 does not change under a turn by θ, while c20, c30 and c40 turn by 2θ, 3θ and 4θ.
 * The generator itself is `datasets/shape-sprite`, which judges this in the test.
 *
 * Source: Flusser 2000, "On the independence of rotation moment invariants",
 * Pattern Recognition 33, section 2 (complex moments).
 */
import type { ImageShape } from "../protocol/datasets";

/** What can be told of a sprite. Named and measured as `datasets/shape-sprite` does. */
export interface MeasuredFactors {
  /** 0 square, 1 ellipse, 2 heart. */
  readonly shape: number;
  /** Radius of the circle around the shape, pixels. */
  readonly size: number;
  /** Counter-clockwise turn, radians, in [0, `TURN_PERIODS[shape]`). */
  readonly angle: number;
  /** Centre, pixels from the left edge. */
  readonly x: number;
  /** Centre, pixels from the upper edge. */
  readonly y: number;
}

/** The least turn that leaves each shape as it was, radians. */
export const TURN_PERIODS = [Math.PI / 2, Math.PI, 2 * Math.PI] as const;

interface UnitShape {
  /** Of the shape in a circle of radius 1. */
  readonly area: number;
  /** Height of the centroid above the circle's centre. */
  readonly rise: number;
  /** |c20| / c11, |c30| and |c40| by powers of the radius of gyration: what tells the shapes apart. */
  readonly signature: readonly [number, number, number];
}

/**
 * Square: area 2, c40 = −3/5. Ellipse of half axes 1 and ½: area π / 2, c20 = 3/5, c40 = 18/25. The heart's
 * are integrals over (x² + y² − 1)³ ≤ x² y³, taken on 4,000 × 4,000 places.
 */
const UNIT_SHAPES: readonly UnitShape[] = [
  { area: 2, rise: 0, signature: [0, 0, 0.6] },
  { area: Math.PI / 2, rise: 0, signature: [0.6, 0, 0.72] },
  { area: 2.3066, rise: 0.03451, signature: [0.08475, 0.32436, 0.054] },
];

/** The haze that a decoder leaves where there should be nothing; far out it would weigh more than the sprite. */
const HAZE = 0.1;

/** Light of the smallest sprite of the data set is 39 pixels; less than a tenth of that is no sprite. */
const LEAST_LIGHT = 4;

/** Light of one pixel is spread over it: 1/12 across and 1/12 up. */
const PIXEL_SPREAD = 1 / 6;

type Complex = readonly [re: number, im: number];

interface Moments {
  /** Σ w, pixels. */
  readonly light: number;
  /** Centroid, pixels from the left and from the upper edge. */
  readonly x: number;
  readonly y: number;
  /** √(c11 / Σ w) */
  readonly gyration: number;
  /** Each by Σ w and the fitting power of the radius of gyration. */
  readonly c20: Complex;
  readonly c21: Complex;
  readonly c30: Complex;
  readonly c40: Complex;
}

/**
 * Null where there is nothing to be seen. What is no sprite is measured as the one it is most like.
 *
 * @param pixels `[height, width]`, in [0, 1]
 */
export function measureShape(pixels: ArrayLike<number>, image: Pick<ImageShape, "height" | "width">): MeasuredFactors | null {
  const moments = momentsOf(pixels, image);
  if (moments === null) return null;
  const shape = shapeOf(moments);
  const { area, rise } = UNIT_SHAPES[shape]!;
  const size = Math.sqrt(moments.light / area);
  const angle = turnOf(shape, moments);
  // The centroid of a turned heart lies beside the centre: up the heart's own axis.
  return { shape, size, angle, x: moments.x + rise * size * Math.sin(angle), y: moments.y + rise * size * Math.cos(angle) };
}

function momentsOf(pixels: ArrayLike<number>, { height, width }: Pick<ImageShape, "height" | "width">): Moments | null {
  let [light, sumX, sumY] = [0, 0, 0];
  const weight = (i: number) => (pixels[i]! >= HAZE ? Math.min(pixels[i]!, 1) : 0);
  for (let i = 0; i < height * width; i++) {
    light += weight(i);
    sumX += weight(i) * ((i % width) + 0.5);
    sumY += weight(i) * (Math.floor(i / width) + 0.5);
  }
  if (!(light >= LEAST_LIGHT)) return null;
  const [x, y] = [sumX / light, sumY / light];

  let c11 = 0;
  const sums = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < height * width; i++) {
    const w = weight(i) / light;
    if (w === 0) continue;
    const [dx, dy] = [(i % width) + 0.5 - x, y - Math.floor(i / width) - 0.5];
    const square = dx * dx + dy * dy;
    const [re2, im2] = [dx * dx - dy * dy, 2 * dx * dy];
    c11 += w * square;
    sums[0]! += w * re2;
    sums[1]! += w * im2;
    sums[2]! += w * square * dx;
    sums[3]! += w * square * dy;
    sums[4]! += w * (re2 * dx - im2 * dy);
    sums[5]! += w * (re2 * dy + im2 * dx);
    sums[6]! += w * (re2 * re2 - im2 * im2);
    sums[7]! += w * 2 * re2 * im2;
  }
  const gyration = Math.sqrt(Math.max(1e-6, c11 - PIXEL_SPREAD));
  const scaled = (at: number, power: number): Complex => [sums[at]! / gyration ** power, sums[at + 1]! / gyration ** power];
  return { light, x, y, gyration, c20: scaled(0, 2), c21: scaled(2, 3), c30: scaled(4, 3), c40: scaled(6, 4) };
}

/** The shape whose signature lies nearest. */
function shapeOf({ c20, c30, c40 }: Moments): number {
  const seen = [Math.hypot(...c20), Math.hypot(...c30), Math.hypot(...c40)];
  const distances = UNIT_SHAPES.map(({ signature }) => Math.hypot(...signature.map((value, i) => value - seen[i]!)));
  return distances.indexOf(Math.min(...distances));
}

function turnOf(shape: number, { c20, c21, c30, c40 }: Moments): number {
  if (shape === 0) return wrap(phase([-c40[0], -c40[1]]) / 4, TURN_PERIODS[0]); // an upright square's c40 is negative
  if (shape === 1) return wrap(phase(c20) / 2, TURN_PERIODS[1]);
  // An upright heart's c30 points up; of the three turns that it allows, c20 and c21 know which.
  const third = (2 * Math.PI) / 3;
  const turns = [0, 1, 2].map((k) => (phase(c30) - Math.PI / 2) / 3 + k * third);
  const agreement = (turn: number) =>
    c20[0] * Math.cos(2 * turn) + c20[1] * Math.sin(2 * turn) + c21[1] * Math.cos(turn) - c21[0] * Math.sin(turn);
  const best = turns.reduce((one, other) => (agreement(other) > agreement(one) ? other : one));
  return wrap(best, TURN_PERIODS[2]);
}

function phase([re, im]: Complex): number {
  return Math.atan2(im, re);
}

/** Into [0, period). */
function wrap(angle: number, period: number): number {
  const turns = angle / period;
  const share = turns - Math.floor(turns);
  return share < 1 ? share * period : 0;
}
