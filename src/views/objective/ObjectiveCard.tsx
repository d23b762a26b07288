/**
 * What is minimised and how: the objective as a formula with today's numbers, and the
 * choices it depends on.
 *
 * Edits the draft; learning rate and β reach a run under way, everything else makes a
 * new one.
 */
import { useText } from "../../i18n/use-text";
import { isPointCloud } from "../../protocol/datasets";
import { isCrossEntropy, MODELS, RECONSTRUCTIONS } from "../../protocol/run-config";
import { Suspense } from "react";
import { Card } from "../../ui/Card";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { useDraft, useStores } from "../stores";
import { Term } from "../Term";
import { hasFamilyWords } from "./family-words";
import { BetaControl, LearningRateControl } from "./RateControls";
import styles from "./ObjectiveCard.module.css";
import { ObjectiveFormula } from "./ObjectiveFormula";
import { RunChoices } from "./RunChoices";
import { useIssue } from "./use-issue";
import { lazyView } from "../lazy-view";

const FamilyWords = lazyView("families", async () => (await import("./FamilyWords")).FamilyWords);

export function ObjectiveCard() {
  const { t } = useText("objective");
  const isGame = useDraft((state) => state.config.model === "gan");
  const isPoints = useDraft((state) => isPointCloud(state.config.data));
  const note = isGame ? "card.noteGame" : isPoints ? "card.notePoints" : "card.note";
  const hasWords = useDraft((state) => hasFamilyWords(state.config));
  return (
    <div className={styles.wrap}>
      <Card title={<Term id="objective">{t("card.title")}</Term>} note={`· ${t(note)}`}>
        <div className={styles.tools}>
          <LossChoice />
          <ModelChoice />
        </div>
        <ObjectiveFormula />
        {hasWords && (
          <Suspense fallback={null}>
            <FamilyWords />
          </Suspense>
        )}
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
  const { reconstruction, data, model } = useDraft((state) => state.config);
  const issue = useIssue("reconstruction");
  if (model === "gan") return null; // plays no part
  const offered = RECONSTRUCTIONS.filter((id) => id === reconstruction || !(isCrossEntropy(id) && isPointCloud(data)));
  return (
    <span className={styles.loss}>
      <Select
        label={t("card.lossLabel")}
        isLabelHidden
        options={offered.map((id) => ({ id, label: t(`card.${id}`) }))}
        value={reconstruction}
        onChange={(chosen) => draft.getState().edit({ reconstruction: chosen })}
      />
      {issue !== null && <small className={styles.issue}>{issue}</small>}
    </span>
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
