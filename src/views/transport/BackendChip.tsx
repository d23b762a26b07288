/** What the run is computed on, in one word; pressed, the whole story and the choice. */
import { Zap } from "lucide-react";
import { useText } from "../../i18n/use-text";
import { Popover } from "../../ui/Popover";
import { lazyView } from "../lazy-view";
import { useRun } from "../stores";
import styles from "./BackendChip.module.css";

const BackendPanel = lazyView(["panels", "failures"], async () => (await import("./BackendPanel")).BackendPanel);

export function BackendChip() {
  const { t } = useText("objective");
  const report = useRun((state) => state.ready?.backend ?? null);
  const hasFailed = useRun((state) => state.phase === "failed");
  const words =
    report === null
      ? t(hasFailed ? "backend.none" : "backend.starting")
      : [t(`backend.${report.backend}`), report.adapter].filter((word) => word !== "").join(" · ");
  // Only where there is a choice does the engine say something of its own.
  const isCompiled = report?.engine === "compiled";
  const label = isCompiled ? t("backend.withEngine", { backend: words, engine: t("backend.compiled") }) : words;
  return (
    <div className={styles.chip} data-backend={report?.backend}>
      <Popover
        look="chip"
        label={`${t("backend.label")}: ${label}`}
        trigger={
          <>
            <span className={styles.light} />
            <span className={styles.words}>{words}</span>
            {isCompiled && <Zap className={styles.engine} size={14} fill="currentColor" strokeWidth={0} aria-hidden />}
          </>
        }
      >
        <BackendPanel />
      </Popover>
    </div>
  );
}
