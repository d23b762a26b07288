/**
 * The points of a plot, and in which lane of a line each stands.
 *
 * Numbers in, numbers out; positions are in plot units (see `latent-view`).
 */
import type { PlotKind } from "./latent-view";

/** The points of a scatter. */
export interface LatentCloud {
  readonly kind: PlotKind;
  /** `[points, 2]`, plot units. */
  readonly positions: Float32Array;
  /**
   * One standard deviation as an ellipse: half axes and the angle of the first from the horizontal, counterclockwise, radians,
   * `[points, 3]`; on a line the second half axis is 0. Null without posteriors.
   */
  readonly spreads: Float32Array | null;
  /** Class numbers, at least as many as points. */
  readonly labels: ArrayLike<number>;
}

/** Fractions of a lane that its points fill. */
const LANE_FILL = 0.76;
/** Steps of the golden ratio fill a lane evenly, however many of its points are drawn (Weyl's sequence). */
const GOLDEN = 0.618033988749895;

/** Middle of a class's lane, 0 (top) to 1. */
export function laneCentre(label: number, classes: number): number {
  return (label + 0.5) / Math.max(1, classes);
}

/** Points on the map, before a line spreads them over lanes. */
export interface CloudPlaces {
  /** `[points, 2]` */
  readonly positions: Float32Array;
  /** `[points, 3]`; null without posteriors. */
  readonly spreads: Float32Array | null;
}

/** The points of a plane's scatter. */
export function planeCloud({ positions, spreads }: CloudPlaces, labels: ArrayLike<number>): LatentCloud {
  return { kind: "plane", positions, spreads, labels };
}

/**
 * Spreads the points of a line over the lanes of their classes.
 *
 * @param classes how many lanes there are
 */
export function lineCloud({ positions, spreads }: CloudPlaces, labels: ArrayLike<number>, classes: number): LatentCloud {
  const spots = positions.map((value, at) => (at % 2 === 0 ? value : laneSpot((at - 1) / 2, labels[(at - 1) / 2] ?? 0, classes)));
  return { kind: "line", positions: spots, spreads, labels };
}

function laneSpot(index: number, label: number, classes: number): number {
  const across = ((index * GOLDEN) % 1) - 0.5;
  return laneCentre(label, classes) + (across * LANE_FILL) / Math.max(1, classes);
}
