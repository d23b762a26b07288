/**
 * Learnt weights as signed pictures: which units are shown, on which scale, in
 * which colours. Negative is blue, 0 the card, positive orange, everywhere.
 *
 * Knows no network: it is handed a weight matrix and its sizes.
 */
import type { Rgb } from "./ink";
import type { PaintShape, PaintTarget } from "./paint-image";

/**
 * `count` of `units` unit numbers, evenly spread. They depend on nothing that is learnt, so that a picture stays with its
 * unit and what changes in it is learning.
 */
export function shownUnits(units: number, count: number): number[] {
  const shown = Math.max(0, Math.min(count, units));
  return Array.from({ length: shown }, (_, i) => Math.floor(((i + 0.5) * units) / shown));
}

/** What a unit looks for: column `unit` of `weight` `[inputs, units]`. A copy. */
export function incomingWeights(weight: Float32Array, inputs: number, units: number, unit: number): Float32Array {
  const column = new Float32Array(inputs);
  for (let i = 0; i < inputs; i++) column[i] = weight[i * units + unit]!;
  return column;
}

/** What a unit adds to the picture: row `unit` of `weight` `[units, outputs]`. A view. */
export function outgoingWeights(weight: Float32Array, outputs: number, unit: number): Float32Array {
  return weight.subarray(unit * outputs, (unit + 1) * outputs);
}

/** A few weights far out would leave all others pale: these parts in a hundred get full colour. */
const CLIPPED_PART = 0.01;

/** The value of full colour, shared by all `pictures`: their 99 % quantile, rounded up so that it rarely changes; 0 when all is 0. */
export function symmetricScale(pictures: readonly Float32Array[]): number {
  const magnitudes = new Float32Array(pictures.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const picture of pictures) for (const value of picture) magnitudes[at++] = Math.abs(value);
  magnitudes.sort(); // NaN last
  return roundUp(magnitudes[Math.max(0, Math.ceil(magnitudes.length * (1 - CLIPPED_PART)) - 1)] ?? 0);
}

const ROUND_STEPS = [1, 1.5, 2, 3, 5, 7, 10];

/** The next number of 1, 1.5, 2, 3, 5, 7 × 10ⁿ; 0 for what is not a positive number. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = ROUND_STEPS.find((candidate) => candidate * power * (1 + 1e-6) >= value) ?? 10; // 1e-6: 0.3 arrives as float32
  return Number((step * power).toPrecision(2));
}

export interface SignedInks {
  readonly negative: Rgb;
  readonly zero: Rgb;
  readonly positive: Rgb;
}

/**
 * Writes one picture into the top left corner of `target`.
 *
 * @param values `[height, width, channels]`, full colour at ±`scale`; channels are averaged
 */
export function paintSigned(target: PaintTarget, values: ArrayLike<number>, scale: number, shape: PaintShape, inks: SignedInks): void {
  const { height, width, channels } = shape;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const first = (row * width + column) * channels;
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += values[first + channel]!;
      writeSigned(target.data, (row * target.width + column) * 4, scale > 0 ? sum / channels / scale : 0, inks);
    }
  }
}

/** Writes one pixel at byte `at`; `part` is −1 … 1, clipped, NaN as 0. */
export function writeSigned(data: Uint8ClampedArray, at: number, part: number, { negative, zero, positive }: SignedInks): void {
  const end = part < 0 ? negative : positive;
  const amount = Math.min(1, Math.abs(part)) || 0;
  for (let i = 0; i < 3; i++) data[at + i] = zero[i]! + amount * (end[i]! - zero[i]!);
  data[at + 3] = 255;
}
