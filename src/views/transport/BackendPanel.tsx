/** What the run is computed on: its parts, its pace, what was passed over and why, and the choice of another. */
import type { ReactNode } from "react";
import { useText } from "../../i18n/use-text";
import { briefText } from "../../lib/number-text";
import { BACKENDS } from "../../protocol/run-config";
import { Segmented } from "../../ui/Segmented";
import { useFailureText } from "../failure-text";
import { useSampledRun } from "../objective/use-sampled-run";
import { useDraft, useStores } from "../stores";
import { Term } from "../Term";
import styles from "./BackendPanel.module.css";

const READ_INTERVAL_MS = 1_000;

export function BackendPanel() {
  const { t } = useText("objective");
  const { describe } = useFailureText();
  const { draft } = useStores();
  const { ready, pace } = useSampledRun(READ_INTERVAL_MS);
  const choice = useDraft((state) => state.options.backend);
  const report = ready?.backend ?? null;

  return (
    <div className={styles.panel}>
      {report !== null && (
        <dl className={styles.facts}>
          <Fact name={<Term id={report.backend}>{t("backend.label")}</Term>}>{t(`backend.${report.backend}`)}</Fact>
          {report.adapter !== "" && <Fact name={t("backend.adapter")}>{report.adapter}</Fact>}
          <Fact name={t("backend.engine")}>{t(`backend.${report.engine}`)}</Fact>
          {pace !== null && (
            <>
              <Fact name={t("backend.perStep")}>{t("backend.ms", { ms: briefText(pace.msPerStep) })}</Fact>
              <Fact name={t("backend.snapshots")}>{t("backend.share", { percent: briefText(100 * pace.snapshotShare) })}</Fact>
            </>
          )}
          {report.skipped.map(({ backend, failure }) => (
            <Fact key={backend} name={t("backend.skipped")}>
              {t(`backend.${backend}`)}: {describe(failure).short}
            </Fact>
          ))}
        </dl>
      )}
      <div>
        <p className={styles.name}>{t("backend.choice")}</p>
        <Segmented
          label={t("backend.choice")}
          options={(["auto", ...BACKENDS] as const).map((id) => ({ id, label: t(`backend.${id}`) }))}
          value={choice}
          onChange={(backend) => draft.getState().editOptions({ backend })}
        />
      </div>
      <p className={styles.note}>{t("backend.startsOver")}</p>
    </div>
  );
}

function Fact({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
