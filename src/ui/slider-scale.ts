/**
 * Where a value stands on a slider, and which values a slider can give.
 *
 * A logarithmic slider gives the round numbers people write (0.001, 0.0003, 1.5)
 * and no others; a value from elsewhere still stands where it belongs between
 * them. Pure arithmetic, no DOM.
 */
export type ScaleKind = "linear" | "log" | "zero-log";

export interface SliderScale {
  /** Ends of the slider's own axis; every whole number on it is a stop. */
  readonly last: number;
  /** Position of a value on that axis, clamped to it; fractional between stops. */
  toPosition(value: number): number;
  /** The stop nearest to a position. */
  toValue(position: number): number;
  /** The next stop after a value, `count` stops up (or down when negative). */
  move(value: number, count: number): number;
}

/** Twenty round numbers a decade, close to evenly spaced in the logarithm: a step of the arrow key is about 12 %. */
const ROUND = [1, 1.1, 1.25, 1.4, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 9];

/** Stops of a linear slider without a step of its own. */
const LINEAR_STOPS = 100;

/** A zero-log slider whose `min` is 0 starts this far below its `max`. */
const ZERO_LOG_SPAN = 1e-5;

function roundStops(min: number, max: number): number[] {
  const stops: number[] = [];
  for (let exponent = Math.floor(Math.log10(min)); exponent <= Math.ceil(Math.log10(max)); exponent++) {
    for (const mantissa of ROUND) {
      const stop = Number(`${mantissa}e${exponent}`); // exact decimals: 3e-4, not 3 * 0.0001
      if (stop > min && stop < max) stops.push(stop);
    }
  }
  return [min, ...stops, max];
}

function linearStops(min: number, max: number, step: number | undefined): number[] {
  const width = step ?? (max - min) / LINEAR_STOPS;
  const count = Math.floor((max - min) / width + 1e-9); // the quotient of two decimals may fall just short of a whole number
  const stops = Array.from({ length: count + 1 }, (_, i) => Number((min + i * width).toPrecision(12))); // 0.3, not 0.30000000000000004
  return stops.at(-1)! < max ? [...stops, max] : stops;
}

/** Position among ascending stops: logarithmic between two of them, or linear, as it must be next to 0. */
function positionAmong(stops: readonly number[], value: number, isLinear: boolean): number {
  const above = stops.findIndex((stop) => stop >= value);
  if (above === -1) return stops.length - 1;
  if (above === 0) return 0;
  const low = stops[above - 1]!;
  const high = stops[above]!;
  const part = isLinear || low === 0 ? (value - low) / (high - low) : Math.log(value / low) / Math.log(high / low);
  return above - 1 + part;
}

/**
 * Builds the scale of a slider from `min` to `max`. `zero-log` puts 0 at the left end and is logarithmic from there on,
 * from `min` when that is above 0.
 *
 * @throws RangeError when the range is empty, or a `log` one does not start above 0.
 */
export function sliderScale(kind: ScaleKind, min: number, max: number, step?: number): SliderScale {
  if (!(min < max)) throw new RangeError(`sliderScale: ${min} to ${max} is no range`);
  if (kind === "log" && min <= 0) throw new RangeError(`sliderScale: a log scale from ${min}; it must start above 0`);
  const least = min > 0 ? min : max * ZERO_LOG_SPAN;
  const stops = kind === "linear" ? linearStops(min, max, step) : kind === "log" ? roundStops(min, max) : [0, ...roundStops(least, max)];
  const last = stops.length - 1;
  const toPosition = (value: number) => positionAmong(stops, value, kind === "linear");
  const stopAt = (index: number) => stops[Math.min(last, Math.max(0, index))]!;
  return {
    last,
    toPosition,
    toValue: (position) => stopAt(Math.round(position)),
    move(value, count) {
      const position = toPosition(value);
      // From between two stops the first move only reaches the nearer end of that gap.
      return stopAt((count > 0 ? Math.floor(position) : Math.ceil(position)) + count);
    },
  };
}
