/** Which points a hand has drawn around. Numbers in, numbers out. */
import type { Outline } from "./latent-gestures";
import type { PlotPoint } from "./latent-scene";

/** Whether a place lies within a closed outline that may cross itself, by the even-odd rule. */
export function isWithin(corners: readonly PlotPoint[], h: number, v: number): boolean {
  let isInside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [a, b] = [corners[i]!, corners[j]!];
    if (a.v > v !== b.v > v && h < a.h + ((v - a.v) / (b.v - a.v)) * (b.h - a.h)) isInside = !isInside;
  }
  return isInside;
}

/**
 * Points within an outline, in rising order.
 *
 * @param positions `[points, 2]`
 * @param isShown by point: one that is not shown is not selected
 * @param from number of the first point
 */
export function pointsWithin(
  corners: readonly PlotPoint[],
  positions: Float32Array,
  isShown: (point: number) => boolean,
  from = 0,
): number[] {
  const box = {
    left: Math.min(...corners.map(({ h }) => h)),
    right: Math.max(...corners.map(({ h }) => h)),
    bottom: Math.min(...corners.map(({ v }) => v)),
    top: Math.max(...corners.map(({ v }) => v)),
  };
  const found: number[] = [];
  for (let i = 0; i * 2 < positions.length; i++) {
    const [h, v] = [positions[i * 2]!, positions[i * 2 + 1]!];
    // A look at the box spares most points the look at every corner.
    if (!(h >= box.left && h <= box.right && v >= box.bottom && v <= box.top)) continue;
    if (isShown(i) && isWithin(corners, h, v)) found.push(from + i);
  }
  return found;
}

/** A selection after a change; null when nothing is left of it. Both in rising order, and so is the result. */
export function changeSelection(
  selection: readonly number[] | null,
  found: readonly number[],
  change: Outline["change"],
): readonly number[] | null {
  const before = selection ?? [];
  const of = new Set(found);
  const next =
    change === "replace"
      ? found
      : change === "remove"
        ? before.filter((point) => !of.has(point))
        : [...new Set([...before, ...found])].toSorted((a, b) => a - b);
  return next.length === 0 ? null : next;
}
