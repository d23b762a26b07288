/**
 * Pauses training while the tab is hidden, where the visitor wants that, and goes on
 * when it is shown again. A run that was paused by hand stays paused.
 */
import type { RunId } from "../protocol/messages";
import type { PreferencesStore } from "../store/preferences-store";
import { comingPhase, type RunStore } from "../store/run-store";

/** What is needed of `document`. */
export type VisibilitySource = Pick<Document, "hidden" | "addEventListener" | "removeEventListener">;

/** @returns what ends it. */
export function pauseWhenHidden(run: RunStore, preferences: PreferencesStore, page: VisibilitySource): () => void {
  let paused: RunId | null = null;

  const onVisibility = () => {
    const { runId, pause, train } = run.getState();
    const phase = comingPhase(run.getState());
    if (page.hidden) {
      if (phase !== "training" || !preferences.getState().pauseWhenHidden) return;
      paused = runId;
      pause();
    } else {
      if (paused === runId && phase === "paused") train();
      paused = null;
    }
  };
  page.addEventListener("visibilitychange", onVisibility);
  return () => page.removeEventListener("visibilitychange", onVisibility);
}
