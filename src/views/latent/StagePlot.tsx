/** What stands in the map's frame: the plot with everything that lies on it: probe, marked point, layers, zoom buttons. */
import { Maximize, Minus, Plus } from "lucide-react";
import { Suspense, useMemo, useRef, useState } from "react";
import { LatentPlot, type LatentPlotHandle, type PlotView, type ProbeSource } from "../../charts/LatentPlot";
import { useText } from "../../i18n/use-text";
import { IconButton } from "../../ui/IconButton";
import { lazyView } from "../lazy-view";
import type { ProbeStore } from "../../store/probe-store";
import { useExplorer, usePreferences, useProbe, useRun, useStores } from "../stores";
import { EmptyNote } from "./EmptyNote";
import { ExampleCard } from "./ExampleCard";
import styles from "./LatentStage.module.css";
import { ProbeKeys } from "./ProbeKeys";
import { NO_EXTRAS, type StageExtras } from "./stage-extras";
import { useHasClasses } from "./use-cloud";
import { useLatentView } from "./use-latent-view";
import { useMap, type LatentMap } from "./use-map";

/** One press of a zoom button. */
const ZOOM = 1.5;
/** Radians per pixel of a hand that turns the map: once across it is about half a turn. */
const TURN = 0.008;
/** Points take their new places at once for so long after a turn: they would swim behind the hand. */
const TURNED_MS = 250;
const DrawCard = lazyView("adversary", async () => (await import("./DrawCard")).DrawCard);
const MapExtras = lazyView("explore", async () => (await import("./MapExtras")).MapExtras);
const NO_NAMES: readonly string[] = [];

export function StagePlot() {
  const { t, language } = useText("latent");
  const { probe, explorer } = useStores();
  const map = useMap();
  const view = useLatentView(map);
  const plot = useRef<LatentPlotHandle>(null);
  const keys = useRef<HTMLInputElement>(null);
  /** Where the probe stood when it was taken. */
  const grabbed = useRef<readonly number[]>([]);
  const turnedMs = useRef(-Infinity);
  const [isHeld, setIsHeld] = useState(false);
  const [isTurning, setIsTurning] = useState(false);
  const [shown, setShown] = useState<PlotView | null>(null);
  const [extras, setExtras] = useState<StageExtras>(NO_EXTRAS);
  const hasPrior = useRun(({ config }) => config.model !== "ae") && map.plane !== null;
  const hasClasses = useHasClasses();
  const chosen = usePreferences((state) => state.layers);
  const layers = useMemo(() => ({ ...chosen, rings: chosen.rings && hasPrior }), [chosen, hasPrior]);
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const chosenDrag = useExplorer((state) => state.drag);
  const hovered = useProbe((state) => state.hovered);
  const classNames = useRun(({ material }) => (hasClasses ? material?.classNames[language] : NO_NAMES)) ?? NO_NAMES;
  const source = useMemo(() => mapProbe(probe, map), [probe, map]);

  const turn = (dxPx: number, dyPx: number) => {
    const { map: choice, set } = explorer.getState();
    if (choice.kind !== "turned") return;
    turnedMs.current = performance.now();
    set({ map: { kind: "turned", yaw: choice.yaw + dxPx * TURN, pitch: choice.pitch + dyPx * TURN } });
  };

  return (
    <LatentPlot
      ref={plot}
      gridLabel={t("gridLabel")}
      {...view}
      {...{ layers, hiddenClasses, hasClasses, classNames }}
      axisNames={map.names}
      extras={extras.scene}
      drag={isTurning && map.kind === "turned" ? "turn" : chosenDrag}
      mayGlide={() => performance.now() - turnedMs.current > TURNED_MS}
      marked={extras.marked?.index ?? hovered}
      markedPlace={extras.marked?.place ?? null}
      probe={source}
      card={extras.marked === null ? <PointCard index={hovered} /> : extras.marked.card}
      onGrab={() => {
        grabbed.current = probe.getState().z;
        keys.current?.focus({ preventScroll: true }); // the arrow keys go on from there
      }}
      onProbe={({ h, v }) => source.move(h, v)}
      onRelease={() => probe.getState().setCode(grabbed.current)}
      onMark={(index) => {
        const isExample = index === null || view.cloud === null || index * 2 < view.cloud.positions.length;
        probe.getState().hover(isExample ? index : null);
        extras.onMark(isExample ? null : index);
      }}
      onHeld={setIsHeld}
      onRest={setShown}
      onOutline={(outline) => {
        keys.current?.focus({ preventScroll: true }); // Escape is heard
        extras.onOutline(outline);
      }}
      onTurn={turn}
    >
      <ProbeKeys ref={keys} plot={plot} />
      <div className={styles.tools}>
        <IconButton label={t("zoomIn")} onPress={() => plot.current?.zoom(ZOOM)}>
          <Plus size={16} aria-hidden />
        </IconButton>
        <IconButton label={t("zoomOut")} onPress={() => plot.current?.zoom(1 / ZOOM)}>
          <Minus size={16} aria-hidden />
        </IconButton>
        <IconButton label={t("fit")} isPressed={!isHeld} onPress={() => plot.current?.fit()}>
          <Maximize size={16} aria-hidden />
        </IconButton>
      </div>
      {view.cloud === null ? (
        <EmptyNote />
      ) : (
        <Suspense fallback={null}>
          <MapExtras {...{ map, view, shown, isTurning }} onTurning={setIsTurning} onTurn={turn} onExtras={setExtras} />
        </Suspense>
      )}
    </LatentPlot>
  );
}

/** What is behind one of the plot's own points. */
function PointCard({ index }: { readonly index: number | null }) {
  const isGan = useRun(({ config }) => config.model === "gan");
  if (index === null) return null;
  return <Suspense fallback={null}>{isGan ? <DrawCard index={index} /> : <ExampleCard index={index} />}</Suspense>;
}

interface MapProbe extends ProbeSource {
  readonly move: (h: number, v: number) => void;
}

/** The probe as the map knows it: where it stands, and how it is moved there. */
function mapProbe(probe: ProbeStore, map: LatentMap): MapProbe {
  // A place of an embedding, made a code, may stand a little way off: under a hand the probe stays.
  let moved: { readonly z: readonly number[]; readonly h: number; readonly v: number } | null = null;
  return {
    get: () => {
      const { z } = probe.getState();
      if (moved !== null && moved.z.every((value, d) => value === z[d])) return moved;
      const [h, v] = map.place(z);
      return { h, v };
    },
    subscribe: (listener) => probe.subscribe(listener),
    move: (h, v) => {
      const { z, setCode, moveTo } = probe.getState();
      if (map.kind === "axes") return moveTo(h, v); // its very coordinates, without the rounding of a sum
      moved = { z: map.lift(z, h, v), h, v };
      setCode(moved.z);
    },
  };
}
