/**
 * What is minimised and how: the objective as a formula with today's numbers, and the
 * choices it depends on.
 *
 * Edits the draft; learning rate and β reach a run under way, everything else makes a
 * new one.
 */
import { useText } from "../../i18n/use-text";
import { MODELS, RECONSTRUCTIONS } from "../../protocol/run-config";
import { Card } from "../../ui/Card";
import { Segmented } from "../../ui/Segmented";
import { useDraft, useStores } from "../stores";
import { Term } from "../Term";
import { BetaControl, LearningRateControl } from "./RateControls";
import styles from "./ObjectiveCard.module.css";
import { ObjectiveFormula } from "./ObjectiveFormula";
import { RunChoices } from "./RunChoices";

export function ObjectiveCard() {
  const { t } = useText("objective");
  return (
    <div className={styles.wrap}>
      <Card title={<Term id="objective">{t("card.title")}</Term>} note={`· ${t("card.note")}`}>
        <div className={styles.tools}>
          <LossChoice />
          <ModelChoice />
        </div>
        <ObjectiveFormula />
        <BetaControl />
        <LearningRateControl />
        <RunChoices />
      </Card>
    </div>
  );
}

function LossChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const reconstruction = useDraft((state) => state.config.reconstruction);
  return (
    <Segmented
      label={t("card.lossLabel")}
      options={RECONSTRUCTIONS.map((id) => ({ id, label: t(`card.${id}`) }))}
      value={reconstruction}
      color="decoder"
      onChange={(chosen) => draft.getState().edit({ reconstruction: chosen })}
    />
  );
}

function ModelChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const model = useDraft((state) => state.config.model);
  return (
    <Segmented
      label={t("card.model")}
      options={MODELS.map((id) => ({ id, label: t(`card.${id}`) }))}
      value={model}
      color="latent"
      onChange={(chosen) => draft.getState().edit({ model: chosen })}
    />
  );
}
