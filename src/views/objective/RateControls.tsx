/** β and the learning rate: a slider for the hand, a field for the exact number. Both act in mid-run. */
import type { ReactNode } from "react";
import { useText } from "../../i18n/use-text";
import { briefText } from "../../lib/number-text";
import { RANGES } from "../../protocol/run-config";
import { NumberField } from "../../ui/NumberField";
import { Slider } from "../../ui/Slider";
import { useDraft, useStores } from "../stores";
import { Term } from "../Term";
import { chargeOf } from "./charge";
import styles from "./ObjectiveCard.module.css";
import { useIssue } from "./use-issue";

/** What is worth sliding through; the fields take the rest of the range. */
const BETA_SLIDER = { min: 0.01, max: 20 };
const RATE_SLIDER = { min: 1e-5, max: 1 };

export function BetaControl() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const beta = useDraft((state) => state.config.beta);
  const charge = useDraft((state) => chargeOf(state.config)?.kind ?? null);
  const isGame = useDraft((state) => state.config.model === "gan");
  const issue = useIssue("beta");
  const edit = (value: number) => draft.getState().edit({ beta: value });

  if (isGame) return null;
  if (charge === null) return <p className={styles.reason}>{t("card.noKl")}</p>;
  const isGamma = charge === "capacity";
  return (
    <Rate
      field={
        <NumberField
          label={t(isGamma ? "card.gammaField" : "card.betaField")}
          isLabelHidden
          value={beta}
          {...RANGES.beta}
          issue={issue}
          onChange={edit}
        />
      }
    >
      <Slider
        label={
          <>
            <Term id={isGamma ? "capacity" : "beta"}>{t(isGamma ? "card.gamma" : "card.beta")}</Term> {t("card.betaLabel")}
          </>
        }
        ariaLabel={t(isGamma ? "card.gammaSlider" : "card.betaSlider")}
        value={Number.isNaN(beta) ? 0 : beta}
        {...BETA_SLIDER}
        scale="zero-log"
        color="latent"
        format={briefText}
        onChange={edit}
      />
    </Rate>
  );
}

export function LearningRateControl() {
  const { t } = useText("objective");
  const { draft } = useStores();
  const learningRate = useDraft((state) => state.config.learningRate);
  const issue = useIssue("learningRate");
  const edit = (value: number) => draft.getState().edit({ learningRate: value });

  return (
    <Rate
      field={
        <NumberField
          label={t("card.rateField")}
          isLabelHidden
          value={learningRate}
          {...RANGES.learningRate}
          issue={issue}
          onChange={edit}
        />
      }
    >
      <Slider
        label={<Term id="learningRate">{t("card.rateLabel")}</Term>}
        ariaLabel={t("card.rateSlider")}
        value={Number.isNaN(learningRate) ? RATE_SLIDER.min : learningRate}
        {...RATE_SLIDER}
        scale="log"
        format={briefText}
        onChange={edit}
      />
    </Rate>
  );
}

/** The field stands where the slider would show its value. */
function Rate({ field, children }: { readonly field: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.rate}>
      {children}
      {field}
    </div>
  );
}
