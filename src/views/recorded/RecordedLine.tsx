/** One line about the recorded run on screen: for how long it was trained and by what, and what can be done from here. */
import { useText } from "../../i18n/use-text";
import { countText } from "../../lib/number-text";
import { useRun, useStores } from "../stores";
import styles from "./RecordedLine.module.css";

export function RecordedLine() {
  const { t } = useText("recorded");
  const { run } = useStores();
  const recorded = useRun((state) => state.recorded);
  const canTrain = useRun((state) => state.phase === "idle");
  if (recorded === null) return null;
  const facts = { epochs: countText(recorded.epochs), steps: countText(recorded.step) };

  /** A new run that begins with these weights; they stay on screen until it has made its first step. */
  function goOn() {
    const { config, options, prepare, showRecorded, train } = run.getState();
    prepare(config, options, { weights: recorded!.snapshot.weights });
    showRecorded(recorded!);
    train();
  }

  return (
    <div className={styles.frame}>
      <div className={styles.line}>
        <p className={styles.short}>{t("short", facts)}</p>
        <p className={styles.long}>{t("long", facts)}</p>
        {canTrain && (
          <>
            <button type="button" className={styles.deed} onClick={goOn}>
              {t("goOn")}
            </button>
            <button type="button" className={styles.deed} onClick={() => run.getState().train()}>
              {t("startOver")}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
