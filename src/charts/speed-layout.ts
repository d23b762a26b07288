/**
 * How fast the picture changes along paths, as lines over one axis from the start of the
 * path to its end. d3 has the round numbers. Numbers in, numbers out.
 */
import { ticks } from "d3";
import { traceLine } from "./loss-trace";
import { linearScale, niceScale, tickDigits, tickText } from "./scale";

export interface SpeedLine {
  readonly id: string;
  /** One for each step between two neighbouring points of the path, evenly apart; what is not finite breaks the line. */
  readonly speeds: ArrayLike<number>;
}

export interface SpeedFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly leftPx: number;
  readonly footPx: number;
}

export interface SpeedLayout {
  readonly lines: readonly { readonly id: string; readonly path: string }[];
  readonly ticks: readonly { readonly label: string; readonly y: number }[];
  /** y of 0. */
  readonly base: number;
  /** A place on the path, 0 to 1, to pixels. */
  readonly toX: (at: number) => number;
}

/** Room above the highest line, half a line's width. */
const TOP_PX = 4;

/** About so many ticks of the vertical axis. */
const TICKS = 3;

/** The axis starts at 0, so that heights compare; nothing but the axis without a finite speed. */
export function layoutSpeeds(lines: readonly SpeedLine[], { widthPx, heightPx, leftPx, footPx }: SpeedFrame): SpeedLayout {
  const base = Math.max(TOP_PX, heightPx - footPx);
  const toX = linearScale([0, 1], [leftPx, Math.max(leftPx, widthPx - 4)]);
  const finite = lines.flatMap(({ speeds }) => Array.from(speeds).filter(Number.isFinite));
  const most = Math.max(0, ...finite);
  if (most === 0) return { lines: lines.map(({ id }) => ({ id, path: "" })), ticks: [], base, toX };
  const toY = niceScale(linearScale([0, most], [base, TOP_PX]), TICKS);
  const [, top] = toY.domain;
  const digits = tickDigits(0, top, TICKS);
  return {
    lines: lines.map(({ id, speeds }) => ({
      id,
      // A speed is that of a step: it stands over the middle of it.
      path: traceLine({ x: Array.from(speeds, (_, i) => toX((i + 0.5) / speeds.length)), value: Array.from(speeds) }, toY),
    })),
    ticks: ticks(0, top, TICKS).map((value) => ({ label: tickText(value, digits), y: toY(value) })),
    base,
    toX,
  };
}
