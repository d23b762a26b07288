/**
 * What is minimised and how: the objective as a formula with today's numbers, and the
 * choices it depends on.
 *
 * Edits the draft; learning rate and β reach a run under way, everything else makes a
 * new one.
 */
import { useText } from "../../i18n/use-text";
import type { ModelKind } from "../../protocol/run-config";
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

function ModelChoice() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const model = useDraft((state) => state.config.model);
  const options: { id: ModelKind; label: string }[] = [
    { id: "ae", label: t("card.ae") },
    { id: "vae", label: t("card.vae") },
  ];
  return (
    <Segmented
      label={t("card.model")}
      options={options}
      value={model}
      color="latent"
      onChange={(chosen) => draft.getState().edit({ model: chosen })}
    />
  );
}
