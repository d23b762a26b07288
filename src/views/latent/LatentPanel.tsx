/**
 * The latent space of the Play page: the scatter of the held-out posterior means over
 * the decoder grid, the probe, the legend, and for more than two dimensions the choice
 * of the plane. Fills its container.
 */
import { useId } from "react";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { RunConfig } from "../../protocol/run-config";
import type { LatentLayers } from "../../store/preferences-store";
import { Toggles } from "../../ui/Toggles";
import { usePreferences, useProbe, useRun } from "../stores";
import { Term } from "../Term";
import { ClassLegend } from "./ClassLegend";
import { ClassTable } from "./ClassTable";
import { axisName } from "./latent-text";
import styles from "./LatentPanel.module.css";
import { LatentStage } from "./LatentStage";
import { OtherDimensions } from "./OtherDimensions";

const LAYERS = ["grid", "points", "rings", "ellipses"] as const satisfies readonly (keyof LatentLayers)[];

export function LatentPanel() {
  const { t } = useText("latent");
  const summary = useId();
  return (
    <figure className={styles.panel} aria-label={t("title")} aria-describedby={summary}>
      <div className={styles.head}>
        <h2 className={styles.title}>
          <Term id="latentSpace">{t("title")}</Term>
        </h2>
        <Note />
        <LayerToggles />
      </div>
      <Summary id={summary} />
      <LatentStage />
      <ClassLegend>
        <ClassTable />
      </ClassLegend>
      <Hints />
      <OtherDimensions />
    </figure>
  );
}

/** What hands can do; with more than two dimensions the room goes to their sliders. */
function Hints() {
  const { t } = useText("latent");
  const isPlane = useRun(({ network }) => network.latentDim <= 2);
  if (!isPlane) return null;
  return (
    <>
      <p className={styles.hint} data-hand="mouse">
        {t("hint")}
      </p>
      <p className={styles.hint} data-hand="touch">
        {t("hintTouch")}
      </p>
    </>
  );
}

/** How many points the scatter has. */
function useImages(): number | null {
  const latentDim = useRun((state) => state.network.latentDim);
  return useRun(({ snapshot }) => (snapshot === null ? null : snapshot.posteriorMean.length / latentDim));
}

/** What the points are: so many images of the held-out split, and how many of them the legend leaves on. */
function Note() {
  const { t } = useText("latent");
  const images = useImages();
  const note = useRun(({ config }) => noteOf(config));
  const labels = useRun(({ ready }) => ready?.examples.labels) ?? null;
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  if (images === null || labels === null) return null;
  const number = countText(images);
  if (hiddenClasses.length === 0) return <span className={styles.note}>{t(note, { number })}</span>;
  const shown = labels.subarray(0, images).filter((label) => !hiddenClasses.includes(label)).length;
  return <span className={styles.note}>{t("noteHidden", { shown: countText(shown), number })}</span>;
}

/** What the points are, as a key of the texts. */
function noteOf({ model, data }: Pick<RunConfig, "model" | "data">) {
  if (model === "gan") return "note.draws";
  return data === "mnist" || data === "fashion" || data === "shapes" ? (`note.${data}` as const) : "note.points";
}

function LayerToggles() {
  const { t } = useText("latent");
  const layers = usePreferences((state) => state.layers);
  const set = usePreferences((state) => state.set);
  // An autoencoder has neither a prior nor posteriors.
  const isVae = useRun(({ config }) => config.model === "vae");
  const offered = LAYERS.filter((id) => isVae || id === "grid" || id === "points");
  return (
    <span className={styles.layers}>
      <Toggles
        label={t("layers")}
        color="latent"
        options={offered.map((id) => ({ id, label: t(`layer.${id}`) }))}
        values={offered.filter((id) => layers[id])}
        onChange={(values) => set({ layers: { ...layers, ...Object.fromEntries(offered.map((id) => [id, values.includes(id)])) } })}
      />
    </span>
  );
}

/** The picture in words, for those who cannot see it. */
function Summary({ id }: { readonly id: string }) {
  const { t } = useText("latent");
  const images = useImages();
  const [across, up] = useProbe((state) => state.axes);
  const facts = { number: countText(images ?? 0), horizontal: axisName(across), vertical: axisName(up) };
  return (
    <p id={id} className="visually-hidden">
      {images === null ? t("empty.waiting") : t(across === up ? "summaryLine" : "summary", facts)}
    </p>
  );
}
