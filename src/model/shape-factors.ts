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
  /** 0 square, 1 ellipse, 2 heart; null where the picture is like none of them. */
  readonly shape: number | null;
  /** Radius of the circle around the shape, pixels; without a shape, that of a shape of middling area. */
  readonly size: number;
  /** Counter-clockwise turn, radians, in [0, `TURN_PERIODS[shape]`); null without a shape. */
  readonly angle: number | null;
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
  /** c11 by the area: the square of the radius of gyration. */
  readonly spread: number;
  /** |c20| / c11, |c30| and |c40| by powers of the radius of gyration: what tells the shapes apart. */
  readonly signature: readonly [number, number, number];
  /** Farthest from its signature that a picture is still taken for the shape. */
  readonly doubt: number;
}

/**
 * Square: area 2, spread 1/3, c40 = −3/5. Ellipse of half axes 1 and ½: area π / 2, spread 5/16, c20 = 3/5, c40 = 18/25. The heart's
 * are integrals over (x² + y² − 1)³ ≤ x² y³, taken on 4,000 × 4,000 places.
 *
 * Doubts: sharp sprites lie within 0.05 of their signatures; blurred by three binomial kernels, nine squares of ten within
 * 0.26, ellipses within 0.29 and hearts within 0.10. A disc, which is none of them, lies 0.34 from a heart.
 */
const UNIT_SHAPES: readonly UnitShape[] = [
  { area: 2, rise: 0, spread: 1 / 3, signature: [0, 0, 0.6], doubt: 0.3 },
  { area: Math.PI / 2, rise: 0, spread: 5 / 16, signature: [0.6, 0, 0.72], doubt: 0.4 },
  { area: 2.3066, rise: 0.03451, spread: 0.38134, signature: [0.08475, 0.32436, 0.054], doubt: 0.2 },
];

/** The haze that a decoder leaves where there should be nothing; far out it would weigh more than the sprite. */
const HAZE = 0.1;

/** Means of the three, for what has no shape. */
const BLOB = { area: 1.96, rise: 0, spread: 0.342 } as const;

/** Light of the smallest sprite of the data set is 39 pixels; less than a tenth of that is no sprite. */
const LEAST_LIGHT = 4;

/**
 * Light that is spread over more than this many times what its amount would need is no sprite but grey all over (twice, for an
 * even grey); a sprite blurred to the eye's limit, by 3 pixels², needs 1.4 times.
 */
const MOST_SPREAD = 1.75;

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
 * Null where there is nothing to be seen, or grey all over. Of a blob that is none of the three shapes, place and size alone.
 *
 * @param pixels `[height, width]`, in [0, 1]
 */
export function measureShape(pixels: ArrayLike<number>, image: Pick<ImageShape, "height" | "width">): MeasuredFactors | null {
  const moments = momentsOf(pixels, image);
  if (moments === null) return null;
  const shape = shapeOf(moments);
  const { area, rise, spread } = shape === null ? BLOB : UNIT_SHAPES[shape]!;
  const size = Math.sqrt(moments.light / area);
  if (moments.gyration > size * Math.sqrt(spread * MOST_SPREAD)) return null;
  if (shape === null) return { shape, size, angle: null, x: moments.x, y: moments.y };
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

/** The shape whose signature lies nearest; null where that is not near. */
function shapeOf({ c20, c30, c40 }: Moments): number | null {
  const seen = [Math.hypot(...c20), Math.hypot(...c30), Math.hypot(...c40)];
  const distances = UNIT_SHAPES.map(({ signature }) => Math.hypot(...signature.map((value, i) => value - seen[i]!)));
  const nearest = distances.indexOf(Math.min(...distances));
  return distances[nearest]! <= UNIT_SHAPES[nearest]!.doubt ? nearest : null;
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
