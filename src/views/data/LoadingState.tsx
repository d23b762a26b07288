/** What the column says before its images are there, and while more of them come in. */
import { useText } from "../../i18n/use-text";
import { assertNever } from "../../lib/assert";
import { fixedText } from "../../lib/number-text";
import type { RunState } from "../../store/run-store";
import { useRun } from "../stores";
import styles from "./LoadingState.module.css";

const megabytes = (bytes: number) => fixedText(bytes / 1e6, 1);

export function LoadingState() {
  const { t } = useText("data");
  const preparing = useRun((state) => state.preparing);
  const hasFailed = useRun((state) => state.failure !== null);
  const text = hasFailed ? t("failed") : stageText(t, preparing);
  const part = preparing?.stage === "data" && preparing.total > 0 ? preparing.done / preparing.total : null;
  return (
    <div className={styles.state}>
      <p>{text}</p>
      {part !== null && !hasFailed && <progress className={styles.bar} max={1} value={part} aria-label={t("progress")} />}
    </div>
  );
}

function stageText(t: ReturnType<typeof useText<"data">>["t"], preparing: RunState["preparing"]): string {
  if (preparing === null) return t("loadingBuild");
  switch (preparing.stage) {
    case "backend":
      return t("loadingBackend");
    case "data":
      return t("loadingData", { done: megabytes(preparing.done), total: megabytes(preparing.total) });
    case "build":
      return t("loadingBuild");
    default:
      return assertNever(preparing.stage);
  }
}

/** Data that goes on arriving after training could begin. */
export function MoreData() {
  const { t } = useText("data");
  const progress = useRun((state) => (state.ready === null ? null : state.dataProgress));
  if (progress === null) return null;
  return <span>{t("loadingMore", { done: megabytes(progress.done), total: megabytes(progress.total) })}</span>;
}
