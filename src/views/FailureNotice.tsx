/**
 * All that has to be said aside from the run itself, in one corner over the page, so
 * that nothing below jumps: why it failed, what went amiss without stopping it, what
 * was mended in the address, and a run that could be gone on with.
 *
 * A failure is an alert; the rest is said politely, when the reader pauses.
 */
import { useState } from "react";
import { useText } from "../i18n/use-text";
import type { Failure } from "../protocol/failure";
import { Button } from "../ui/Button";
import { CheckpointOffer } from "./CheckpointOffer";
import { useFailureActions } from "./failure-actions";
import { useFailureText } from "./failure-text";
import styles from "./FailureNotice.module.css";
import { NoticePanel } from "./NoticePanel";
import { RepairNotice } from "./RepairNotice";
import { useRun, useStores } from "./stores";

const reloadPage = () => window.location.reload();

interface FailureNoticeProps {
  /** A test brings its own. */
  readonly reload?: () => void;
}

export function FailureNotice({ reload = reloadPage }: FailureNoticeProps) {
  const { t } = useText("failures");
  const failure = useRun((state) => state.failure);
  return (
    <section className={styles.stack} aria-label={t("region")}>
      <div className={styles.part} aria-live="polite">
        <RepairNotice />
        <CheckpointOffer />
        <RecoveredNotice />
        <QuietNotices reload={reload} />
      </div>
      <div className={styles.part} role="alert">
        {failure !== null && <FailedNotice failure={failure} reload={reload} />}
      </div>
    </section>
  );
}

function FailedNotice({ failure, reload }: { readonly failure: Failure; readonly reload: () => void }) {
  const { t } = useText("failures");
  const { describe } = useFailureText();
  const actionsOf = useFailureActions(reload);
  // Hidden, not forgotten: the run still stands, and the way back with it.
  const [hidden, setHidden] = useState<Failure | null>(null);
  const isRecorded = useRun(({ shown }) => shown.kind === "recorded");
  if (hidden === failure) return <Button onPress={() => setHidden(null)}>{t("action.show")}</Button>;
  const { title, text, next } = describe(failure);
  return (
    <NoticePanel tone="bad" title={title} actions={actionsOf(failure)} dismiss={{ label: t("action.hide"), run: () => setHidden(failure) }}>
      <p>{text}</p>
      <p>{next}</p>
      {isRecorded && <p>{t("recordedStays")}</p>}
    </NoticePanel>
  );
}

/** What went amiss without stopping the run. */
function QuietNotices({ reload }: { readonly reload: () => void }) {
  const { t } = useText("failures");
  const { describe } = useFailureText();
  const actionsOf = useFailureActions(reload);
  const { run } = useStores();
  const notices = useRun((state) => state.notices);
  return notices.map((failure, index) => {
    const { title, text, next } = describe(failure);
    return (
      <NoticePanel
        key={failure.kind} // the store keeps one of each
        tone="calm"
        title={title}
        actions={actionsOf(failure)}
        dismiss={{ label: t("action.dismiss"), run: () => run.getState().dismissNotice(index) }}
      >
        <p>{text}</p>
        <p>{next}</p>
      </NoticePanel>
    );
  });
}

/** Training went on by itself after a failure. */
function RecoveredNotice() {
  const { t } = useText("failures");
  const { describe } = useFailureText();
  const recovered = useRun((state) => state.recovered);
  const [seen, setSeen] = useState<typeof recovered>(null);
  if (recovered === null || seen === recovered) return null;
  return (
    <NoticePanel tone="calm" title={t("recovered.title")} dismiss={{ label: t("action.dismiss"), run: () => setSeen(recovered) }}>
      <p>{t("recovered.text", { what: describe(recovered.failure).title, step: recovered.step })}</p>
    </NoticePanel>
  );
}
