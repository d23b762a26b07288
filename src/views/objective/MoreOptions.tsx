/** Choices seldom touched: output activation, heads, first weights, Adam's memory, how many images. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { DATASETS } from "../../protocol/datasets";
import { HEAD_ACTIVATIONS, INITIALISERS, OUTPUT_ACTIVATIONS } from "../../protocol/run-config";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { useDraft, useStores } from "../stores";
import { trainSizeChoices } from "./count-choices";
import { Choice } from "./Choice";
import { OptionNumber } from "./OptionNumber";
import styles from "./RunChoices.module.css";
import { useIssue } from "./use-issue";

export function MoreOptions() {
  const { t } = useText("panels");
  const { draft } = useStores();
  const { outputActivation, initialiser } = useDraft((state) => state.config);
  return (
    <div className={styles.options}>
      <TrainSizeChoice />
      <Choice term="initialiser" name={t("options.initialiser")}>
        <Segmented
          label={t("options.initialiser")}
          options={INITIALISERS.map((id) => ({ id, label: t(`options.${id}`) }))}
          value={initialiser}
          onChange={(id) => draft.getState().edit({ initialiser: id })}
        />
      </Choice>
      <Choice term="outputActivation" name={t("options.output")}>
        <Segmented
          label={t("options.output")}
          options={OUTPUT_ACTIVATIONS.map((id) => ({ id, label: t(`options.${id}`) }))}
          value={outputActivation}
          color="decoder"
          onChange={(id) => draft.getState().edit({ outputActivation: id })}
        />
        <small className={styles.note}>{t("options.outputNote")}</small>
      </Choice>
      <HeadChoice />
      <AdamChoice />
      <p className={styles.note}>{t("options.restarts")}</p>
    </div>
  );
}

/** Of an encoder: a discriminator ends in its score. */
function HeadChoice() {
  const { t } = useText("families");
  const { draft } = useStores();
  const { headActivation, model } = useDraft((state) => state.config);
  if (model === "gan") return null;
  return (
    <Choice term="posterior" name={t("head")}>
      <Segmented
        label={t("head")}
        options={HEAD_ACTIVATIONS.map((id) => ({ id, label: t(id === "linear" ? "headLinear" : "headRelu") }))}
        value={headActivation}
        color="encoder"
        onChange={(id) => draft.getState().edit({ headActivation: id })}
      />
      <small className={styles.note}>{t("headNote")}</small>
    </Choice>
  );
}

function AdamChoice() {
  const { t } = useText("families");
  const isAdam = useDraft((state) => state.config.optimiser === "adam");
  return isAdam ? <OptionNumber field="adamBeta1" term="adam" name={t("adamBeta1")} /> : null;
}

function TrainSizeChoice() {
  const { t } = useText("panels");
  const { draft } = useStores();
  const config = useDraft((state) => state.config);
  const issue = useIssue("trainSize");
  const { trainMax, trainDefault } = DATASETS[config.data];
  const label = (size: number) => {
    const number = countText(size);
    if (size < trainMax) return number;
    return trainMax > trainDefault ? t("options.allOnDemand", { number }) : t("options.all", { number });
  };
  return (
    <Choice name={t("options.images")}>
      <Select
        label={t("options.images")}
        isLabelHidden
        options={trainSizeChoices(config.data, config).map((size) => ({ id: String(size), label: label(size) }))}
        value={String(config.trainSize)}
        onChange={(size) => draft.getState().edit({ trainSize: Number(size) })}
      />
      {issue !== null && <span className={styles.issue}>{issue}</span>}
      <small className={styles.note}>{t("options.imagesNote")}</small>
    </Choice>
  );
}
