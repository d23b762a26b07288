/**
 * What is set and not measured, drawn among the curves: an annealed β as an area on a
 * scale of its own, a growing capacity as a line on the curves' own.
 */
import type { CurveColor, Guide } from "./loss-data";
import type { Scale } from "./scale";
import { traceLine } from "./loss-trace";

export interface GuideLayout {
  readonly id: string;
  readonly name: string;
  readonly color: CurveColor;
  readonly path: string;
  readonly isArea: boolean;
  /** Now, at the last step told. */
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

/**
 * @param x step → pixels, rising
 * @param toY of the curves
 * @param edges of the panel, pixels
 */
export function layoutGuide(
  { id, name, color, at, full }: Guide,
  x: Scale,
  lastStep: number,
  toY: (value: number) => number,
  [top, bottom]: readonly [top: number, bottom: number],
): GuideLayout {
  const isArea = full !== null;
  const ownY = (value: number) => (full === 0 || full === null ? bottom : bottom - ((bottom - top) * value) / full);
  const place = isArea ? ownY : toY;
  const steps = stepsToDraw(x, lastStep);
  const points = { x: steps.map((step) => x(step)), value: steps.map(at) };
  const line = traceLine(points, place);
  const value = at(lastStep);
  const path = isArea ? `${line}V${bottom}H${Math.round(points.x[0]! * 10) / 10}Z` : line;
  return { id, name, color, path, isArea, value, x: points.x.at(-1)!, y: place(value) };
}

/** One a pixel, the first and the last step among them: a guide may jump between any two. */
function stepsToDraw(x: Scale, lastStep: number): number[] {
  const steps = new Set([1]);
  for (let px = x(1); px < x(lastStep); px++) steps.add(Math.max(1, Math.round(x.invert(px))));
  return [...steps.add(lastStep)].toSorted((a, b) => a - b);
}
