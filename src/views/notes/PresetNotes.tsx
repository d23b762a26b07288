/** Knows which preset the run is, and fetches its notes. The page's first picture needs none: it is drawn for everybody. */
import { Suspense, useMemo } from "react";
import { presetOf } from "../../protocol/preset-of";
import type { PresetId } from "../../protocol/presets";
import { lazyView } from "../lazy-view";
import { useRun } from "../stores";

const NotesStrip = lazyView("notes", async () => (await import("./NotesStrip")).NotesStrip);

const FIRST_PICTURE: PresetId = "vae-plane";

export function PresetNotes() {
  const config = useRun((state) => state.config);
  // Rates can be tuned in mid-run, and two versions may differ in one of them alone.
  const learningRate = useRun((state) => state.learningRate);
  const beta = useRun((state) => state.beta);
  const id = useMemo(() => presetOf({ ...config, learningRate, beta }), [config, learningRate, beta]);
  if (id === null || id === FIRST_PICTURE) return null;
  return (
    <Suspense fallback={null}>
      <NotesStrip id={id} />
    </Suspense>
  );
}
