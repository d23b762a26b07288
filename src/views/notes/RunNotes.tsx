/**
 * What is to be said of the preset at hand, in one line; nothing when the run is none.
 *
 * All of it comes after the first picture: which preset it is, the words, the measuring.
 */
import { Suspense } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { lazyPanel } from "../../ui/lazy-panel";

const PresetNotes = lazyPanel(async () => (await import("./PresetNotes")).PresetNotes);

export function RunNotes() {
  return (
    // Notes that cannot be had (offline, a newer deploy) are missed; the page around them lives on.
    <ErrorBoundary fallback={null}>
      <Suspense fallback={null}>
        <PresetNotes />
      </Suspense>
    </ErrorBoundary>
  );
}
