/** Points as an SVG path, and what of them does not fit. */
import type { Points } from "./loss-columns";

/** Beyond this, coordinates are held: a diverging loss of 1e30 is no pixel. */
const FAR = 10_000;

const tenth = (pixels: number) => Math.round(pixels * 10) / 10;

/** A path through the points; what is not finite breaks it, and a point alone between breaks is a dot. */
export function traceLine({ x, value }: Points, toY: (value: number) => number): string {
  let path = "";
  let isOpen = false;
  for (let i = 0; i < value.length; i++) {
    if (!Number.isFinite(value[i]!)) {
      isOpen = false;
      continue;
    }
    const y = Math.max(-FAR, Math.min(FAR, toY(value[i]!)));
    const command = isOpen ? "L" : "M";
    path += `${command}${tenth(x[i]!)} ${tenth(y)}`;
    // A line of no length shows as a dot when its caps are round.
    if (!isOpen && !Number.isFinite(value[i + 1] ?? Number.NaN)) path += "h0";
    isOpen = true;
  }
  return path;
}

export interface Peak {
  readonly x: number;
  readonly value: number;
}

/**
 * The greatest value told above `high`, once a smoothed line leaves the panel there: single noisy steps that stick out are no
 * news. Null when nothing does.
 */
export function clippedPeak(curves: readonly { readonly raw: Points; readonly smooth: Points }[], high: number): Peak | null {
  if (!curves.some(({ smooth }) => smooth.value.some((value) => value > high))) return null;
  let peak: Peak | null = null;
  for (const { raw } of curves) {
    for (let i = 0; i < raw.value.length; i++) {
      const value = raw.value[i]!;
      if (Number.isFinite(value) && value > (peak?.value ?? high)) peak = { x: raw.x[i]!, value };
    }
  }
  return peak;
}
