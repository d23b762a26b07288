/**
 * The latent space of the Play page: the scatter of the held-out posterior means over
 * the decoder grid, the probe, the legend, and for more than two dimensions the choice
 * of the plane. Fills its container.
 */
import { Suspense, useId } from "react";
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { ModelKind, RunConfig } from "../../protocol/run-config";
import type { LatentLayers } from "../../store/preferences-store";
import { Toggles } from "../../ui/Toggles";
import { lazyView } from "../lazy-view";
import { usePreferences, useProbe, useRun } from "../stores";
import { Term } from "../Term";
import { ClassLegend } from "./ClassLegend";
import { ClassTable } from "./ClassTable";
import { axisName } from "./latent-text";
import styles from "./LatentPanel.module.css";
import { LatentStage } from "./LatentStage";
import { OtherDimensions } from "./OtherDimensions";
import { useCloud, useHasClasses } from "./use-cloud";

const ClassPicker = lazyView("adversary", async () => (await import("./ClassPicker")).ClassPicker);

/** An autoencoder has neither a prior nor posteriors, a GAN no posteriors. */
const LAYERS: Readonly<Record<ModelKind, readonly Exclude<keyof LatentLayers, "density" | "error" | "ground">[]>> = {
  vae: ["grid", "points", "rings", "ellipses"],
  ae: ["grid", "points"],
  gan: ["grid", "points", "rings"],
};

export function LatentPanel() {
  const { t } = useText("latent");
  const summary = useId();
  const isConditional = useRun(({ network }) => network.classes > 0);
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
      {isConditional && (
        <div className={styles.picker}>
          <Suspense fallback={null}>
            <ClassPicker />
          </Suspense>
        </div>
      )}
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
function usePoints(): number | null {
  const latentDim = useRun((state) => state.network.latentDim);
  const cloud = useCloud();
  return cloud === null ? null : cloud.codes.length / latentDim;
}

/** What the points are: so many images of the held-out split, and how many of them the legend leaves on. */
function Note() {
  const { t } = useText("latent");
  const points = usePoints();
  const note = useRun(({ config }) => noteOf(config));
  const labels = useCloud()?.labels ?? null;
  const hiddenClasses = usePreferences((state) => state.hiddenClasses);
  if (points === null) return null;
  const number = countText(points);
  if (hiddenClasses.length === 0 || labels === null) {
    const text = t(note, { number });
    return (
      <span className={styles.note} title={text}>
        {text}
      </span>
    );
  }
  const shown = labels.subarray(0, points).filter((label) => !hiddenClasses.includes(label)).length;
  return (
    <span className={styles.note} data-partial>
      {t("noteHidden", { shown: countText(shown), number })}
    </span>
  );
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
  const offered = useRun(({ config }) => LAYERS[config.model]);
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
  const points = usePoints();
  const hasClasses = useHasClasses();
  const isGan = useRun(({ config }) => config.model === "gan");
  const [across, up] = useProbe((state) => state.axes);
  const said = isGan ? (hasClasses ? "summaryDraws" : "summaryDrawsPlain") : across === up ? "summaryLine" : "summary";
  const facts = { number: countText(points ?? 0), horizontal: axisName(across), vertical: axisName(up) };
  return (
    <p id={id} className="visually-hidden">
      {points === null ? t("empty.waiting") : t(said, facts)}
    </p>
  );
}
