/** What the run is computed on, in one word; pressed, the whole story and the choice. */
import { useText } from "../../i18n/use-text";
import { Popover } from "../../ui/Popover";
import { useRun } from "../stores";
import { BackendPanel } from "./BackendPanel";
import styles from "./BackendChip.module.css";

export function BackendChip() {
  const { t } = useText("objective");
  const report = useRun((state) => state.ready?.backend ?? null);
  const hasFailed = useRun((state) => state.phase === "failed");
  const words =
    report === null
      ? t(hasFailed ? "backend.none" : "backend.starting")
      : [t(`backend.${report.backend}`), report.adapter].filter((word) => word !== "").join(" · ");
  return (
    <div className={styles.chip} data-backend={report?.backend}>
      <Popover
        look="chip"
        label={`${t("backend.label")}: ${words}`}
        trigger={
          <>
            <span className={styles.light} />
            <span className={styles.words}>{words}</span>
          </>
        }
      >
        <BackendPanel />
      </Popover>
    </div>
  );
}
