/** The plot of the latent panel with everything that lies on it: probe, marked point, zoom buttons. */
import { Maximize, Minus, Plus } from "lucide-react";
import { Suspense, useMemo, useRef, useState } from "react";
import { LatentPlot, type LatentPlotHandle, type ProbeSource } from "../../charts/LatentPlot";
import { useText } from "../../i18n/use-text";
import { IconButton } from "../../ui/IconButton";
import { lazyView } from "../lazy-view";
import { usePreferences, useProbe, useRun, useStores } from "../stores";
import { ExampleCard } from "./ExampleCard";
import styles from "./LatentStage.module.css";
import { axisName } from "./latent-text";
import { ProbeKeys } from "./ProbeKeys";
import { useHasClasses } from "./use-cloud";
import { useLatentView } from "./use-latent-view";

/** One press of a zoom button. */
const ZOOM = 1.5;
const DrawCard = lazyView("adversary", async () => (await import("./DrawCard")).DrawCard);
const NO_NAMES: readonly string[] = [];

export function LatentStage() {
  const { t, language } = useText("latent");
  const { probe } = useStores();
  const view = useLatentView();
  const plot = useRef<LatentPlotHandle>(null);
  const keys = useRef<HTMLInputElement>(null);
  /** Where the probe stood when it was taken. */
  const grabbed = useRef<readonly number[]>([]);
  const [isHeld, setIsHeld] = useState(false);
  const hasPrior = useRun(({ config }) => config.model !== "ae");
  const isGan = useRun(({ config }) => config.model === "gan");
  const hasClasses = useHasClasses();
  const chosen = usePreferences((state) => state.layers);
  const layers = useMemo(() => ({ ...chosen, rings: chosen.rings && hasPrior }), [chosen, hasPrior]);
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  const [across, up] = useProbe((state) => state.axes);
  const marked = useProbe((state) => state.hovered);
  const axisNames = useMemo(() => [axisName(across), axisName(up)] as const, [across, up]);
  const classNames = useRun(({ ready }) => (hasClasses ? ready?.classNames[language] : NO_NAMES)) ?? NO_NAMES;
  const source = useMemo<ProbeSource>(
    () => ({
      get: () => {
        const { z, axes } = probe.getState();
        return { h: z[axes[0]] ?? 0, v: z[axes[1]] ?? 0 };
      },
      subscribe: (listener) => probe.subscribe(listener),
    }),
    [probe],
  );

  return (
    <div className={styles.stage}>
      <LatentPlot
        ref={plot}
        gridLabel={t("gridLabel")}
        {...view}
        {...{ layers, hiddenClasses, hasClasses, axisNames, classNames, marked }}
        probe={source}
        card={
          marked !== null && <Suspense fallback={null}>{isGan ? <DrawCard index={marked} /> : <ExampleCard index={marked} />}</Suspense>
        }
        onGrab={() => {
          grabbed.current = probe.getState().z;
          keys.current?.focus({ preventScroll: true }); // the arrow keys go on from there
        }}
        onProbe={({ h, v }) => probe.getState().moveTo(h, v)}
        onRelease={() => grabbed.current.forEach((value, dimension) => probe.getState().setZ(dimension, value))}
        onMark={(index) => probe.getState().hover(index)}
        onHeld={setIsHeld}
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
        {view.cloud === null && <EmptyNote />}
      </LatentPlot>
    </div>
  );
}

/** Why there is nothing to see yet. */
function EmptyNote() {
  const { t } = useText("latent");
  const stage = useRun(({ preparing }) => preparing?.stage);
  const isFailed = useRun(({ phase }) => phase === "failed");
  return <p className={styles.empty}>{t(`empty.${isFailed ? "failed" : (stage ?? "waiting")}`)}</p>;
}
