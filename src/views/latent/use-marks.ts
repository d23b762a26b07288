/** What the visitor has laid out, as marks of the map. */
import { useEffect, useMemo, useRef } from "react";
import type { PlotOutline } from "../../charts/LatentPlot";
import { MarksOverlay, type MapMarks } from "../../charts/map-marks";
import { changeSelection, pointsWithin } from "../../charts/map-select";
import { useText } from "../../i18n/use-text";
import { useExplorer, usePreferences, useStores } from "../stores";
import { classOfPoint, type ShownPoints } from "./use-cloud";
import type { ManyMap } from "./use-many-overlay";
import type { LatentView } from "./use-latent-view";
import type { LatentMap } from "./use-map";

/** Keeps the overlay up to date with what is laid out; the same object all along. */
export function useMarks(map: LatentMap, marked: MapMarks["marked"]): MarksOverlay {
  const { t } = useText("explore");
  const overlay = useMemo(() => new MarksOverlay(), []);
  const pins = useExplorer((state) => state.pins);
  const trails = useExplorer((state) => state.trails);
  const trailAt = useExplorer((state) => state.trailAt);
  const hand = useExplorer((state) => state.hand);
  const isPlane = map.latentDim > 1;

  const pinMarks = useMemo(() => {
    const fitting = pins.filter(({ z }) => isPlane && z.length === map.latentDim);
    return fitting.map(({ id, z }) => {
      const [h, v] = map.place(z);
      return { id, h, v };
    });
  }, [pins, map, isPlane]);
  const trailMarks = useMemo(() => {
    const fitting = trails.filter(({ codes }) => isPlane && codes.length % map.latentDim === 0);
    return fitting.map(({ kind, codes }) => ({ look: kind, name: t(`map.trail.${kind}`), places: placesOf(map, codes) }));
  }, [trails, map, isPlane, t]);
  const handMark = useMemo(() => {
    if (hand === null || !isPlane || hand.mean.length !== map.latentDim) return null;
    const [h, v] = map.place(hand.mean);
    const spread = map.spreads(hand.logVar);
    return { h, v, spread: spread === null ? null : ([spread[0]!, spread[1]!, spread[2]!] as const), name: t("map.hand") };
  }, [hand, map, isPlane, t]);

  useEffect(() => {
    overlay.set({ pins: pinMarks, trails: trailMarks, trailAt, hand: handMark, marked });
  }, [overlay, pinMarks, trailMarks, trailAt, handMark, marked]);
  return overlay;
}

/** Of a path: each of its codes has a place of its own, in an embedding too. */
function placesOf(map: LatentMap, codes: Float32Array): Float32Array {
  const count = codes.length / map.latentDim;
  const places = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) places.set(map.place(codes.subarray(i * map.latentDim, (i + 1) * map.latentDim)), i * 2);
  return places;
}

interface OutlineNeeds {
  readonly view: LatentView;
  readonly points: ShownPoints | null;
  readonly many: ManyMap;
  readonly marks: MarksOverlay;
}

/** What a hand that draws around points does; the same function all along. */
export function useOutline(needs: OutlineNeeds): (outline: PlotOutline | null) => void {
  const { explorer, preferences } = useStores();
  const latest = useRef(needs);
  useEffect(() => {
    latest.current = needs;
  });
  return useMemo(
    () => (outline) => {
      const { view, points, many, marks } = latest.current;
      marks.draw(outline === null || outline.isDone ? null : outline.corners);
      const { hiddenClasses, layers } = preferences.getState();
      if (outline === null || !outline.isDone || view.cloud === null || points === null || !layers.points) return;
      const isShown = (point: number) => !hiddenClasses.includes(classOfPoint(points, point) ?? 0);
      const found = pointsWithin(outline.corners, view.cloud.positions, isShown);
      const from = points.exampleCount;
      const more = many.index === null ? [] : pointsWithin(outline.corners, many.index.positions, (i) => isShown(from + i), from);
      const { selection, set } = explorer.getState();
      set({ selection: changeSelection(selection, [...found, ...more], outline.change) });
    },
    [explorer, preferences],
  );
}

/** Points whose posteriors are drawn: the selected ones of the plot's own, or all. */
export function useSpreadOf(exampleCount: number): readonly number[] | null {
  const selection = useExplorer((state) => state.selection);
  const isOn = usePreferences(({ layers }) => layers.ellipses);
  return useMemo(
    () => (selection === null || !isOn ? null : selection.filter((point) => point < exampleCount)),
    [selection, isOn, exampleCount],
  );
}
