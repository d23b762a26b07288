/** Which recorded run to walk through. */
import { Suspense } from "react";
import { lazyView } from "../lazy-view";

const RecordedSelect = lazyView("recorded", async () => (await import("./RecordedSelect")).RecordedSelect);

export function RecordedChooser() {
  return (
    <Suspense fallback={null}>
      <RecordedSelect />
    </Suspense>
  );
}
