/**
 * Diagnoses of the run at hand, kept up to date without standing in anybody's way: at
 * most twice a second, what takes a pass over images less often (`activity-passes`).
 * A recorded run is not diagnosed: there is nothing of it to be put right.
 */
import { diagnose, type Diagnosis } from "../../model/diagnosis";
import type { Evidence } from "../../model/diagnosis-measures";
import { DATASETS } from "../../protocol/datasets";
import type { RunState, RunStore } from "../../store/run-store";
import { epochSteps } from "../objective/run-figures";
import { ActivityPasses } from "./activity-passes";

/** Twice a second is as often as a sentence can be read. */
const TELL_INTERVAL_MS = 500;

/** Tells of them now and after every change, until the returned function is called. */
export function followDiagnoses(run: RunStore, tell: (diagnoses: readonly Diagnosis[]) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let toldAt = -Infinity;

  const tellNow = () => {
    clearTimeout(timer);
    timer = undefined;
    toldAt = performance.now();
    const state = run.getState();
    tell(state.shown.kind === "recorded" ? [] : diagnose(evidenceOf(state, passes.activity)));
  };
  const passes = new ActivityPasses(run, tellNow);

  tellNow();
  passes.schedule();
  const stop = run.subscribe((state, before) => {
    if (state.snapshot !== before.snapshot || state.runId !== before.runId) passes.schedule();
    if (state.runId !== before.runId) tellNow();
    else if (state.snapshot !== before.snapshot || state.losses !== before.losses || state.phase !== before.phase) {
      timer ??= setTimeout(tellNow, Math.max(0, toldAt + TELL_INTERVAL_MS - performance.now()));
    }
  });
  return () => {
    stop();
    passes.stop();
    clearTimeout(timer);
  };
}

function evidenceOf(state: RunState, activity: Evidence["activity"]): Evidence {
  const { config, network, losses, snapshot, beta, ready } = state;
  return {
    config,
    pixels: network.pixels,
    stepsPerEpoch: epochSteps(state),
    floor: ready?.floor?.train ?? 0,
    losses,
    snapshot,
    beta,
    activity,
    classes: DATASETS[config.data].classes,
  };
}
