/**
 * Strokes of the data space on a 2-D canvas: field, edges, the sheet a decoder makes,
 * links to reconstructions, points. Each takes numbers and a context scaled to CSS
 * pixels; none keeps anything.
 */
import {
  depthStrength,
  paintOrder,
  projectPoints,
  SPACE_TICKS,
  spaceEdges,
  type Coordinates,
  type SpaceScales,
  type Turn,
} from "./data-space-layout";
import type { Rgb } from "./ink";
import { tickText } from "./scale";

export interface SpaceView {
  readonly coordinates: Coordinates;
  readonly turn: Turn;
  readonly scales: SpaceScales;
}

const TURN = 2 * Math.PI;

/** Full colour of the field goes this far from the card towards its ink: points must stay visible. */
const FIELD_STRENGTH = 0.5;

/** What a field of probabilities looks like: the card at 0, teal at 1. */
export function fieldPixels(probabilities: ArrayLike<number>, cells: number, from: Rgb, to: Rgb): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(cells * cells * 4);
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const part = FIELD_STRENGTH * probabilities[row * cells + column]!;
      const at = ((cells - 1 - row) * cells + column) * 4; // the lowest row first
      for (const channel of [0, 1, 2] as const) bytes[at + channel] = from[channel] + (to[channel] - from[channel]) * part;
      bytes[at + 3] = 255;
    }
  }
  return bytes;
}

/** The sides of the square or the edges of the cube, the axes among them darker. */
export function paintEdges(
  context: CanvasRenderingContext2D,
  { coordinates, turn, scales }: SpaceView,
  inks: { readonly line: string; readonly ink2: string },
): void {
  context.lineWidth = 1;
  for (const { from, to, coordinate } of spaceEdges(coordinates, turn, scales)) {
    context.strokeStyle = coordinate === null ? inks.line : inks.ink2;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
  }
}

/** An axis shorter than this points at the eye: it has no end to name. */
const LEAST_AXIS_PX = 24;

/** The names of the axes, of a cube at their far ends, of a square beside them among round values. */
export function paintNames(
  context: CanvasRenderingContext2D,
  { coordinates, turn, scales }: SpaceView,
  inks: { readonly ink2: string; readonly card: string },
  names: readonly string[],
): void {
  context.fillStyle = inks.ink2;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { from, to, coordinate } of spaceEdges(coordinates, turn, scales)) {
    if (coordinate === null) continue;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.hypot(dx, dy);
    if (coordinates === 3) {
      if (length > LEAST_AXIS_PX) label(context, inks.card, names[coordinate]!, to[0] + (10 * dx) / length, to[1] + (10 * dy) / length);
      continue;
    }
    const [aside, below] = coordinate === 0 ? [0, 10] : [-10, 0];
    for (const value of SPACE_TICKS) {
      if (value === 0 && coordinate === 1) continue; // the corner says it once
      label(context, inks.card, tickText(value, value === 0.5 ? 1 : 0), from[0] + dx * value + aside, from[1] + dy * value + below);
    }
    label(context, inks.card, names[coordinate]!, from[0] + dx * 0.75 + aside, from[1] + dy * 0.75 + below);
  }
}

function label(context: CanvasRenderingContext2D, card: string, text: string, x: number, y: number): void {
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = card;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
  context.lineWidth = 1;
}

/** Polylines, each `[points, coordinates]`; what lies behind is fainter. */
export function paintSheet(
  context: CanvasRenderingContext2D,
  lines: readonly Float32Array[],
  view: SpaceView,
  color: string,
  widthPx: number,
): void {
  context.save();
  context.strokeStyle = color;
  context.lineWidth = widthPx;
  context.lineJoin = "round";
  context.lineCap = "round";
  for (const line of lines) {
    const places = projectPoints(line, view.coordinates, view.turn, view.scales);
    let strength = -1;
    context.beginPath();
    for (let i = 1; i * 3 < places.length; i++) {
      const [x0, y0, x, y] = [places[i * 3 - 3]!, places[i * 3 - 2]!, places[i * 3]!, places[i * 3 + 1]!];
      if (!Number.isFinite(x0 + y0 + x + y)) continue;
      // One path for a stretch of about one depth: a stroke per piece would be slow and dotted where they meet.
      const here = Math.round(depthStrength((places[i * 3 - 1]! + places[i * 3 + 2]!) / 2) * 8) / 8;
      if (here !== strength) {
        if (strength >= 0) context.stroke();
        strength = here;
        context.globalAlpha = 0.85 * here;
        context.beginPath();
        context.moveTo(x0, y0);
      }
      context.lineTo(x, y);
    }
    if (strength >= 0) context.stroke();
  }
  context.restore();
}

/** From each of `from` to its partner in `to`, both `[count, coordinates]`. */
export function paintLinks(
  context: CanvasRenderingContext2D,
  from: Float32Array,
  to: Float32Array,
  isShown: (index: number) => boolean,
  view: SpaceView,
  color: string,
): void {
  const starts = projectPoints(from, view.coordinates, view.turn, view.scales);
  const ends = projectPoints(to, view.coordinates, view.turn, view.scales);
  context.save();
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.globalAlpha = 0.4;
  context.beginPath();
  for (let i = 0; i * 3 < starts.length; i++) {
    if (!isShown(i) || !Number.isFinite(ends[i * 3]! + ends[i * 3 + 1]!)) continue;
    context.moveTo(starts[i * 3]!, starts[i * 3 + 1]!);
    context.lineTo(ends[i * 3]!, ends[i * 3 + 1]!);
  }
  context.stroke();
  context.restore();
}

/**
 * Dots, the farthest first, nearer ones larger and stronger.
 *
 * @param points `[count, coordinates]`
 * @param colorOf CSS colour; null for what is not shown
 */
export function paintPoints(
  context: CanvasRenderingContext2D,
  points: ArrayLike<number>,
  view: SpaceView,
  radiusPx: number,
  colorOf: (index: number) => string | null,
): void {
  const places = projectPoints(points, view.coordinates, view.turn, view.scales);
  context.save();
  for (const i of paintOrder(places)) {
    const color = colorOf(i);
    if (color === null) continue;
    const strength = depthStrength(places[i * 3 + 2]!);
    context.globalAlpha = 0.9 * strength;
    context.fillStyle = color;
    context.beginPath();
    context.arc(places[i * 3]!, places[i * 3 + 1]!, radiusPx * (0.6 + 0.4 * strength), 0, TURN);
    context.fill();
  }
  context.restore();
}
