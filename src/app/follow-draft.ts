/**
 * Keeps run, draft and address saying the same.
 *
 * A change of the draft that makes another experiment prepares a new run, at step 0
 * and idle, once the visitor has stopped for a moment and the draft can run. Learning
 * rate and beta are tuned in a run under way and need none; before the first step they
 * are the experiment, so that a curve is always that of its address. What the run does
 * by itself (a reset to the rates it began with, a rewind to a lower rate) goes back
 * into the draft.
 */
import { createDelayed } from "../lib/delayed";
import { formatAddress, type ParsedAddress } from "../protocol/address";
import type { RunConfig, RunOptions } from "../protocol/run-config";
import type { DraftState, DraftStore } from "../store/draft-store";
import { comingPhase, type RunState, type RunStore } from "../store/run-store";

/** Long enough to type a width, short enough to feel like an answer. */
const PREPARE_DELAY_MS = 300;

/** A drag of a slider is one or two marks on the curve, not sixty. */
const TUNE_DELAY_MS = 150;

type Rates = Pick<RunConfig, "learningRate" | "beta">;

export interface DraftFollower {
  /** Does at once what is put off. @returns whether that made a new run. */
  flush(): boolean;
  /** Takes an experiment whole and begins it, even if a run under way could be tuned to it. */
  readonly begin: (experiment: ParsedAddress) => void;
  readonly dispose: () => void;
}

/** @param onSettled hears the experiment whenever the run has been told of it. */
export function followDraft(draft: DraftStore, run: RunStore, onSettled: (config: RunConfig, options: RunOptions) => void): DraftFollower {
  const preparing = createDelayed(PREPARE_DELAY_MS);
  const tuning = createDelayed(TUNE_DELAY_MS);
  /** Rates sent and not yet confirmed. */
  let awaited: Rates | null = null;

  const settled = () => onSettled(draft.getState().config, draft.getState().options);
  const cancel = () => {
    preparing.cancel();
    tuning.cancel();
  };
  const prepare = () => {
    run.getState().prepare(draft.getState().config, draft.getState().options);
    settled();
  };
  const goOn = () => {
    prepareAgain(run, draft.getState().options);
    settled();
  };
  const tune = () => {
    const { learningRate, beta } = draft.getState().config;
    awaited = { learningRate, beta };
    run.getState().tune(awaited);
    settled();
  };

  const onDraft = () => {
    cancel();
    const asked = askedOf(run.getState(), draft.getState(), awaited ?? run.getState());
    if (asked === "rates") tuning.schedule(tune);
    else if (asked === "length") preparing.schedule(goOn);
    else if (asked === "experiment") preparing.schedule(prepare);
  };
  const onRun = (state: RunState, before: RunState) => {
    const isNew = state.runId !== before.runId;
    if (isNew) tuning.cancel();
    if (isNew || (awaited !== null && haveSameRates(state, awaited))) awaited = null;
    if (!isNew && haveSameRates(state, before)) return;
    const { config, options, repairs, issues } = draft.getState();
    if (awaited !== null || preparing.isPending || tuning.isPending || issues.length > 0) return; // the draft is ahead
    const real = withRates(state.config, state);
    if (formatAddress(real, state.options) === formatAddress(config, options)) return;
    draft.getState().load(real, state.options, repairs);
    settled();
  };

  const stops = [
    draft.subscribe((state, before) => {
      if (state.config !== before.config || state.options !== before.options) onDraft();
    }),
    run.subscribe(onRun),
  ];
  return {
    flush() {
      const isNewRun = preparing.isPending;
      preparing.flush();
      tuning.flush();
      return isNewRun;
    },
    begin({ config, options, repairs }) {
      draft.getState().load(config, options, repairs);
      cancel();
      prepare();
    },
    dispose() {
      cancel();
      for (const stop of stops) stop();
    },
  };
}

/**
 * In what the draft differs from the run: in rates that can be tuned, in how long it goes on, or in what it is. A draft
 * that cannot run asks for nothing.
 *
 * @param told rates that the run has or has been sent
 */
function askedOf(state: RunState, { config, options, issues }: DraftState, told: Rates): "nothing" | "rates" | "length" | "experiment" {
  if (issues.length > 0) return "nothing";
  if (!isUnderWay(state)) return isRun(state, config, options) ? "nothing" : "experiment";
  const began = withRates(config, state.config);
  if (isRun(state, began, options)) return haveSameRates(config, told) ? "nothing" : "rates";
  return isRun(state, began, { ...options, epochs: state.options.epochs }) ? "length" : "experiment";
}

/** The run at hand once more, under other circumstances: from its checkpoint, and training if it was. */
export function prepareAgain(run: RunStore, options?: RunOptions): void {
  const { config, options: former, step, prepare, train } = run.getState();
  const phase = comingPhase(run.getState());
  prepare(config, options ?? former, step > 0 ? "checkpoint" : "start");
  if (phase === "training") train();
}

/** Whether a change of rates is a change in mid-run. */
function isUnderWay(state: RunState): boolean {
  const phase = comingPhase(state);
  return phase !== "failed" && (state.step > 0 || phase !== "idle");
}

function isRun(state: RunState, config: RunConfig, options: RunOptions): boolean {
  return formatAddress(state.config, state.options) === formatAddress(config, options);
}

function haveSameRates(one: Rates, other: Rates): boolean {
  return one.learningRate === other.learningRate && one.beta === other.beta;
}

function withRates(config: RunConfig, { learningRate, beta }: Rates): RunConfig {
  return { ...config, learningRate, beta };
}
