/** A small line of a few numbers in a frame of its own. Numbers in, numbers out. */
import { traceLine } from "./loss-trace";
import { linearScale, type Scale } from "./scale";

/** Between the frame and the line. */
const MARGIN_PX = 5;

export interface SmallCurveLayout {
  readonly path: string;
  /** A place along the pictures, 0 (the first) to 1 (the last), to pixels. */
  readonly toX: Scale;
}

/**
 * @param range least and greatest value there is room for; wider values widen it
 * @param isStepped whether a value holds half-way to its neighbours
 */
export function layoutSmallCurve(
  values: readonly number[],
  range: readonly [number, number],
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  isStepped = false,
): SmallCurveLayout {
  const finite = values.filter(Number.isFinite);
  const toX = linearScale([0, 1], [MARGIN_PX, Math.max(MARGIN_PX, widthPx - MARGIN_PX)]);
  const domain = [Math.min(range[0], ...finite), Math.max(range[1], ...finite)] as const;
  const toY = linearScale(domain, [heightPx - MARGIN_PX, MARGIN_PX]);
  const last = Math.max(1, values.length - 1);
  const clamped = (place: number) => toX(Math.min(1, Math.max(0, place)));
  const places = values.flatMap((value, i) => {
    return isStepped
      ? [
          { x: clamped((i - 0.5) / last), value },
          { x: clamped((i + 0.5) / last), value },
        ]
      : [{ x: toX(i / last), value }];
  });
  return { path: traceLine({ x: places.map(({ x }) => x), value: places.map(({ value }) => value) }, toY), toX };
}
