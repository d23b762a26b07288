/** The pictures that fit a box, of the last snapshot; null while there is none of the drawn network. */
import { useMemo } from "react";
import type { Box } from "../../charts/hourglass";
import type { WeightTable } from "../../protocol/messages";
import type { RunState } from "../../store/run-store";
import { useRun } from "../stores";
import type { Side } from "./architecture";
import { kernelPictures, unitPictures, type KernelPictures, type UnitPictures } from "./unit-pictures";
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

/** As many square tiles as stand above each other in a box, with a meter beside them or without. */
export function tilesOf({ width, height }: Pick<Box, "width" | "height">, hasMeter = true): PictureTiles {
  const room = 2 * (BORDER_PX + PADDING_PX);
  const tilePx = Math.floor(Math.max(1, Math.min(width - room - (hasMeter ? METER_PX : 0), height - room)));
  const count = Math.max(1, Math.floor((height - room + TILE_GAP_PX) / (tilePx + TILE_GAP_PX)));
  return { count, tilePx, gapPx: TILE_GAP_PX };
}

/** Pictures and scale are asked for in several places: worked out once per snapshot. */
const known = new WeakMap<WeightTable, Map<string, UnitPictures | null>>();

function picturesOf({ network, snapshot }: RunState, side: Side, count: number): UnitPictures | null {
  if (snapshot === null) return null;
  const ofWeights = known.get(snapshot.weights) ?? new Map<string, UnitPictures | null>();
  known.set(snapshot.weights, ofWeights);
  const key = `${side} ${count}`;
  const pictures = ofWeights.get(key) ?? unitPictures(network, snapshot.weights, side, count);
  ofWeights.set(key, pictures);
  return pictures;
}

export function useUnitPictures({ isLive }: ArchitectureControl, side: Side, count: number): UnitPictures | null {
  return useRun((state) => (isLive ? picturesOf(state, side, count) : null));
}

/** The kernels at the pixels' side of a convolution; null where there is none, or nothing learnt yet. */
export function useKernelPictures({ isLive }: ArchitectureControl, side: Side, count: number): KernelPictures | null {
  const network = useRun((state) => state.network);
  const weights = useRun((state) => state.snapshot?.weights ?? null);
  return useMemo(
    () => (isLive && weights !== null ? kernelPictures(network, weights, side, count) : null),
    [isLive, network, weights, side, count],
  );
}

/** The value of full colour in those pictures; changes far less often than they do. */
export function useUnitScale({ isLive }: ArchitectureControl, side: Side, count: number): number | null {
  return useRun((state) => (isLive ? (picturesOf(state, side, count)?.scale ?? null) : null));
}
