/**
 * Fields over the map, as overlays: density, regions, magnification. Each is asked of the
 * survey when the view has come to rest, first roughly, then finely; what is known stays
 * under the map meanwhile, where it belongs.
 */
import { useMemo } from "react";
import type { PlotView } from "../../charts/LatentPlot";
import {
  densityLevels,
  densityOverlays,
  heatOverlay,
  logRange,
  regionOverlay,
  type LogRange,
  type MapField,
} from "../../charts/map-fields";
import type { MapOverlay } from "../../charts/map-overlay";
import type { Ramp } from "../../charts/map-ramp";
import { toldClass } from "../../store/model-view";
import type { Ask, FieldLattice, FieldValues, MapPoints, SurveyModel } from "../../protocol/survey";
import { useRested } from "../explore/use-rested";
import { useSurveyAnswer } from "../explore/use-survey";
import { usePreferences, useProbe, useRun } from "../stores";
import type { LatentView } from "./use-latent-view";
import type { LatentMap } from "./use-map";

/** Of the view, beyond each edge: a pan is not met with a bare edge at once. */
const MARGIN = 0.25;
/** Places along the longer side. */
const PLACES = { density: { rough: 40, fine: 128 }, regions: { rough: 64, fine: 160 } } as const;
/** Of the decoder's Jacobian: a thousand times dearer. */
const JACOBIAN_PLACES = 64;
/** Points are asked about anew no more often than this, in ms, while they move. */
const CALM_MS = 1_000;
/** A tint lets the decoder grid through. */
const ALPHA = { regions: { behind: 0.2, alone: 0.24 }, magnification: { behind: 0.62, alone: 0.92 } } as const;

export interface MapFields {
  readonly overlays: readonly MapOverlay[];
  /** Densities of the lines, per unit of area; null without lines. */
  readonly densityLevels: readonly number[] | null;
  /** Of the magnification that is shown; null without. */
  readonly magnification: LogRange | null;
}

interface FieldNeeds {
  readonly map: LatentMap;
  readonly view: LatentView;
  readonly shown: PlotView | null;
  readonly model: SurveyModel | null;
  readonly ramp: Ramp;
}

export function useFields({ map, view, shown, model, ramp }: FieldNeeds): MapFields {
  const layers = usePreferences((state) => state.layers);
  const isPlane = view.kind === "plane";
  const points = useRested(usePoints(view), CALM_MS, CALM_MS);
  const density = usePointField("density", layers.density && isPlane ? points : null, shown);
  const regions = usePointField("regions", layers.ground === "regions" && isPlane ? points : null, shown);
  const magnification = useMagnification(layers.ground === "magnification" ? map : null, view, shown, model);
  const behind = layers.grid ? "behind" : "alone";

  return useMemo(() => {
    const overlays: MapOverlay[] = [];
    if (regions !== null) overlays.push(regionOverlay(regions, ALPHA.regions[behind]));
    const heat = magnification === null ? null : logRange(magnification);
    if (magnification !== null && heat !== null) overlays.push(heatOverlay(magnification, heat, ramp, ALPHA.magnification[behind]));
    const levels = density === null ? null : densityLevels(density);
    if (density !== null && levels !== null) overlays.push(...densityOverlays(density, levels));
    return { overlays, densityLevels: levels, magnification: heat };
  }, [regions, magnification, density, ramp, behind]);
}

/** The shown points as a survey takes them; null before there are any. */
function usePoints({ cloud }: LatentView): MapPoints | null {
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  return useMemo(() => {
    if (cloud === null) return null;
    const { positions, spreads, labels } = cloud;
    const kept: number[] = [];
    for (let i = 0; i * 2 < positions.length; i++) {
      const isSomewhere = Number.isFinite(positions[i * 2]! + positions[i * 2 + 1]!);
      if (isSomewhere && !hiddenClasses.includes(labels[i]!)) kept.push(i);
    }
    if (kept.length === 0) return null;
    return {
      positions: gather(positions, kept, 2),
      spreads: spreads === null ? null : gather(spreads, kept, 3),
      labels: Uint8Array.from(kept, (i) => labels[i]!),
    };
  }, [cloud, hiddenClasses]);
}

function gather(values: Float32Array, rows: readonly number[], width: number): Float32Array<ArrayBuffer> {
  const kept = new Float32Array(rows.length * width);
  rows.forEach((row, at) => kept.set(values.subarray(row * width, (row + 1) * width), at * width));
  return kept;
}

/** A field of the shown points; null while nothing is known or `points` is null. */
function usePointField(kind: "density" | "regions", points: MapPoints | null, shown: PlotView | null): MapField | null {
  const rough = useMemo(() => askOf(points, shown, PLACES[kind].rough), [kind, points, shown]);
  const fine = useMemo(() => askOf(points, shown, PLACES[kind].fine), [kind, points, shown]);
  const first = useSurveyAnswer(kind, rough);
  const second = useSurveyAnswer(kind, fine);
  const known = second.isAsking && !first.isAsking ? (first.answer ?? second.answer) : (second.answer ?? first.answer);
  return useMemo(() => fieldOf(points === null ? null : known), [points, known]);
}

function askOf(points: MapPoints | null, shown: PlotView | null, places: number): Ask<"density" | "regions"> | null {
  return points === null || shown === null ? null : { points, lattice: latticeOver(shown, places) };
}

/** How far the decoder moves per unit step, along the map; null while nothing is known, or on a map that is no plane. */
function useMagnification(map: LatentMap | null, view: LatentView, shown: PlotView | null, model: SurveyModel | null): MapField | null {
  const network = useRun((state) => state.network);
  const label = useProbe((state) => toldClass(network, state.label) ?? 0);
  const plane = map?.plane ?? null;
  const ask = useMemo(() => {
    if (plane === null || shown === null || view.rest.length !== plane.center.length) return null;
    const lattice = latticeOver(shown, JACOBIAN_PLACES);
    // A line is as high as it likes.
    return { plane, z: view.rest, label, lattice: view.kind === "line" ? { ...lattice, rows: 1, top: 0, bottom: -1 } : lattice };
  }, [plane, shown, view.kind, view.rest, label]);
  const { answer, part } = useSurveyAnswer("magnification", ask, { model });
  const known = part ?? answer;
  return useMemo(() => {
    const field = fieldOf(plane === null ? null : known);
    // The lanes of a line go downwards from 0 to 1.
    return field !== null && field.rows === 1 ? { ...field, top: 0, bottom: 1 } : field;
  }, [plane, known]);
}

function fieldOf(known: FieldValues | null): MapField | null {
  return known === null ? null : { ...known.lattice, values: known.values };
}

/** Cells as square as the view's pixels, over the view and a margin. */
function latticeOver({ range, frame }: PlotView, places: number): FieldLattice {
  const [width, height] = [range.right - range.left, range.top - range.bottom];
  const longest = Math.max(frame.widthPx, frame.heightPx, 1);
  return {
    left: range.left - MARGIN * width,
    right: range.right + MARGIN * width,
    bottom: range.bottom - MARGIN * height,
    top: range.top + MARGIN * height,
    columns: Math.max(2, Math.round((places * frame.widthPx) / longest)),
    rows: Math.max(2, Math.round((places * frame.heightPx) / longest)),
  };
}
