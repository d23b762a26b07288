/** A run of this very experiment that was left unfinished: go on with it, or begin anew. */
import { useState } from "react";
import { useText } from "../i18n/use-text";
import { NoticePanel } from "./NoticePanel";
import { useRun, useStores } from "./stores";

export function CheckpointOffer() {
  const { t } = useText("failures");
  const { run } = useStores();
  const report = useRun((state) => state.ready);
  const isUntouched = useRun((state) => state.phase === "idle" && state.step === 0);
  const [declined, setDeclined] = useState<typeof report>(null);
  if (report === null || report.checkpoint === null || !isUntouched || declined === report) return null;

  const resume = () => {
    const { config, options, prepare, train } = run.getState();
    prepare(config, options, "checkpoint");
    train();
  };
  return (
    <NoticePanel
      tone="calm"
      title={t("checkpoint.title", { step: report.checkpoint.step })}
      actions={[
        { label: t("action.resumeRun"), run: resume },
        { label: t("action.startOver"), run: () => setDeclined(report) },
      ]}
    >
      <p>{t("checkpoint.text")}</p>
    </NoticePanel>
  );
}
