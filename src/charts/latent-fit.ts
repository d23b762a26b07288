/**
 * The view that shows the codes, and a view that follows them while they move.
 *
 * A view that jumped at each snapshot would hide the very motion one wants to see:
 * the followed view holds still until the codes have clearly outgrown it or left most
 * of it empty, and then leaves some air, so that the next change is some way off.
 */
import { ascending, quantileSorted } from "d3";
import type { LatentView, PlotKind } from "./latent-view";

/** Part of the codes that may lie outside a fitted view at either end: a few strays must not shrink all the others. */
const STRAY = 0.005;
/** Air around the codes of a view that is fitted anew. */
const AIR = 1.15;
/** A view is kept while the codes' extent is between these parts of it. */
const KEEP = { least: 0.55, most: 1.02 } as const;

/** Where the codes are, in units of z. */
export interface CodeBounds {
  readonly x: number;
  readonly y: number;
  /** From the centre to the farther edges. */
  readonly halfExtent: number;
}

/** Whether the prior gives the space a centre and a scale of its own. */
export interface FitRule {
  readonly isCentred: boolean;
  readonly leastHalfSpan: number;
}

/**
 * The box of the codes without strays; null when there is no finite code.
 *
 * @param positions `[points, 2]`, plot units
 */
export function codeBounds(positions: Float32Array, kind: PlotKind, { isCentred }: FitRule): CodeBounds | null {
  const [low, high] = spread(positions, 0);
  if (low === undefined || high === undefined) return null;
  const [bottom = 0, top = 0] = kind === "line" ? [] : spread(positions, 1);
  if (isCentred) return { x: 0, y: 0, halfExtent: Math.max(-low, high, -bottom, top) };
  return { x: (low + high) / 2, y: (bottom + top) / 2, halfExtent: Math.max(high - low, top - bottom) / 2 };
}

function spread(positions: Float32Array, coordinate: 0 | 1): [number | undefined, number | undefined] {
  const values: number[] = [];
  for (let i = coordinate; i < positions.length; i += 2) if (Number.isFinite(positions[i]!)) values.push(positions[i]!);
  values.sort(ascending);
  return [quantileSorted(values, STRAY), quantileSorted(values, 1 - STRAY)];
}

/** The view for these codes, with air around them. */
export function fitView(bounds: CodeBounds, { leastHalfSpan }: FitRule): LatentView {
  return { x: bounds.x, y: bounds.y, halfSpan: Math.max(leastHalfSpan, bounds.halfExtent * AIR) };
}

/** `current`, the very same object, while it still suits the codes; else a view fitted anew. */
export function followView(current: LatentView, bounds: CodeBounds, rule: FitRule): LatentView {
  const fitted = fitView(bounds, rule);
  const reach = bounds.halfExtent + Math.max(Math.abs(bounds.x - current.x), Math.abs(bounds.y - current.y));
  const isOutgrown = reach > current.halfSpan * KEEP.most || fitted.halfSpan > current.halfSpan * AIR;
  const isEmpty = Math.max(bounds.halfExtent, rule.leastHalfSpan / AIR) < current.halfSpan * KEEP.least;
  return isOutgrown || isEmpty ? fitted : current;
}
