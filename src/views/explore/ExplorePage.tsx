/**
 * The explorer at full size: the map, and a rail of tools beside it. Training goes on
 * under it; run, probe and what is laid out on the map are the same as on the Play page.
 *
 * Knows only where things stand.
 */
import { Suspense } from "react";
import { useText } from "../../i18n/use-text";
import { lazyView } from "../lazy-view";
import { RecordedBanner } from "../recorded/RecordedBanner";
import { useRun } from "../stores";
import { StatusLine } from "../transport/StatusLine";
import { TransportBar } from "../transport/TransportBar";
import { ExploreMap } from "./ExploreMap";
import styles from "./ExplorePage.module.css";
import { ToolRail } from "./ToolRail";

const HistoryBar = lazyView("history", async () => (await import("./history/HistoryBar")).HistoryBar);

export function ExplorePage() {
  const { t } = useText("explore");
  return (
    <div className={styles.page}>
      <div className={styles.transport}>
        <TransportBar />
      </div>
      <div className={styles.map}>
        <ExploreMap />
      </div>
      <aside className={styles.rail} aria-label={t("tools")}>
        <ToolRail />
      </aside>
      <div className={styles.foot}>
        <Foot />
      </div>
      <div className={styles.status}>
        <StatusLine />
      </div>
    </div>
  );
}

/** A recorded run has no past to go through; what can be done with it stands in the history's place, so that nothing moves. */
function Foot() {
  const isRecorded = useRun(({ shown }) => shown.kind === "recorded");
  if (isRecorded) return <RecordedBanner />;
  return (
    <Suspense fallback={null}>
      <HistoryBar />
    </Suspense>
  );
}
