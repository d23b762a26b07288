/**
 * Numbers to pixels and back, along a straight or a logarithmic axis, and the labels
 * of round numbers. Ticks and round ends are d3's.
 *
 * Not d3's scales and formats: these bring colours, dates and curves of 10 KiB
 * with them, before first paint. The tests hold them to d3's answers.
 */
import { nice, tickIncrement } from "d3";
import { clamp } from "../lib/clamp";

export interface Scale {
  (value: number): number;
  /** Pixels to values. */
  readonly invert: (px: number) => number;
  readonly domain: readonly [from: number, to: number];
  readonly range: readonly [from: number, to: number];
}

/** @param clamps whether what lies outside is taken to the nearest end, both ways */
export function linearScale(domain: readonly [number, number], range: readonly [number, number], clamps = false): Scale {
  return scaleThrough(domain, range, clamps, Number, Number);
}

/** As `linearScale`, of a positive domain, equal ratios equally long. */
export function logScale(domain: readonly [number, number], range: readonly [number, number], clamps = false): Scale {
  return scaleThrough(domain, range, clamps, Math.log, Math.exp);
}

/** The same range over a domain with its ends moved out to round values, about `count` of them apart. */
export function niceScale({ domain, range }: Scale, count: number): Scale {
  return linearScale(nice(...domain, count), range);
}

function scaleThrough(
  domain: readonly [number, number],
  range: readonly [number, number],
  clamps: boolean,
  forth: (value: number) => number,
  back: (value: number) => number,
): Scale {
  const [d0, d1] = domain.map(forth) as [number, number];
  const [r0, r1] = range;
  const part = (value: number, from: number, to: number) => {
    const share = to === from ? 0.5 : (value - from) / (to - from);
    return clamps ? clamp(share, 0, 1) : share;
  };
  const toPx = (value: number) => between(r0, r1, part(forth(value), d0, d1));
  return Object.assign(toPx, { invert: (px: number) => back(between(d0, d1, part(px, r0, r1))), domain, range });
}

function between(from: number, to: number, share: number): number {
  return from * (1 - share) + to * share;
}

/** Digits after the point that tell the ticks of `count` steps over a range apart. */
export function tickDigits(from: number, to: number, count: number): number {
  const increment = tickIncrement(Math.min(from, to), Math.max(from, to), count);
  if (!Number.isFinite(increment) || increment === 0) return 0;
  // d3 gives steps below 1 as negative inverses, so that they are exact.
  const step = increment < 0 ? -1 / increment : increment;
  return Math.max(0, -exponent(step));
}

/** Of a number's decimal notation: 0 for 1 … 9.99. */
function exponent(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

/** A tick written out, with a minus sign rather than a hyphen. */
export function tickText(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/** A tick by its power of ten, `2e+8`, with no more digits than tell the ticks apart. */
export function farTickText(value: number, step: number, largest: number): string {
  const digits = Math.max(0, exponent(largest) - exponent(step));
  const [mantissa = "", power = ""] = value.toExponential(digits).split("e");
  const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${trimmed}e${power}`.replace(/^-/, "−").replace("e-", "e−");
}
