/** What comes to the map after the first picture: fields, marks, pictures, more points, outlines. */
import type { ReactNode } from "react";
import type { PlotOutline } from "../../charts/LatentPlot";
import type { PlotPoint, SceneExtras } from "../../charts/latent-scene";

export interface StageExtras {
  readonly scene: SceneExtras;
  /** A point that is marked and not one of the plot's own; null when none is. */
  readonly marked: { readonly index: number; readonly place: PlotPoint; readonly card: ReactNode } | null;
  /** Marks such a point, or none. */
  readonly onMark: (index: number | null) => void;
  readonly onOutline: (outline: PlotOutline | null) => void;
}

export const NO_EXTRAS: StageExtras = {
  scene: { overlays: [], tints: null, spreadOf: null, prior: [0, 0] },
  marked: null,
  onMark: () => {},
  onOutline: () => {},
};
