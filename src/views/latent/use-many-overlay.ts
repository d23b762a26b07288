/** Training images as points: placed once per map, indexed, painted as one picture. */
import { useMemo, useRef } from "react";
import type { Rgb } from "../../charts/ink";
import { indexPoints, type PointIndex } from "../../charts/map-index";
import { manyOverlay, type ManyOverlay } from "../../charts/map-many";
import type { SurveyModel } from "../../protocol/survey";
import { useExplorer } from "../stores";
import type { ShownPoints } from "./use-cloud";
import type { LatentMap } from "./use-map";
import type { PointTints } from "./use-tints";

export interface ManyMap {
  readonly index: PointIndex;
  readonly overlay: ManyOverlay;
}

interface ManyNeeds {
  readonly map: LatentMap;
  readonly points: ShownPoints | null;
  readonly model: SurveyModel | null;
  readonly tints: PointTints["many"];
  readonly card: Rgb;
}

/** Null without such points, and on a line, whose lanes are the examples'. */
export function useManyOverlay({ map, points, model, tints, card }: ManyNeeds): ManyMap | null {
  const many = points?.many ?? null;
  const from = points?.exampleCount ?? 0;
  const isCurrent = useExplorer((state) => state.many?.model === model?.key);
  const index = useMemo(() => {
    return many === null || map.latentDim === 1 ? null : indexPoints(map.positions(many.codes, from));
  }, [many, map, from]);
  const last = useRef<ManyOverlay | null>(null);
  const overlay = useMemo(() => {
    if (index === null || many === null) return null;
    const labels = many.labels ?? new Uint8Array(index.positions.length / 2);
    return manyOverlay({ index, labels, from, edge: card, isCurrent, ...tints }, last.current);
  }, [index, many, from, card, isCurrent, tints]);
  last.current = overlay;
  return useMemo(() => (index === null || overlay === null ? null : { index, overlay }), [index, overlay]);
}
