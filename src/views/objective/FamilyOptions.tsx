/** What only some models have: denoising, label, what becomes of the KL, the rules of the game. Shows no more than the model reads. */
import { useText } from "../../i18n/use-text";
import { BETA_SCHEDULES, CORRUPTIONS, GAN_LOSSES, KL_MODES, MISTAKES } from "../../protocol/run-config";
import { Segmented } from "../../ui/Segmented";
import { Select } from "../../ui/Select";
import { Switch } from "../../ui/Switch";
import { useDraft, useStores } from "../stores";
import { Term } from "../Term";
import { chargeOf } from "./charge";
import { Choice } from "./Choice";
import { OptionNumber } from "./OptionNumber";
import styles from "./RunChoices.module.css";

export function FamilyOptions() {
  const { t } = useText("families");
  const model = useDraft((state) => state.config.model);
  return (
    <div className={styles.options}>
      {model === "gan" ? (
        <GameOptions />
      ) : (
        <>
          <CorruptionChoice />
          <ConditionChoice />
          {model === "ae" && <MistakeChoice />}
          {model === "vae" && <KlChoice />}
          <ScheduleChoice />
        </>
      )}
      <p className={styles.note}>{t("restarts")}</p>
    </div>
  );
}

function CorruptionChoice() {
  const { t } = useText("families");
  const { draft } = useStores();
  const corruption = useDraft((state) => state.config.corruption);
  return (
    <>
      <Choice term="denoising" name={t("corruption")}>
        <Select
          label={t("corruption")}
          isLabelHidden
          options={CORRUPTIONS.map((id) => ({ id, label: t(id) }))}
          value={corruption}
          onChange={(id) => draft.getState().edit({ corruption: id })}
        />
        <small className={styles.note}>{t("corruptionNote")}</small>
      </Choice>
      {corruption !== "none" && (
        <OptionNumber field="corruptionLevel" term="corruption" name={t(corruption === "gaussian" ? "deviation" : "level")} />
      )}
    </>
  );
}

function ConditionChoice() {
  const { t } = useText("families");
  const { draft } = useStores();
  const isConditional = useDraft((state) => state.config.conditional);
  return (
    <div>
      <Switch label={t("condition")} isOn={isConditional} onChange={(conditional) => draft.getState().edit({ conditional })} />
      <small className={styles.note}>
        <Term id="conditional">{t("conditional")}</Term>
      </small>
    </div>
  );
}

const MISTAKE_NAMES = { none: "mistakeNone", "detached-kl": "mistakeDetached", "code-mean": "mistakeCodeMean" } as const;

function MistakeChoice() {
  const { t } = useText("families");
  const { draft } = useStores();
  const mistake = useDraft((state) => state.config.mistake);
  return (
    <Choice name={t("mistake")}>
      <Select
        label={t("mistake")}
        isLabelHidden
        options={MISTAKES.map((id) => ({ id, label: t(MISTAKE_NAMES[id]) }))}
        value={mistake}
        onChange={(id) => draft.getState().edit({ mistake: id })}
      />
    </Choice>
  );
}

const KL_NAMES = { plain: "plain", "free-bits": "freeBits", capacity: "capacity" } as const;

function KlChoice() {
  const { t } = useText("families");
  const { draft } = useStores();
  const klMode = useDraft((state) => state.config.klMode);
  return (
    <>
      <Choice term="kl" name={t("klMode")}>
        <Segmented
          label={t("klMode")}
          options={KL_MODES.map((id) => ({ id, label: t(KL_NAMES[id]) }))}
          value={klMode}
          color="latent"
          onChange={(id) => draft.getState().edit({ klMode: id })}
        />
      </Choice>
      {klMode === "free-bits" && <OptionNumber field="freeBits" term="freeBits" name={t("lambda")} />}
      {klMode === "capacity" && (
        <>
          <OptionNumber field="capacity" term="capacity" name={t("capacityEnd")} />
          <small className={styles.note}>{t("capacityNote")}</small>
        </>
      )}
    </>
  );
}

/** Of β, where there is one to anneal; and of C, which takes the same number of steps. */
function ScheduleChoice() {
  const { t } = useText("families");
  const { draft } = useStores();
  const schedule = useDraft((state) => state.config.betaSchedule);
  const charge = useDraft((state) => chargeOf(state.config)?.kind ?? null);
  if (charge === null) return null;
  const isCapacity = charge === "capacity";
  const isAnnealed = schedule !== "constant";
  const annealed = schedule === "cyclical" ? t("cycleSteps") : t("steps");
  return (
    <>
      <Choice term="annealing" name={t("schedule")}>
        <Segmented
          label={t("schedule")}
          options={BETA_SCHEDULES.map((id) => ({ id, label: t(id) }))}
          value={schedule}
          color="latent"
          onChange={(id) => draft.getState().edit({ betaSchedule: id })}
        />
      </Choice>
      {(isAnnealed || isCapacity) && (
        <OptionNumber
          field="scheduleSteps"
          name={isCapacity && isAnnealed ? t("scheduleSteps") : isCapacity ? t("capacitySteps") : annealed}
        />
      )}
    </>
  );
}

function GameOptions() {
  const { t } = useText("families");
  const { draft } = useStores();
  const ganLoss = useDraft((state) => state.config.ganLoss);
  return (
    <>
      <Choice term={ganLoss} name={t("ganLoss")}>
        <Segmented
          label={t("ganLoss")}
          options={GAN_LOSSES.map((id) => ({ id, label: t(id) }))}
          value={ganLoss}
          onChange={(id) => draft.getState().edit({ ganLoss: id })}
        />
      </Choice>
      <OptionNumber field="discriminatorSteps" term="discriminator" name={t("discriminatorSteps")} />
      <OptionNumber field="discriminatorRate" term="learningRate" name={t("discriminatorRate")} />
      {ganLoss === "nonsaturating" && <OptionNumber field="labelSmoothing" term="labelSmoothing" name={t("labelSmoothing")} />}
      <OptionNumber field="instanceNoise" term="instanceNoise" name={t("instanceNoise")} />
    </>
  );
}
