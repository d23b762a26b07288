/**
 * Passes over held-out images that find out which units ever answer: in idle slices,
 * of the newest snapshot, and while a run trains only so often.
 */
import { multiplications, tallyActivity, type Activity, type ActivityTally } from "../../model/activity";
import { binarise, isBinarised } from "../../model/corruption";
import { checksOf } from "../../model/diagnosis";
import type { Snapshot } from "../../protocol/messages";
import type { RunState, RunStore } from "../../store/run-store";

/** Between passes while the run trains. */
const PASS_INTERVAL_MS = 2_000;
/** A slice of a pass: less than a frame is late by. */
const SLICE_MS = 12;
/** Multiplications in all that a pass may take, about a tenth of a second's worth; and in one go. */
const PASS_WORK = 300_000_000;
const GO_WORK = 4_000_000;
/** Enough to tell a unit that never answers from one that seldom does; fewer only of a heavy network. */
const MOST_IMAGES = 500;
const LEAST_IMAGES = 32;
/** Where no browser says when it is idle. */
const BREATH_MS = 30;

interface Pass {
  readonly runId: RunState["runId"];
  readonly snapshot: Snapshot;
  readonly tally: ActivityTally;
  readonly images: number;
  done: number;
}

export class ActivityPasses {
  readonly #run: RunStore;
  readonly #onDone: () => void;
  #pass: Pass | null = null;
  #cancelWaiting: (() => void) | null = null;
  /** Of the last finished pass. */
  #found: { readonly runId: RunState["runId"]; readonly snapshot: Snapshot; readonly activity: Activity } | null = null;
  #endedAt = -Infinity;

  constructor(run: RunStore, onDone: () => void) {
    this.#run = run;
    this.#onDone = onDone;
  }

  /** Of the run at hand; null before its first pass, and when no check of it needs one. */
  get activity(): Activity | null {
    return this.#found !== null && this.#found.runId === this.#run.getState().runId ? this.#found.activity : null;
  }

  /** Sees to a pass over the newest snapshot, soon; does nothing while one is under way, which calls this at its end. */
  schedule(): void {
    const { runId, snapshot, phase } = this.#run.getState();
    if (this.#pass?.runId !== runId) this.stop();
    if (this.#pass !== null || this.#cancelWaiting !== null || snapshot === null || snapshot === this.#found?.snapshot) return;
    const isFresh = this.#found?.runId !== runId;
    const waitMs = phase === "training" && !isFresh ? this.#endedAt + PASS_INTERVAL_MS - performance.now() : 0;
    const timer = setTimeout(() => this.#begin(), Math.max(0, waitMs));
    this.#cancelWaiting = () => clearTimeout(timer);
  }

  stop(): void {
    this.#cancelWaiting?.();
    this.#cancelWaiting = null;
    this.#pass = null;
  }

  #begin(): void {
    this.#cancelWaiting = null;
    this.#pass = passOf(this.#run.getState());
    if (this.#pass !== null) this.#cancelWaiting = whenIdle(() => this.#slice());
  }

  #slice(): void {
    this.#cancelWaiting = null;
    const pass = this.#pass;
    const state = this.#run.getState();
    if (pass === null || pass.runId !== state.runId) return this.stop();
    const until = performance.now() + SLICE_MS;
    while (pass.done < pass.images && performance.now() < until) lookAtNext(pass, state);
    if (pass.done < pass.images) {
      this.#cancelWaiting = whenIdle(() => this.#slice());
      return;
    }
    this.#found = { runId: pass.runId, snapshot: pass.snapshot, activity: pass.tally.read() };
    this.#endedAt = performance.now();
    this.#pass = null;
    this.#onDone();
    this.schedule();
  }
}

function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(work, { timeout: 1_000 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(work, BREATH_MS);
  return () => clearTimeout(timer);
}

/** Over the first held-out images; null when no check needs one or there is nothing to look at. */
function passOf({ runId, config, network, snapshot, material, shown }: RunState): Pass | null {
  if (shown.kind === "recorded") return null;
  const checks = checksOf(config);
  const looksAtOutput = checks.includes("output-range");
  if (snapshot === null || material === null || !(looksAtOutput || checks.includes("dead-units"))) return null;
  const there = Math.min(material.examples.labels.length, snapshot.posteriorMean.length / network.latentDim);
  const images = Math.min(there, MOST_IMAGES, Math.max(LEAST_IMAGES, Math.floor(PASS_WORK / multiplications(network))));
  return images === 0 ? null : { runId, snapshot, tally: tallyActivity(network, looksAtOutput), images, done: 0 };
}

function lookAtNext(pass: Pass, { config, network, material }: RunState): void {
  const { snapshot, tally, done } = pass;
  const count = Math.min(pass.images - done, Math.max(1, Math.floor(GO_WORK / multiplications(network))));
  pass.done += count;
  if (material === null) return;
  const { pixels, latentDim } = network;
  const bytes = material.examples.pixels.subarray(done * pixels, (done + count) * pixels);
  const x = Float32Array.from(bytes, (byte) => byte / 255); // [count, pixels]
  if (isBinarised(config)) binarise(config.seed, { purpose: "evaluation", block: 0, first: done * pixels }, x);
  const z = snapshot.posteriorMean.subarray(done * latentDim, (done + count) * latentDim);
  tally.add({ weights: snapshot.weights, x, z, count, labels: material.examples.labels.subarray(done, done + count) });
}
