/**
 * Diagnoses of the run at hand, kept up to date without standing in anybody's way:
 * what follows from codes and losses at most twice a second, what takes a pass over
 * held-out images in idle slices and less often.
 */
import { tallyActivity, multiplications, type Activity, type ActivityTally } from "../../model/activity";
import { binarise, isBinarised } from "../../model/corruption";
import { checksOf, diagnose, type Diagnosis } from "../../model/diagnosis";
import type { Evidence } from "../../model/diagnosis-measures";
import { DATASETS } from "../../protocol/datasets";
import type { RunState, RunStore } from "../../store/run-store";
import { epochSteps } from "../objective/run-figures";

/** Twice a second is as often as a sentence can be read. */
const TELL_INTERVAL_MS = 500;
/** Between passes over images while the run trains. */
const PASS_INTERVAL_MS = 2_000;
/** A slice of a pass: less than a frame is late by. */
const SLICE_MS = 12;
/** Multiplications in all that a pass may take, about a tenth of a second's worth; and in one go. */
const PASS_WORK = 300_000_000;
const GO_WORK = 4_000_000;
/** Enough to tell a unit that never answers from one that seldom does; fewer only of a heavy network. */
const MOST_IMAGES = 500;
const LEAST_IMAGES = 32;

interface Pass {
  readonly runId: RunState["runId"];
  readonly snapshot: NonNullable<RunState["snapshot"]>;
  readonly tally: ActivityTally;
  readonly images: number;
  done: number;
}

/** Tells of them now and after every change, until the returned function is called. */
export function followDiagnoses(run: RunStore, tell: (diagnoses: readonly Diagnosis[]) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let passTimer: ReturnType<typeof setTimeout> | undefined;
  let cancelSlice = () => {};
  let pass: Pass | null = null;
  let known: { readonly runId: RunState["runId"]; readonly activity: Activity } | null = null;
  let passedAt = -Infinity;
  let toldAt = -Infinity;

  const tellNow = () => {
    clearTimeout(timer);
    timer = undefined;
    toldAt = performance.now();
    const state = run.getState();
    tell(diagnose(evidenceOf(state, known?.runId === state.runId ? known.activity : null)));
  };
  const slice = () => {
    if (pass === null || pass.runId !== run.getState().runId) return endPass();
    const until = performance.now() + SLICE_MS;
    while (pass.done < pass.images && performance.now() < until) lookAtNext(pass, run.getState());
    if (pass.done < pass.images) {
      cancelSlice = whenIdle(slice);
      return;
    }
    known = { runId: pass.runId, activity: pass.tally.read() };
    passedAt = performance.now();
    endPass();
    tellNow();
    schedulePass();
  };
  const endPass = () => {
    pass = null;
    cancelSlice();
  };
  let passed: RunState["snapshot"] = null;
  const schedulePass = () => {
    const state = run.getState();
    if (pass !== null || passTimer !== undefined || state.snapshot === passed || state.snapshot === null) return;
    const waitMs = state.phase === "training" && known?.runId === state.runId ? passedAt + PASS_INTERVAL_MS - performance.now() : 0;
    passTimer = setTimeout(
      () => {
        passTimer = undefined;
        pass = passOf(run.getState());
        passed = run.getState().snapshot;
        if (pass !== null) cancelSlice = whenIdle(slice);
      },
      Math.max(0, waitMs),
    );
  };

  tellNow();
  schedulePass();
  const stop = run.subscribe((state, before) => {
    if (state.runId !== before.runId) {
      endPass();
      tellNow();
    }
    if (state.snapshot !== before.snapshot) schedulePass();
    if (state.snapshot !== before.snapshot || state.losses !== before.losses || state.phase !== before.phase) {
      timer ??= setTimeout(tellNow, Math.max(0, toldAt + TELL_INTERVAL_MS - performance.now()));
    }
  });
  return () => {
    stop();
    clearTimeout(timer);
    clearTimeout(passTimer);
    endPass();
  };
}

/** Not every browser says when it is idle. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(work, { timeout: 1_000 });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(work, 30);
  return () => clearTimeout(handle);
}

export function evidenceOf(state: RunState, activity: Activity | null): Evidence {
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

/** A pass over the first held-out images; null when no check needs one or there is nothing to look at. */
function passOf({ runId, config, network, snapshot, ready }: RunState): Pass | null {
  const checks = checksOf(config);
  const looksAtOutput = checks.includes("output-range");
  if (snapshot === null || ready === null || !(looksAtOutput || checks.includes("dead-units"))) return null;
  const shown = Math.min(ready.examples.labels.length, snapshot.posteriorMean.length / network.latentDim);
  const images = Math.min(shown, MOST_IMAGES, Math.max(LEAST_IMAGES, Math.floor(PASS_WORK / multiplications(network))));
  return images === 0 ? null : { runId, snapshot, tally: tallyActivity(network, looksAtOutput), images, done: 0 };
}

function lookAtNext(pass: Pass, { config, network, ready }: RunState): void {
  if (ready === null) return;
  const { snapshot, tally, done } = pass;
  const count = Math.min(pass.images - done, Math.max(1, Math.floor(GO_WORK / multiplications(network))));
  const { pixels, latentDim } = network;
  const bytes = ready.examples.pixels.subarray(done * pixels, (done + count) * pixels);
  const x = Float32Array.from(bytes, (byte) => byte / 255); // [count, pixels]
  if (isBinarised(config)) binarise(config.seed, { purpose: "evaluation", block: 0, first: done * pixels }, x);
  const z = snapshot.posteriorMean.subarray(done * latentDim, (done + count) * latentDim);
  tally.add({ weights: snapshot.weights, x, z, count, labels: ready.examples.labels.subarray(done, done + count) });
  pass.done += count;
}
