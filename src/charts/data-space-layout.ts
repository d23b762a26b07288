/**
 * The space that points lie in, as a picture: the square of two coordinates as it is,
 * the cube of three turned and seen from afar (orthographic, so that equal lengths stay
 * comparable), with a depth that fades what lies behind.
 *
 * Numbers in, numbers out. Coordinates are in [0, 1]; what a model makes may lie outside.
 */
import { ticks } from "d3";
import { clamp } from "../lib/clamp";

export type Coordinates = 2 | 3;

/** How the cube is turned, in radians. */
export interface Turn {
  /** About the third axis, which points up. */
  readonly yaw: number;
  /** How far one looks down on it: 0 level, π/2 from above. */
  readonly pitch: number;
}

/** Shows the roll and the coil, which wind around the third axis, a little from above. */
export const FIRST_TURN: Turn = { yaw: 0.5, pitch: 0.75 };

/** Beyond these one would look at it upside down. */
const PITCH_LIMIT = Math.PI / 2;

export function turnBy({ yaw, pitch }: Turn, dYaw: number, dPitch: number): Turn {
  return { yaw: wrap(yaw + dYaw), pitch: clamp(pitch + dPitch, -PITCH_LIMIT, PITCH_LIMIT) };
}

function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

export interface SpaceFrame {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** From the middle to the edge of the picture, in units of the data: the square with a margin; the cube however it is turned. */
const HALF_SPAN = { 2: 0.58, 3: 0.92 } as const;

/** Of a picture with its middle in the middle of the frame. */
export interface SpaceScales {
  readonly originX: number;
  readonly originY: number;
  /** Pixels per unit. */
  readonly unit: number;
}

export function spaceScales(coordinates: Coordinates, { widthPx, heightPx }: SpaceFrame): SpaceScales {
  return { originX: widthPx / 2, originY: heightPx / 2, unit: Math.max(1, Math.min(widthPx, heightPx)) / 2 / HALF_SPAN[coordinates] };
}

/** Half of a cube's diagonal: no depth of a point in the cube is larger. */
const DEEPEST = Math.sqrt(3) / 2;

/**
 * Places of points in the picture.
 *
 * @param points `[count, coordinates]`
 * @returns `[count, 3]`: x and y in pixels, and depth from −1 (nearest) to 1 (farthest); 0 in the plane
 */
export function projectPoints(points: ArrayLike<number>, coordinates: Coordinates, turn: Turn, scales: SpaceScales): Float32Array {
  const count = Math.floor(points.length / coordinates);
  const places = new Float32Array(count * 3);
  const { originX, originY, unit } = scales;
  const [cosYaw, sinYaw, cosPitch, sinPitch] = [Math.cos(turn.yaw), Math.sin(turn.yaw), Math.cos(turn.pitch), Math.sin(turn.pitch)];
  for (let i = 0; i < count; i++) {
    const a = points[i * coordinates]! - 0.5;
    const b = points[i * coordinates + 1]! - 0.5;
    if (coordinates === 2) {
      places[i * 3] = originX + a * unit;
      places[i * 3 + 1] = originY - b * unit;
      continue;
    }
    const c = points[i * coordinates + 2]! - 0.5;
    const right = a * cosYaw + b * sinYaw;
    const away = b * cosYaw - a * sinYaw;
    places[i * 3] = originX + right * unit;
    places[i * 3 + 1] = originY - (c * cosPitch + away * sinPitch) * unit;
    places[i * 3 + 2] = clamp((away * cosPitch - c * sinPitch) / DEEPEST, -1, 1);
  }
  return places;
}

/** How strongly a point at this depth is drawn, 1 in front. */
export function depthStrength(depth: number): number {
  return 1 - 0.35 * (depth + 1);
}

/** Indices of `places` (`[count, 3]`), the farthest first; those that are no number are left out. */
export function paintOrder(places: Float32Array): number[] {
  const indices = Array.from({ length: places.length / 3 }, (_, i) => i).filter((i) =>
    Number.isFinite(places[i * 3]! + places[i * 3 + 1]!),
  );
  return indices.toSorted((i, j) => places[j * 3 + 2]! - places[i * 3 + 2]!);
}

export interface SpaceAxis {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** Of the coordinate, 0 …; null for the other edges of the cube. */
  readonly coordinate: number | null;
}

/** The edges of the square or the cube; those from the origin are its axes. */
export function spaceEdges(coordinates: Coordinates, turn: Turn, scales: SpaceScales): SpaceAxis[] {
  const corners = Array.from({ length: 2 ** coordinates }, (_, corner) =>
    Array.from({ length: coordinates }, (_, axis) => (corner >> axis) & 1),
  );
  const places = projectPoints(corners.flat(), coordinates, turn, scales);
  const place = (corner: number) => [places[corner * 3]!, places[corner * 3 + 1]!] as const;
  return corners.flatMap((corner, from) =>
    corner.flatMap((end, axis) =>
      end === 1 ? [] : [{ from: place(from), to: place(from + 2 ** axis), coordinate: from === 0 ? axis : null }],
    ),
  );
}

/** Round values along the square's sides. */
export const SPACE_TICKS: readonly number[] = ticks(0, 1, 2);
