/**
 * What can be laid on a latent plot besides its own points: fields, marks, pictures, more
 * points. The plot paints its overlays with every frame and knows nothing of what they are.
 */
import type { PlotInks, PlotSpace } from "./latent-paint";

/** Under everything, under the plot's own points, over them, or over all but the axes. */
export type OverlayLevel = "ground" | "below" | "above" | "marks";

export interface OverlaySpace extends PlotSpace {
  readonly inks: PlotInks;
  /** Where the plot's own points are painted right now, `[points, 2]`, plot units. */
  readonly positions: Float32Array;
  readonly hiddenClasses: ReadonlySet<number>;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
  /** Radius of a dot, CSS pixels. */
  readonly dotPx: number;
  /** Whether the view is on its way, or was a moment ago. */
  readonly isMoving: boolean;
  /** What must be done in slices stops at this `performance.now()`. */
  readonly untilMs: number;
}

export interface MapOverlay {
  readonly level: OverlayLevel;
  /**
   * Paints onto a context scaled to CSS pixels, whose state it restores.
   *
   * @returns whether there is more to come: it is then called again in the next frame
   */
  readonly paint: (context: CanvasRenderingContext2D, space: OverlaySpace) => boolean;
  /** Number of its point nearest to a pixel, within `radiusPx`, counted on from the plot's own points; null for none. */
  readonly hit?: (space: OverlaySpace, xPx: number, yPx: number, radiusPx: number) => number | null;
  /** How many of its points are in view, about. */
  readonly countInView?: (space: PlotSpace) => number;
  /** Tells the plot when there is something else to paint; returns what ends it. */
  readonly subscribe?: (repaint: () => void) => () => void;
}
