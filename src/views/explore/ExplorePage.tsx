/**
 * The explorer at full size: the map, and a rail of tools beside it. Training goes on
 * under it; run, probe and what is laid out on the map are the same as on the Play page.
 *
 * Knows only where things stand.
 */
import { Suspense, type ReactNode } from "react";
import { lazyView } from "../lazy-view";
import { useMedia } from "../network/use-media";
import { RecordedBanner } from "../recorded/RecordedBanner";
import { useRun } from "../stores";
import { StatusLine } from "../transport/StatusLine";
import { TransportBar } from "../transport/TransportBar";
import { ExploreMap } from "./ExploreMap";
import styles from "./ExplorePage.module.css";
import { ToolRail } from "./ToolRail";

const HistoryBar = lazyView("history", async () => (await import("./history/HistoryBar")).HistoryBar);

/** As in the style sheet: everything stacked. */
const STACKED = "(max-width: 959px)";

type Part = "transport" | "map" | "foot" | "rail" | "status";

/** What is seen first is read and reached first. */
const ORDER: Readonly<Record<"wide" | "stacked", readonly Part[]>> = {
  wide: ["transport", "map", "foot", "rail", "status"],
  stacked: ["map", "foot", "transport", "rail", "status"],
};

export function ExplorePage() {
  const isStacked = useMedia(STACKED);
  const parts: Readonly<Record<Part, ReactNode>> = {
    transport: <TransportBar />,
    map: <ExploreMap />,
    foot: <Foot />,
    rail: <ToolRail />,
    status: <StatusLine />,
  };
  return (
    <div className={styles.page}>
      {ORDER[isStacked ? "stacked" : "wide"].map((part) => (
        <div key={part} className={styles[part]}>
          {parts[part]}
        </div>
      ))}
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
