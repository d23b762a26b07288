/** What comes to the map after the first picture. */
import type { PlotView } from "../../charts/LatentPlot";
import type { StageExtras } from "./stage-extras";
import type { LatentView } from "./use-latent-view";
import type { LatentMap } from "./use-map";

interface MapExtrasProps {
  readonly map: LatentMap;
  readonly view: LatentView;
  /** What is in view once it has come to rest; null before. */
  readonly shown: PlotView | null;
  readonly isTurning: boolean;
  readonly onTurning: (isTurning: boolean) => void;
  readonly onTurn: (dxPx: number, dyPx: number) => void;
  readonly onExtras: (extras: StageExtras) => void;
}

export function MapExtras(_props: MapExtrasProps) {
  return null; // stub
}
