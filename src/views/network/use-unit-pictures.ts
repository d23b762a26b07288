/** The pictures that fit a box, of the last snapshot; null while there is none of the drawn network. */
import { useMemo } from "react";
import type { Box } from "../../charts/hourglass";
import { useRun } from "../stores";
import type { Side } from "./architecture";
import { unitPictures, type UnitPictures } from "./unit-pictures";
import type { ArchitectureControl } from "./use-architecture";

/** How pictures are stacked in a box. */
export interface PictureTiles {
  readonly count: number;
  readonly tilePx: number;
  readonly gapPx: number;
}

const BORDER_PX = 1.5;
const PADDING_PX = 4;
/** The meter and the room before it. */
const METER_PX = 7;
const TILE_GAP_PX = 4;

/** As many square tiles as stand above each other in a box, with a meter beside them. */
export function tilesOf({ width, height }: Pick<Box, "width" | "height">): PictureTiles {
  const room = 2 * (BORDER_PX + PADDING_PX);
  const tilePx = Math.floor(Math.max(1, Math.min(width - room - METER_PX, height - room)));
  const count = Math.max(1, Math.floor((height - room + TILE_GAP_PX) / (tilePx + TILE_GAP_PX)));
  return { count, tilePx, gapPx: TILE_GAP_PX };
}

export function useUnitPictures({ isLive }: ArchitectureControl, side: Side, count: number): UnitPictures | null {
  const network = useRun((state) => state.network);
  const weights = useRun((state) => state.snapshot?.weights);
  return useMemo(
    () => (isLive && weights !== undefined ? unitPictures(network, weights, side, count) : null),
    [isLive, weights, network, side, count],
  );
}
