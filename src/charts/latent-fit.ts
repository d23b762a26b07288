/**
 * The view that shows the codes, and a view that follows them while they move.
 *
 * A view that jumped at each snapshot would hide the very motion one wants to see:
 * the followed view holds still until the codes have clearly outgrown it or left most
 * of it empty, and then leaves some air, so that the next change is some way off.
 */
import { ascending, quantileSorted } from "d3";
import type { LatentView, PlotFrame, PlotKind } from "./latent-view";

/** Part of the codes that may lie outside a fitted view at either end: a few strays must not shrink all the others. */
const STRAY = 0.005;
/** Air around the codes of a view that is fitted anew. */
const AIR = 1.12;
/** A view is kept while the codes' extent is between these parts of it. */
const KEEP = { least: 0.72, most: 1.02 } as const;

/** Where the codes are, in units of z. */
export interface CodeBounds {
  readonly x: number;
  readonly y: number;
  /** From the centre to the edges. */
  readonly halfWidth: number;
  readonly halfHeight: number;
}

/** Whether the prior gives the space a centre and a scale of its own. */
export interface FitRule {
  readonly isCentred: boolean;
  readonly leastHalfSpan: number;
}

/** A plot wider than high shows more along one axis: its sides over the shorter one. */
export interface PlotAspect {
  readonly across: number;
  readonly up: number;
}

export function aspectOf(kind: PlotKind, { widthPx, heightPx }: PlotFrame): PlotAspect {
  const shorter = Math.max(1, Math.min(widthPx, heightPx));
  return kind === "line" ? { across: 1, up: 1 } : { across: Math.max(1, widthPx) / shorter, up: Math.max(1, heightPx) / shorter };
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
  if (isCentred) return { x: 0, y: 0, halfWidth: Math.max(-low, high), halfHeight: Math.max(-bottom, top) };
  return { x: (low + high) / 2, y: (bottom + top) / 2, halfWidth: (high - low) / 2, halfHeight: (top - bottom) / 2 };
}

function spread(positions: Float32Array, coordinate: 0 | 1): [number | undefined, number | undefined] {
  const values: number[] = [];
  for (let i = coordinate; i < positions.length; i += 2) if (Number.isFinite(positions[i]!)) values.push(positions[i]!);
  values.sort(ascending);
  return [quantileSorted(values, STRAY), quantileSorted(values, 1 - STRAY)];
}

/** The view for these codes, with air around them. */
export function fitView(bounds: CodeBounds, { leastHalfSpan }: FitRule, { across, up }: PlotAspect): LatentView {
  const needed = Math.max(bounds.halfWidth / across, bounds.halfHeight / up);
  return { x: bounds.x, y: bounds.y, halfSpan: Math.max(leastHalfSpan, needed * AIR) };
}

/** `current`, the very same object, while it still suits the codes; else a view fitted anew. */
export function followView(current: LatentView, bounds: CodeBounds, rule: FitRule, aspect: PlotAspect): LatentView {
  const fitted = fitView(bounds, rule, aspect);
  const reach = Math.max(
    (bounds.halfWidth + Math.abs(bounds.x - current.x)) / aspect.across,
    (bounds.halfHeight + Math.abs(bounds.y - current.y)) / aspect.up,
  );
  const isOutgrown = reach > current.halfSpan * KEEP.most || fitted.halfSpan > current.halfSpan * AIR;
  const isEmpty = fitted.halfSpan / AIR < current.halfSpan * KEEP.least;
  return isOutgrown || isEmpty ? fitted : current;
}
