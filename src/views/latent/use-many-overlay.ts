/** Training images as points: placed once per map, indexed, painted as one picture. */
import { useEffect, useMemo } from "react";
import type { Rgb } from "../../charts/ink";
import { indexPoints, type PointIndex } from "../../charts/map-index";
import { ManyOverlay } from "../../charts/map-many";
import type { SurveyModel } from "../../protocol/survey";
import { useExplorer } from "../stores";
import type { ShownPoints } from "./use-cloud";
import type { LatentMap } from "./use-map";
import type { PointTints } from "./use-tints";

export interface ManyMap {
  /** Null without such points, and on a line, whose lanes are the examples'. */
  readonly index: PointIndex | null;
  readonly overlay: ManyOverlay;
}

interface ManyNeeds {
  readonly map: LatentMap;
  readonly points: ShownPoints | null;
  readonly model: SurveyModel | null;
  readonly tints: PointTints["many"];
  readonly card: Rgb;
}

export function useManyOverlay({ map, points, model, tints, card }: ManyNeeds): ManyMap {
  const many = points?.many ?? null;
  const from = points?.exampleCount ?? 0;
  const isCurrent = useExplorer((state) => state.many?.model === model?.key);
  const index = useMemo(() => {
    return many === null || map.latentDim === 1 ? null : indexPoints(map.positions(many.codes, from));
  }, [many, map, from]);
  const overlay = useMemo(() => new ManyOverlay(), []);
  useEffect(() => {
    const labels = many?.labels ?? new Uint8Array((index?.positions.length ?? 0) / 2);
    overlay.set(index === null ? null : { index, labels, from, edge: card, isCurrent, ...tints });
  }, [overlay, index, many, from, card, isCurrent, tints]);
  return useMemo(() => ({ index, overlay }), [index, overlay]);
}
