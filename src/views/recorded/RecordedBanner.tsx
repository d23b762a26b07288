/** Says that what is shown was trained beforehand, and offers to go on from there or to start over; nothing while it is not, or once a choice is made. */
import { Suspense } from "react";
import { lazyView } from "../lazy-view";
import { useRun } from "../stores";

const RecordedLine = lazyView("recorded", async () => (await import("./RecordedLine")).RecordedLine);

export function RecordedBanner() {
  const isShown = useRun(({ shown, phase }) => shown.kind === "recorded" && (phase === "idle" || phase === "failed"));
  if (!isShown) return null;
  return (
    <Suspense fallback={null}>
      <RecordedLine />
    </Suspense>
  );
}
