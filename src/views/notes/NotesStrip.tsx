/** The preset at hand in one line: its name, what is measured to be amiss or what it is, the rest on request, and its other version. */
import { useText } from "../../i18n/use-text";
import type { Diagnosis } from "../../model/diagnosis";
import { presetOf } from "../../protocol/preset-of";
import { PRESET_FACTS, type PresetId } from "../../protocol/presets";
import { Popover } from "../../ui/Popover";
import { Segmented } from "../../ui/Segmented";
import { useDraft, useRun, useStores } from "../stores";
import { diagnosisText } from "./diagnosis-text";
import { loadPreset } from "./load-preset";
import { NotesCard } from "./NotesCard";
import styles from "./NotesStrip.module.css";
import { useDiagnoses } from "./use-diagnoses";
import { Verdict } from "./Verdict";

export function NotesStrip({ id }: { readonly id: PresetId }) {
  const { t } = useText("notes");
  const { t: presets } = useText("presets");
  const diagnoses = useDiagnoses();
  const { asWritten, corrected } = PRESET_FACTS[id];
  const hasVersions = (asWritten ?? corrected) !== undefined;
  const name = presets(`${id}.name`);

  return (
    <section className={styles.strip} aria-label={t("title")} data-notes>
      <h2 className={styles.name}>
        {name}
        {corrected !== undefined && <span className={styles.written}>{presets("menu.written")}</span>}
      </h2>
      <Headline id={id} diagnosis={diagnoses.find(({ verdict }) => verdict === "found") ?? (hasVersions ? diagnoses[0] : undefined)} />
      <Popover label={t("moreLabel", { name })} look="quiet" trigger={<span>{t("more")}</span>}>
        <NotesCard id={id} diagnoses={diagnoses} />
      </Popover>
      <Versions id={id} />
    </section>
  );
}

/** What is amiss; where there are two versions also that it is not; else what the preset is. */
function Headline({ id, diagnosis }: { readonly id: PresetId; readonly diagnosis: Diagnosis | undefined }) {
  const { t, language } = useText("notes");
  const classNames = useRun((state) => state.material?.classNames[language]) ?? [];
  if (diagnosis === undefined) return <p className={styles.headline}>{t(`about.${id}`)}</p>;
  const text = diagnosisText(t, diagnosis, classNames);
  return (
    <p className={styles.headline} title={text}>
      <Verdict verdict={diagnosis.verdict} />{" "}
      <span className={styles.check}>{t("lead", { check: t(`check.${diagnosis.check}.title`) })}</span> {text}
    </p>
  );
}

/** Follows the draft, so that a press is seen before the run has been made. */
function Versions({ id }: { readonly id: PresetId }) {
  const { t } = useText("notes");
  const { draft } = useStores();
  const chosen = useDraft((state) => presetOf(state.config)) ?? id;
  const right = PRESET_FACTS[id].corrected ?? id;
  const wrong = PRESET_FACTS[right].asWritten;
  if (wrong === undefined) return null;
  return (
    <Segmented
      label={t("version")}
      options={[
        { id: wrong, label: t("asWritten") },
        { id: right, label: t("corrected") },
      ]}
      value={chosen}
      onChange={(version) => loadPreset(draft, version)}
    />
  );
}
