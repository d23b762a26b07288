/** Every layer of the map with what it shows and its key; and how many images are points. */
import { useId } from "react";
import { useText } from "../../../i18n/use-text";
import { countText } from "../../../lib/number-text";
import { GROUNDS } from "../../../store/preferences-store";
import { Segmented } from "../../../ui/Segmented";
import { Term } from "../../Term";
import { useExplorer, usePreferences, useRun } from "../../stores";
import { useHasClasses } from "../../latent/use-cloud";
import { GROUND_KEY, layerKey, layersOf, type LayerSwitch } from "./layer-offers";
import styles from "./LayersPanel.module.css";
import { pointChoices } from "./point-choices";

/** Layers that are explained elsewhere too. */
const TERMS = {
  grid: "decoderGrid",
  points: "latentCloud",
  density: "aggregatePosterior",
  rings: "priorRings",
  ellipses: "posteriorEllipse",
} as const;

export function LayersPanel() {
  const model = useRun(({ config }) => config.model);
  return (
    <div className={styles.panel}>
      {layersOf(model).map((layer) => (
        <Layer key={layer} layer={layer} />
      ))}
      <GroundChoice />
      {model !== "gan" && <PointsChoice />}
    </div>
  );
}

function Layer({ layer }: { readonly layer: LayerSwitch }) {
  const { t } = useText("explore");
  const layers = usePreferences((state) => state.layers);
  const set = usePreferences((state) => state.set);
  const id = useId();
  const name = t(`layers.${layer}.name`);
  return (
    <div className={styles.layer}>
      <input
        id={id}
        type="checkbox"
        className={styles.box}
        checked={layers[layer]}
        aria-describedby={`${id}-text`}
        onChange={(event) => set({ layers: { ...layers, [layer]: event.target.checked } })}
      />
      <label htmlFor={id} className={styles.name}>
        {name}
      </label>
      <kbd className={styles.key}>{layerKey(layer)}</kbd>
      <p id={`${id}-text`} className={styles.text}>
        {t(`layers.${layer}.text`)} {layer !== "error" && <Term id={TERMS[layer]}>{t("layers.more")}</Term>}
      </p>
    </div>
  );
}

function GroundChoice() {
  const { t } = useText("explore");
  const layers = usePreferences((state) => state.layers);
  const set = usePreferences((state) => state.set);
  const hasClasses = useHasClasses();
  const offered = GROUNDS.filter((ground) => ground !== "regions" || hasClasses);
  return (
    <div className={styles.choice}>
      <div className={styles.head}>
        <span className={styles.name}>{t("layers.ground.name")}</span>
        <kbd className={styles.key}>{GROUND_KEY}</kbd>
      </div>
      <Segmented
        label={t("layers.ground.name")}
        color="latent"
        options={offered.map((id) => ({ id, label: t(`layers.ground.${id}`) }))}
        value={layers.ground}
        onChange={(ground) => set({ layers: { ...layers, ground } })}
      />
      <p className={styles.text}>{t(`layers.ground.text.${layers.ground}`)}</p>
    </div>
  );
}

/** The examples, or codes of training images besides, which the survey encodes. */
function PointsChoice() {
  const { t } = useText("explore");
  const trainSize = useRun(({ config }) => config.trainSize);
  const examples = useRun(({ material }) => material?.examples.labels.length ?? 0);
  const wanted = useExplorer((state) => state.manyWanted);
  const many = useExplorer((state) => state.many);
  const set = useExplorer((state) => state.set);
  const choices = pointChoices(trainSize);
  const value = wanted === null ? "examples" : String(choices.findLast((count) => count <= wanted) ?? choices[0] ?? "examples");
  const isRefused = useExplorer((state) => state.isManyRefused);
  const isUnderWay = !isRefused && wanted !== null && many !== null && many.done < many.total;
  return (
    <div className={styles.choice}>
      <span className={styles.name}>{t("layers.count.name")}</span>
      <Segmented
        label={t("layers.count.name")}
        color="latent"
        options={[
          { id: "examples", label: t("layers.count.examples", { number: countText(examples) }) },
          ...choices.map((count) => ({
            id: String(count),
            label: t(count === trainSize ? "layers.count.all" : "layers.count.some", { number: countText(count) }),
          })),
        ]}
        value={value}
        onChange={(id) => set({ manyWanted: id === "examples" ? null : Number(id), isManyRefused: false })}
      />
      <p className={styles.text}>{t("layers.count.text")}</p>
      <div className={styles.progress}>
        {isRefused && <span role="alert">{t("layers.count.refused")}</span>}
        {isUnderWay && (
          <>
            <progress value={many.done} max={many.total} aria-label={t("layers.count.encoding")} />
            <span>{t("layers.count.done", { done: countText(many.done), total: countText(many.total) })}</span>
          </>
        )}
      </div>
    </div>
  );
}
