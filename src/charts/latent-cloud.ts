/**
 * Posteriors → points of a plot: which coordinates are shown, in which lane of a line
 * a point stands, how far one standard deviation reaches.
 *
 * Numbers in, numbers out; positions are in plot units (see `latent-view`).
 */
import type { PlotKind } from "./latent-view";

/** Posteriors of the held-out images. */
export interface Posteriors {
  /** `[points, latentDim]` */
  readonly mean: Float32Array;
  /** log σ², `[points, latentDim]`; null for an autoencoder. */
  readonly logVar: Float32Array | null;
  readonly latentDim: number;
}

/** The points of a scatter. */
export interface LatentCloud {
  readonly kind: PlotKind;
  /** `[points, 2]`, plot units. */
  readonly positions: Float32Array;
  /** One standard deviation along both coordinates, `[points, 2]`, units of z (vertical 0 on a line); null without posteriors. */
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

/**
 * Lays out the points of a scatter in the plane of two `axes`, or along the line of one latent dimension.
 *
 * @param classes how many lanes a line has
 */
export function layoutCloud(
  { mean, logVar, latentDim }: Posteriors,
  axes: readonly [number, number],
  labels: ArrayLike<number>,
  classes: number,
): LatentCloud {
  const points = Math.min(labels.length, Math.floor(mean.length / latentDim));
  const kind: PlotKind = latentDim === 1 ? "line" : "plane";
  const [a, b] = kind === "line" ? [0, 0] : axes;
  const positions = new Float32Array(points * 2);
  const spreads = logVar === null ? null : new Float32Array(points * 2);
  for (let i = 0; i < points; i++) {
    positions[i * 2] = mean[i * latentDim + a]!;
    positions[i * 2 + 1] = kind === "line" ? laneSpot(i, labels[i]!, classes) : mean[i * latentDim + b]!;
    if (spreads === null || logVar === null) continue;
    spreads[i * 2] = Math.exp(0.5 * logVar[i * latentDim + a]!); // exp(½ log σ²) = σ
    spreads[i * 2 + 1] = kind === "line" ? 0 : Math.exp(0.5 * logVar[i * latentDim + b]!);
  }
  return { kind, positions, spreads, labels };
}

function laneSpot(index: number, label: number, classes: number): number {
  const across = ((index * GOLDEN) % 1) - 0.5;
  return laneCentre(label, classes) + (across * LANE_FILL) / Math.max(1, classes);
}
