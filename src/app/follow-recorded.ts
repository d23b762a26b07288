/**
 * Shows the recorded run of an experiment when that experiment is begun: when the page
 * opens, an address is visited or the draft becomes another one. After a reset, which
 * asks for the untrained model, nothing is shown.
 *
 * A recording that does not come is no failure: the page is then as it would be without.
 */
import { formatAddress } from "../protocol/address";
import { recordedFor } from "../protocol/recorded";
import type { Survey } from "../protocol/survey";
import type { RunState, RunStore } from "../store/run-store";

/** @returns ends it */
export function followRecorded(run: RunStore, survey: Survey): () => void {
  let asking = new AbortController();

  const ask = (state: RunState) => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const id = recordedFor(state.config);
    if (id === null) return;
    survey.ask("recorded", { id }, { signal }).then(
      (recorded) => {
        if (!signal.aborted) run.getState().showRecorded(recorded);
      },
      () => {}, // called off, or not there
    );
  };
  const stop = run.subscribe((state, before) => {
    if (state.runId === before.runId) return;
    if (!isSameConfig(state, before)) return ask(state);
    if (isReset(state, before)) return asking.abort();
    // The same experiment under other circumstances: another backend, another try.
    if (before.shown.kind === "recorded" && before.recorded !== null) run.getState().showRecorded(before.recorded);
  });
  return () => {
    stop();
    asking.abort();
  };
}

/** Run 0 is nobody's experiment. */
function isSameConfig(state: RunState, before: RunState): boolean {
  return before.runId > 0 && formatAddress(state.config) === formatAddress(before.config);
}

function isReset(state: RunState, before: RunState): boolean {
  return before.failure === null && formatAddress(state.config, state.options) === formatAddress(before.config, before.options);
}
