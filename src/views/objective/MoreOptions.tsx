/** Choices seldom touched: output activation, first weights, how many images. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { DATASETS } from "../../protocol/datasets";
import { INITIALISERS, OUTPUT_ACTIVATIONS } from "../../protocol/run-config";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { useDraft, useStores } from "../stores";
import { trainSizeChoices } from "./count-choices";
import { Choice } from "./Choice";
import styles from "./RunChoices.module.css";
import { useIssue } from "./use-issue";

export function MoreOptions() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const { outputActivation, initialiser } = useDraft((state) => state.config);
  return (
    <div className={styles.options}>
      <TrainSizeChoice />
      <Choice term="initialiser" name={t("card.initialiser")}>
        <Segmented
          label={t("card.initialiser")}
          options={INITIALISERS.map((id) => ({ id, label: t(`card.${id}`) }))}
          value={initialiser}
          onChange={(id) => draft.getState().edit({ initialiser: id })}
        />
      </Choice>
      <Choice term="outputActivation" name={t("card.output")}>
        <Segmented
          label={t("card.output")}
          options={OUTPUT_ACTIVATIONS.map((id) => ({ id, label: t(`card.${id}`) }))}
          value={outputActivation}
          color="decoder"
          onChange={(id) => draft.getState().edit({ outputActivation: id })}
        />
        <small className={styles.note}>{t("card.outputNote")}</small>
      </Choice>
      <p className={styles.note}>{t("card.restarts")}</p>
    </div>
  );
}

function TrainSizeChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const config = useDraft((state) => state.config);
  const issue = useIssue("trainSize");
  const { trainMax, trainDefault } = DATASETS[config.data];
  const label = (size: number) => {
    const number = countText(size);
    if (size < trainMax) return number;
    return trainMax > trainDefault ? t("card.allOnDemand", { number }) : t("card.all", { number });
  };
  return (
    <Choice name={t("card.images")}>
      <Select
        label={t("card.images")}
        isLabelHidden
        options={trainSizeChoices(config.data, config).map((size) => ({ id: String(size), label: label(size) }))}
        value={String(config.trainSize)}
        onChange={(size) => draft.getState().edit({ trainSize: Number(size) })}
      />
      {issue !== null && <span className={styles.issue}>{issue}</span>}
      <small className={styles.note}>{t("card.imagesNote")}</small>
    </Choice>
  );
}
