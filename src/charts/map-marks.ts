/**
 * What a visitor has laid out on the map: pins, paths between them, the posterior of a
 * picture of their own, the outline under their hand. Always over everything else, in
 * pixels that do not grow with a zoom.
 */
import { setType, writeLabel, type PlotInks } from "./latent-paint";
import type { PlotPoint } from "./latent-scene";
import type { PlotScales } from "./latent-view";
import type { MapOverlay, OverlaySpace } from "./map-overlay";

const TURN = 2 * Math.PI;
const PIN_PX = 9;
/** Of the dot that runs along a path. */
const RUNNER_PX = 6;

/** Told apart by colour, by dash and by name. */
export type TrailLook = "straight" | "spherical" | "geodesic";

const LOOKS: Readonly<Record<TrailLook, { readonly ink: "ink" | "latent" | "decoder"; readonly dash: readonly number[] }>> = {
  straight: { ink: "ink", dash: [] },
  spherical: { ink: "latent", dash: [7, 5] },
  geodesic: { ink: "decoder", dash: [0.5, 4.5] },
};

export interface TrailMark {
  readonly look: TrailLook;
  readonly name: string;
  /** `[points, 2]`, plot units. */
  readonly places: Float32Array;
}

export interface MapMarks {
  readonly pins: readonly (PlotPoint & { readonly id: number })[];
  readonly trails: readonly TrailMark[];
  /** How far along the trails the runners stand, 0 to 1; null for none. */
  readonly trailAt: number | null;
  /** Place, and half axes and angle of one standard deviation where there is one. */
  readonly hand: (PlotPoint & { readonly spread: readonly [number, number, number] | null; readonly name: string }) | null;
  /** A marked point that is not one of the plot's own. */
  readonly marked: (PlotPoint & { readonly colour: string }) | null;
}

const NO_MARKS: MapMarks = { pins: [], trails: [], trailAt: null, hand: null, marked: null };

/** A place along a trail, between its points. */
export function placeAlong(places: Float32Array, part: number): PlotPoint | null {
  const last = places.length / 2 - 1;
  if (last < 0) return null;
  const at = Math.min(1, Math.max(0, part)) * last;
  const from = Math.min(last, Math.floor(at));
  const to = Math.min(last, from + 1);
  const mix = (coordinate: 0 | 1) => {
    const value = places[from * 2 + coordinate]!;
    return value + (places[to * 2 + coordinate]! - value) * (at - from);
  };
  return { h: mix(0), v: mix(1) };
}

