/**
 * Which part of latent space a plot shows, and the arithmetic between plot units and
 * pixels.
 *
 * A plot is a *plane* (two latent dimensions; equal scales, so that a ring of the prior
 * is round) or, with one latent dimension, a *line*: z₁ runs horizontally, and the
 * vertical coordinate only spreads the classes over lanes, 0 (top) to 1 (above the
 * strip of decodes). Knows no canvas.
 */
import { ticks, tickStep } from "d3";
import { clamp } from "../lib/clamp";
import { farTickText, tickDigits, tickText } from "./scale";

export type PlotKind = "plane" | "line";

/** In units of z. */
export interface LatentView {
  /** Centre. */
  readonly x: number;
  readonly y: number;
  /** From the centre to the nearer edges; of a line: to its ends. */
  readonly halfSpan: number;
}

export interface PlotFrame {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Pixel = origin + unit · coordinate; `unitY` is negative in a plane, where up is more. */
export interface PlotScales {
  readonly originX: number;
  readonly originY: number;
  readonly unitX: number;
  readonly unitY: number;
}

/** In plot units. */
export interface PlotRange {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The plane's first view: the prior's third ring and a little air. */
export const PRIOR_HALF_SPAN = 3.5;
/**
 * As near as codes of float32 can be told apart: next to 3, they are 2.4e-7 from each other, and a tile is a twentieth of the
 * view. An autoencoder gone wild still fits the farthest.
 */
export const HALF_SPAN_LIMITS = { min: 2e-5, max: 1e7 } as const;

/** Tiles along a line's strip. */
export const STRIP_TILES = 14;

/** Height of the strip of decodes under a line's lanes, with room for the axis below it. */
export function stripHeightPx({ widthPx }: PlotFrame): number {
  return Math.round((1.2 * widthPx) / STRIP_TILES) + AXIS_PX;
}

/** Room for a line's tick labels. */
export const AXIS_PX = 20;

export function plotScales(kind: PlotKind, view: LatentView, frame: PlotFrame): PlotScales {
  const { widthPx, heightPx } = frame;
  if (kind === "line") {
    const unitX = widthPx / 2 / view.halfSpan;
    return { originX: widthPx / 2 - view.x * unitX, originY: 0, unitX, unitY: Math.max(1, heightPx - stripHeightPx(frame)) };
  }
  const unit = Math.max(1, Math.min(widthPx, heightPx)) / 2 / view.halfSpan;
  return { originX: widthPx / 2 - view.x * unit, originY: heightPx / 2 + view.y * unit, unitX: unit, unitY: -unit };
}

/** What the frame shows. */
export function visibleRange({ originX, originY, unitX, unitY }: PlotScales, { widthPx, heightPx }: PlotFrame): PlotRange {
  return { left: -originX / unitX, right: (widthPx - originX) / unitX, bottom: (heightPx - originY) / unitY, top: -originY / unitY };
}

/** Zooms by `factor` (above 1: nearer) so that the point (`h`, `v`), in plot units, keeps its place on screen. */
export function zoomAbout(view: LatentView, factor: number, h: number, v: number): LatentView {
  const halfSpan = clamp(view.halfSpan / factor, HALF_SPAN_LIMITS.min, HALF_SPAN_LIMITS.max);
  const kept = halfSpan / view.halfSpan;
  return { x: h + (view.x - h) * kept, y: v + (view.y - v) * kept, halfSpan };
}

/** Moves what is shown along with a hand that moved by so many pixels. */
export function panBy(view: LatentView, kind: PlotKind, { unitX, unitY }: PlotScales, dxPx: number, dyPx: number): LatentView {
  return { ...view, x: view.x - dxPx / unitX, y: kind === "line" ? view.y : view.y - dyPx / unitY };
}

/** From `a` (`part` 0) to `b` (1); zooms by equal ratios in equal times. */
export function mixViews(a: LatentView, b: LatentView, part: number): LatentView {
  return {
    x: a.x + (b.x - a.x) * part,
    y: a.y + (b.y - a.y) * part,
    halfSpan: a.halfSpan * (b.halfSpan / a.halfSpan) ** part,
  };
}

/** The least move that brings the point (`h`, `v`) at least `marginPx` inside the frame. */
export function revealPoint(view: LatentView, kind: PlotKind, frame: PlotFrame, h: number, v: number, marginPx: number): LatentView {
  const scales = plotScales(kind, view, frame);
  const xPx = scales.originX + scales.unitX * h;
  const yPx = scales.originY + scales.unitY * v;
  const dx = clamp(xPx, marginPx, Math.max(marginPx, frame.widthPx - marginPx)) - xPx;
  const dy = kind === "line" ? 0 : clamp(yPx, marginPx, Math.max(marginPx, frame.heightPx - marginPx)) - yPx;
  return dx === 0 && dy === 0 ? view : panBy(view, kind, scales, dx, dy);
}

export interface AxisTick {
  /** In units of z. */
  readonly value: number;
  readonly px: number;
  readonly label: string;
}

/** About `lengthPx` between two labels of an axis. */
const TICK_EVERY_PX = 70;

/** Round values of z along an axis of `lengthPx` that shows `from` … `to`. */
export function axisTicks(from: number, to: number, lengthPx: number, toPx: (value: number) => number): AxisTick[] {
  const count = Math.max(2, Math.round(lengthPx / TICK_EVERY_PX));
  // A code that has run away is told by its power of ten: written out, its labels would run into each other.
  const largest = Math.max(Math.abs(from), Math.abs(to));
  const step = tickStep(from, to, count);
  const digits = tickDigits(from, to, count);
  const label = (value: number) => (largest >= 1e5 ? farTickText(value, step, largest) : tickText(value, digits));
  return ticks(from, to, count).map((value) => ({ value, px: toPx(value), label: label(value) }));
}
