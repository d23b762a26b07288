/** A bar towards the next goal, with what the goal is; or, in its place, why training is out of reach. */
import { useText } from "../../i18n/use-text";
import { countText, fixedText } from "../../lib/number-text";
import { epochSteps } from "../objective/run-figures";
import { useSampledRun } from "../objective/use-sampled-run";
import { progressOf, type Progress } from "./progress";
import styles from "./RunProgress.module.css";

const READ_INTERVAL_MS = 125;

interface RunProgressProps {
  readonly obstacle: string | null;
}

export function RunProgress({ obstacle }: RunProgressProps) {
  const { t } = useText("objective");
  const run = useSampledRun(READ_INTERVAL_MS);
  const { preparing, step, ready, config, options, pace, dataProgress } = run;
  const progress = progressOf({ preparing, step, stepsPerEpoch: epochSteps({ ready, config }), epochs: options.epochs, pace });
  const goal = useGoal(progress);
  const isRecording = run.shown.kind === "recorded" && run.phase === "idle" && preparing === null;
  const underWay =
    progress.kind === "training" && dataProgress !== null
      ? t("transport.loadingRest", { goal, done: megabytes(dataProgress.done), total: megabytes(dataProgress.total) })
      : goal;
  const words = isRecording ? t("phase.recorded") : underWay; // it is on its way nowhere
  return (
    <div className={styles.progress}>
      <small className={styles.words} data-obstacle={obstacle !== null || undefined}>
        {obstacle ?? words}
      </small>
      <progress
        className={styles.track}
        aria-label={t("transport.progress")}
        aria-valuetext={words}
        max={1}
        value={isRecording ? 1 : progress.part}
      />
    </div>
  );
}

function useGoal(progress: Progress): string {
  const { t } = useText("objective");
  if (progress.kind === "training") return t("transport.toEpoch", { epoch: countText(progress.epoch) });
  switch (progress.stage) {
    case "backend":
      return t("transport.starting");
    case "data":
      return t("transport.loading", { done: megabytes(progress.done), total: megabytes(progress.total) });
    case "build":
      return progress.total > 1
        ? t("transport.compiling", { done: countText(progress.done), total: countText(progress.total) })
        : t("transport.building");
  }
}

function megabytes(bytes: number): string {
  return fixedText(bytes / 1e6, 1);
}
