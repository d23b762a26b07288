/** The film taken home as a GIF: its size, what is drawn, progress and a way out. */
import { useEffect, useRef, useState } from "react";
import { CLASS_COLOURS, themeOfCard } from "../../../charts/class-colours";
import { rgbOf, useInks } from "../../../charts/ink";
import { fileStem } from "../../../exchange/file-names";
import { useText } from "../../../i18n/use-text";
import { countText } from "../../../lib/number-text";
import { toldClass } from "../../../store/model-view";
import { Button } from "../../../ui/Button";
import { Segmented } from "../../../ui/Segmented";
import { Toggles } from "../../../ui/Toggles";
import { saveFile } from "../../exchange/exported-files";
import { useHasClasses } from "../../latent/use-cloud";
import { mapOf } from "../../latent/use-map";
import { useExplorer, useStores } from "../../stores";
import { filmFrames, type FilmOptions, type FilmScene } from "./film-frames";
import { mix } from "./film-palette";
import styles from "./HistoryPanel.module.css";

const SIDES = ["240", "360", "480"] as const;
const PARTS = ["grid", "points", "step"] as const;
type Part = (typeof PARTS)[number];
/** How strongly the grid is inked behind the points, and by itself. */
const GRID_STRENGTH = { behind: 0.42, alone: 0.9 } as const;

type Work =
  | { readonly kind: "idle" }
  | { readonly kind: "making"; readonly done: number; readonly total: number }
  | { readonly kind: "done"; readonly frames: number; readonly bytes: number }
  | { readonly kind: "failed"; readonly message: string };

export function FilmExport() {
  const { t } = useText("history");
  const stores = useStores();
  const isEmbedded = useExplorer(({ map }) => map.kind === "umap");
  const hasClasses = useHasClasses();
  const inks = useInks();
  const [side, setSide] = useState<(typeof SIDES)[number]>("360");
  const [parts, setParts] = useState<readonly Part[]>(PARTS);
  const [work, setWork] = useState<Work>({ kind: "idle" });
  const callOff = useRef<AbortController | null>(null);
  useEffect(() => () => callOff.current?.abort(new DOMException("the panel is gone", "AbortError")), []);

  function options(): FilmOptions {
    const theme = themeOfCard(inks.card);
    const hasPoints = parts.includes("points");
    return {
      sidePx: Number(side),
      momentMs: stores.explorer.getState().filmMs,
      hasGrid: parts.includes("grid"),
      hasPoints,
      hasStep: parts.includes("step"),
      inks: {
        card: inks.card,
        grid: mix(inks.card, inks.latent, GRID_STRENGTH[hasPoints ? "behind" : "alone"]),
        ink: inks.ink,
        classes: hasClasses ? CLASS_COLOURS[theme].map(rgbOf) : [inks.latent],
      },
    };
  }
  async function make() {
    const scene = filmScene(stores);
    if (scene === null) return;
    const control = new AbortController();
    callOff.current = control;
    const total = scene.moments.length;
    setWork({ kind: "making", done: 0, total });
    try {
      const { encodeGif } = await import("../../../exchange/gif");
      const sidePx = Number(side);
      const content = await encodeGif(filmFrames(scene, options(), control.signal), { width: sidePx, height: sidePx }, (done) =>
        setWork({ kind: "making", done, total }),
      );
      control.signal.throwIfAborted();
      const { config, newest } = stores.run.getState();
      saveFile({ name: `${fileStem(config, newest?.step ?? 0)}-history.gif`, type: "image/gif", content });
      setWork({ kind: "done", frames: total, bytes: content.length });
    } catch (error) {
      if (control.signal.aborted) setWork({ kind: "idle" });
      else setWork({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }
  return (
    <section className={styles.export}>
      <h3>{t("export")}</h3>
      <p>{t("exportLead")}</p>
      <div className={styles.row}>
        <span aria-hidden>{t("size")}</span>
        <Segmented
          label={t("size")}
          options={SIDES.map((id) => ({ id, label: t("pixels", { number: id }) }))}
          value={side}
          onChange={setSide}
        />
      </div>
      <div className={styles.row}>
        <span aria-hidden>{t("drawn")}</span>
        <Toggles label={t("drawn")} options={PARTS.map((id) => ({ id, label: t(id) }))} values={parts} onChange={setParts} />
      </div>
      {isEmbedded && <p>{t("axesOnly")}</p>}
      <div className={styles.row}>
        {work.kind === "making" ? (
          <Button onPress={() => callOff.current?.abort(new DOMException("called off", "AbortError"))}>{t("cancel")}</Button>
        ) : (
          <Button variant="primary" onPress={() => void make()}>
            {t("make")}
          </Button>
        )}
        {work.kind === "making" && <progress className={styles.progress} max={work.total} value={work.done} aria-label={t("export")} />}
        <output className={styles.facts}>
          <WorkText work={work} />
        </output>
      </div>
    </section>
  );
}

function WorkText({ work }: { readonly work: Work }) {
  const { t } = useText("history");
  switch (work.kind) {
    case "idle":
      return null;
    case "making":
      return t("making", { done: countText(work.done), total: countText(work.total) });
    case "done":
      return t("done", { number: countText(work.frames), size: countText(Math.round(work.bytes / 1024)) });
    case "failed":
      return t("failed", { message: work.message });
  }
}

/** What is drawn: the run's own past on the map as it lies; null before there is anything to show it on. */
export function filmScene({ run, probe, explorer, preferences }: ReturnType<typeof useStores>): FilmScene | null {
  const { moments, network, material, config } = run.getState();
  const { z, axes, label } = probe.getState();
  const { map: choice, basis } = explorer.getState();
  if (material === null || z.length !== network.latentDim) return null;
  // The places of an embedding are those of one model's codes.
  const map = mapOf({
    choice: choice.kind === "umap" ? { kind: "axes" } : choice,
    basis,
    embedding: null,
    latentDim: network.latentDim,
    axes,
  });
  return {
    moments,
    network,
    map,
    rest: z,
    told: toldClass(network, label) ?? 0,
    labels: material.examples.labels,
    classes: material.classNames.en.length,
    hiddenClasses: new Set(preferences.getState().hiddenClasses),
    hasPrior: config.model !== "ae" && map.kind !== "principal",
  };
}
