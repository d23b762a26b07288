/**
 * Which point of a scatter is meant: the one under a pointer, or the next nearest for
 * a hand on the keyboard.
 *
 * A straight scan: 5,000 points take some ten microseconds, and a tree would have to be
 * built anew for every frame of a glide.
 */
import type { PlotScales } from "./latent-view";

export interface HitQuery {
  /** `[points, 2]`, plot units. */
  readonly positions: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly hiddenClasses: ReadonlySet<number>;
  readonly scales: PlotScales;
}

/** The shown point nearest to (`xPx`, `yPx`), if it is no farther than `radiusPx`; else null. */
export function nearestPoint(query: HitQuery, xPx: number, yPx: number, radiusPx: number): number | null {
  let nearest: number | null = null;
  let least = radiusPx * radiusPx;
  forEachShown(query, xPx, yPx, (index, squaredPx) => {
    if (squaredPx > least) return;
    least = squaredPx;
    nearest = index;
  });
  return nearest;
}

/** The shown points from the nearest to (`xPx`, `yPx`) outwards, at most `limit` of them. */
export function pointsByDistance(query: HitQuery, xPx: number, yPx: number, limit: number): number[] {
  const found: { readonly index: number; readonly squaredPx: number }[] = [];
  forEachShown(query, xPx, yPx, (index, squaredPx) => found.push({ index, squaredPx }));
  return found
    .toSorted((a, b) => a.squaredPx - b.squaredPx)
    .slice(0, limit)
    .map(({ index }) => index);
}

function forEachShown(
  { positions, labels, hiddenClasses, scales }: HitQuery,
  xPx: number,
  yPx: number,
  visit: (index: number, squaredPx: number) => void,
): void {
  const { originX, originY, unitX, unitY } = scales;
  for (let i = 0; i * 2 < positions.length; i++) {
    const dx = originX + unitX * positions[i * 2]! - xPx;
    const dy = originY + unitY * positions[i * 2 + 1]! - yPx;
    const squaredPx = dx * dx + dy * dy;
    if (Number.isFinite(squaredPx) && !hiddenClasses.has(labels[i]!)) visit(i, squaredPx);
  }
}
