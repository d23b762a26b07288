/** What the run is computed on: its parts, its pace, what was passed over and why, and the choice of another. */
import type { ReactNode } from "react";
import { useText } from "../../i18n/use-text";
import { briefText, countText } from "../../lib/number-text";
import type { BackendReport } from "../../protocol/messages";
import { BACKENDS, ENGINES } from "../../protocol/run-config";
import { Segmented } from "../../ui/Segmented";
import { useFailureText } from "../failure-text";
import { useSampledRun } from "../objective/use-sampled-run";
import { useDraft, useStores } from "../stores";
import { Term } from "../Term";
import styles from "./BackendPanel.module.css";

const READ_INTERVAL_MS = 1_000;

export function BackendPanel() {
  const { t } = useText("panels");
  const { t: name } = useText("objective");
  const { describe } = useFailureText();
  const { draft } = useStores();
  const { ready, pace } = useSampledRun(READ_INTERVAL_MS);
  const choice = useDraft((state) => state.options.backend);
  const engine = useDraft((state) => state.options.engine);
  const report = ready?.backend ?? null;

  return (
    <div className={styles.panel}>
      {report !== null && (
        <dl className={styles.facts}>
          <Fact name={<Term id={report.backend}>{name("backend.label")}</Term>}>{name(`backend.${report.backend}`)}</Fact>
          {report.adapter !== "" && <Fact name={t("backend.adapter")}>{report.adapter}</Fact>}
          <EngineFacts report={report} />
          {pace !== null && (
            <>
              <Fact name={t("backend.perStep")}>{t("backend.ms", { ms: briefText(pace.msPerStep) })}</Fact>
              <Fact name={t("backend.snapshots")}>{t("backend.share", { percent: briefText(100 * pace.snapshotShare) })}</Fact>
            </>
          )}
          {report.skipped.map(({ backend, failure }) => (
            <Fact key={backend} name={t("backend.skipped")}>
              {name(`backend.${backend}`)}: {describe(failure).short}
            </Fact>
          ))}
        </dl>
      )}
      <div>
        <p className={styles.name}>{t("backend.choice")}</p>
        <Segmented
          label={t("backend.choice")}
          options={(["auto", ...BACKENDS] as const).map((id) => ({ id, label: id === "auto" ? t("backend.auto") : name(`backend.${id}`) }))}
          value={choice}
          onChange={(backend) => draft.getState().editOptions({ backend })}
        />
      </div>
      <div>
        <p className={styles.name}>{t("backend.engineChoice")}</p>
        <Segmented
          label={t("backend.engineChoice")}
          options={(["auto", ...ENGINES] as const).map((id) => ({ id, label: id === "auto" ? t("backend.auto") : name(`backend.${id}`) }))}
          value={engine}
          onChange={(wish) => draft.getState().editOptions({ engine: wish })}
        />
      </div>
      <p className={styles.note}>{t("backend.startsOver")}</p>
    </div>
  );
}

/** What carries out the steps, in words; and why the faster engine does not, with the driver's own words as text. */
function EngineFacts({ report: { backend, engine, engineNote, enginePlan } }: { readonly report: BackendReport }) {
  const { t } = useText("panels");
  const plain = backend === "webgpu" ? t("backend.tfjsWhat") : t("backend.tfjsPlain");
  return (
    <>
      <Fact name={t("backend.engine")}>{engine === "compiled" ? t("backend.compiledWhat") : plain}</Fact>
      {engine === "compiled" && enginePlan !== undefined && enginePlan !== null && (
        <Fact name={t("backend.plan")}>{t("backend.planWhat", { dispatches: countText(enginePlan.dispatches) })}</Fact>
      )}
      {engineNote !== undefined && engineNote !== null && (
        <Fact name={t("backend.passedOver")}>
          {t(engineNote.feature === undefined ? `backend.refusal.${engineNote.reason}` : `backend.unsupported.${engineNote.feature}`)}
          {engineNote.detail !== "" && <small className={styles.detail}>{engineNote.detail}</small>}
        </Fact>
      )}
    </>
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
