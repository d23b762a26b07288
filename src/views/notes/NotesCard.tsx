/** All that is to be said of a preset: what it is, what its original gets wrong, what is changed, and every check with its numbers. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import type { Diagnosis } from "../../model/diagnosis";
import { PRESET_FACTS, type PresetId, type System } from "../../protocol/presets";
import { useRun } from "../stores";
import { diagnosisText } from "./diagnosis-text";
import styles from "./NotesCard.module.css";
import { Verdict } from "./Verdict";

interface NotesCardProps {
  readonly id: PresetId;
  readonly diagnoses: readonly Diagnosis[];
}

export function NotesCard({ id, diagnoses }: NotesCardProps) {
  const { t } = useText("notes");
  const { t: presets } = useText("presets");
  const { system, corrected } = PRESET_FACTS[id];
  return (
    <div className={styles.card}>
      <h3 className={styles.title}>{presets(`${id}.name`)}</h3>
      {system !== undefined && (
        <p className={styles.system}>
          {t("system", { letter: system })}
          {corrected !== undefined && ` · ${t("asWritten")}`}
        </p>
      )}
      <p>{t(`about.${id}`)}</p>
      {system !== undefined && <SystemNotes system={system} isWritten={corrected !== undefined} />}
      {diagnoses.length > 0 && <Measured diagnoses={diagnoses} />}
    </div>
  );
}

function SystemNotes({ system, isWritten }: { readonly system: System; readonly isWritten: boolean }) {
  const { t } = useText("notes");
  const paragraph = (heading: "wrong" | "changed" | "watch" | "missing", text: string) => (
    <>
      <h4 className={styles.heading}>{t(`heading.${heading}`)}</h4>
      <p>{text}</p>
    </>
  );
  return (
    <>
      {paragraph("wrong", t(`systems.${system}.wrong`))}
      {system === "B" || system === "G" || !isWritten ? (
        paragraph("changed", t(`systems.${system}.changed`))
      ) : (
        <>
          {paragraph("watch", t(`systems.${system}.watch`))}
          {paragraph("missing", t(`systems.${system}.missing`))}
        </>
      )}
    </>
  );
}

function Measured({ diagnoses }: Pick<NotesCardProps, "diagnoses">) {
  const { t, language } = useText("notes");
  const step = useRun((state) => state.snapshot?.step ?? 0);
  const classNames = useRun((state) => state.material?.classNames[language]) ?? [];
  return (
    <>
      <h4 className={styles.heading}>{t("heading.measured", { step: countText(step) })}</h4>
      <dl className={styles.checks}>
        {diagnoses.map((diagnosis) => (
          <div key={diagnosis.check}>
            <dt>
              {t(`check.${diagnosis.check}.title`)} <Verdict verdict={diagnosis.verdict} />
            </dt>
            <dd>{diagnosisText(t, diagnosis, classNames)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