export class MarksOverlay implements MapOverlay {
  readonly level = "marks";
  #marks: MapMarks = NO_MARKS;
  #outline: readonly PlotPoint[] | null = null;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (repaint: () => void): (() => void) => {
    this.#listeners.add(repaint);
    return () => this.#listeners.delete(repaint);
  };

  set(marks: MapMarks): void {
    this.#marks = marks;
    for (const tell of this.#listeners) tell();
  }

  /** What is being drawn around; null for nothing. */
  draw(outline: readonly PlotPoint[] | null): void {
    this.#outline = outline;
    for (const tell of this.#listeners) tell();
  }

  paint(context: CanvasRenderingContext2D, { scales, inks }: OverlaySpace): boolean {
    const { pins, trails, trailAt, hand, marked } = this.#marks;
    context.save();
    context.lineCap = "round";
    context.lineJoin = "round";
    trails.forEach((trail, i) => paintTrail(context, trail, i, trails.length, scales, inks));
    if (trailAt !== null) for (const trail of trails) paintRunner(context, trail, trailAt, scales, inks);
    if (hand !== null) paintHand(context, hand, scales, inks);
    if (marked !== null) paintRing(context, marked, scales, inks);
    for (const pin of pins) paintPin(context, pin, scales, inks);
    if (this.#outline !== null) paintOutline(context, this.#outline, scales, inks);
    context.restore();
    return false;
  }
}

const xOf = ({ originX, unitX }: PlotScales, h: number) => originX + unitX * h;
const yOf = ({ originY, unitY }: PlotScales, v: number) => originY + unitY * v;

function paintTrail(
  context: CanvasRenderingContext2D,
  { look, name, places }: TrailMark,
  index: number,
  count: number,
  scales: PlotScales,
  inks: PlotInks,
): void {
  context.beginPath();
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [xOf(scales, places[i]!), yOf(scales, places[i + 1]!)];
    if (Number.isFinite(x + y)) context.lineTo(x, y);
  }
  // A pale bed under the line keeps its dashes legible on a picture.
  context.setLineDash([]);
  context.globalAlpha = 0.8;
  context.lineWidth = 5;
  context.strokeStyle = inks.card;
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([...LOOKS[look].dash]);
  context.lineWidth = look === "geodesic" ? 3 : 2.25;
  context.strokeStyle = inks[LOOKS[look].ink];
  context.stroke();
  context.setLineDash([]);
  // Names stand apart from each other: trails of the same pins meet at their ends.
  const place = placeAlong(places, (index + 1) / (count + 1));
  if (place === null) return;
  setType(context, inks, "left", "bottom");
  writeLabel(context, inks, name, xOf(scales, place.h) + 7, yOf(scales, place.v) - 5, inks[LOOKS[look].ink]);
}

function paintRunner(context: CanvasRenderingContext2D, { look, places }: TrailMark, at: number, scales: PlotScales, inks: PlotInks): void {
  const place = placeAlong(places, at);
  if (place === null) return;
  context.beginPath();
  context.arc(xOf(scales, place.h), yOf(scales, place.v), RUNNER_PX, 0, TURN);
  context.fillStyle = inks[LOOKS[look].ink];
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = inks.card;
  context.stroke();
}

function paintHand(
  context: CanvasRenderingContext2D,
  { h, v, spread, name }: NonNullable<MapMarks["hand"]>,
  scales: PlotScales,
  inks: PlotInks,
): void {
  const [x, y] = [xOf(scales, h), yOf(scales, v)];
  if (!Number.isFinite(x + y)) return;
  if (spread !== null) {
    context.beginPath();
    context.ellipse(x, y, spread[0] * scales.unitX, spread[1] * scales.unitX, -spread[2], 0, TURN);
    context.globalAlpha = 0.2;
    context.fillStyle = inks.ink;
    context.fill();
    context.globalAlpha = 1;
    context.lineWidth = 2;
    context.strokeStyle = inks.ink;
    context.stroke();
  }
  // A diamond: no class's dot, no pin, no probe.
  context.beginPath();
  for (const [dx, dy] of [
    [0, -8],
    [8, 0],
    [0, 8],
    [-8, 0],
  ] as const) {
    context.lineTo(x + dx, y + dy);
  }
  context.closePath();
  context.fillStyle = inks.ink;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = inks.card;
  context.stroke();
  setType(context, inks, "left", "middle");
  writeLabel(context, inks, name, x + 12, y, inks.ink);
}

function paintRing(
  context: CanvasRenderingContext2D,
  { h, v, colour }: NonNullable<MapMarks["marked"]>,
  scales: PlotScales,
  inks: PlotInks,
): void {
  context.beginPath();
  context.arc(xOf(scales, h), yOf(scales, v), 5, 0, TURN);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = inks.ink;
  context.stroke();
}

function paintPin(context: CanvasRenderingContext2D, { id, h, v }: MapMarks["pins"][number], scales: PlotScales, inks: PlotInks): void {
  const [x, y] = [xOf(scales, h), yOf(scales, v)];
  if (!Number.isFinite(x + y)) return;
  context.beginPath();
  context.arc(x, y, PIN_PX, 0, TURN);
  context.fillStyle = inks.card;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = inks.latent;
  context.stroke();
  context.font = `600 ${inks.labelPx}px ${inks.family}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = inks.ink;
  context.fillText(String(id), x, y + 0.5);
}

function paintOutline(context: CanvasRenderingContext2D, corners: readonly PlotPoint[], scales: PlotScales, inks: PlotInks): void {
  context.beginPath();
  for (const { h, v } of corners) context.lineTo(xOf(scales, h), yOf(scales, v));
  context.closePath();
  context.globalAlpha = 0.1;
  context.fillStyle = inks.latent;
  context.fill();
  context.globalAlpha = 1;
  context.setLineDash([5, 4]);
  context.lineWidth = 1.5;
  context.strokeStyle = inks.latent;
  context.stroke();
}
