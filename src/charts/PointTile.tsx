/** A point as a small picture: a dot in the frame of its space, crisp at every size. */
import { FIRST_TURN, projectPoints, spaceScales, type Coordinates } from "./data-space-layout";
import type { Inks } from "./ink";

interface PointTileProps {
  /** Two or three coordinates, 0 … `scale`. */
  readonly point: ArrayLike<number>;
  readonly scale: 1 | 255;
  /** Colour of the dot. Default `ink`. */
  readonly ink?: keyof Inks | undefined;
  /** Accessible name; without one it is decoration. */
  readonly label?: string | undefined;
  readonly className?: string | undefined;
}

/** Of the picture, in its own units, and of the dot in it. */
const SIDE = 100;
const RADIUS = 7;

export function PointTile({ point, scale, ink = "ink", label, className }: PointTileProps) {
  const coordinates = point.length as Coordinates;
  const places = Array.from(point, (value) => value / scale);
  const scales = spaceScales(coordinates, { widthPx: SIDE, heightPx: SIDE });
  const [x, y, depth] = projectPoints(places, coordinates, FIRST_TURN, scales);
  const name = label === undefined ? ({ "aria-hidden": true } as const) : ({ role: "img", "aria-label": label } as const);
  return (
    <svg viewBox={`0 0 ${SIDE} ${SIDE}`} className={className} width="100%" height="100%" {...name}>
      {Number.isFinite(x! + y!) && <circle cx={x} cy={y} r={RADIUS * (1 - 0.25 * depth!)} fill={`var(--${ink})`} />}
    </svg>
  );
}
