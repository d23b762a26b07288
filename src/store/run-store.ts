/**
 * The run as the page knows it: what the worker last said, nothing invented.
 *
 * Data flows in through `receive`; wishes go out through the `send` it was given.
 * Imports neither bridge nor React.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CappedSeries } from "../lib/capped-series";
import type { Network } from "../model/network";
import { formatAddress } from "../protocol/address";
import type { Failure } from "../protocol/failure";
import type { FiguresOfMerit, FiguresRequest } from "../protocol/figures";
import type { LossTerm } from "../protocol/loss-terms";
import type {
  Command,
  Evaluation,
  Material,
  Pace,
  Phase,
  PrepareStage,
  ReadyReport,
  RunId,
  Snapshot,
  StepPart,
  TrainerEvent,
  WeightTable,
} from "../protocol/messages";
import type { RecordedRun } from "../protocol/recorded";
import type { RunConfig, RunOptions } from "../protocol/run-config";
import type { Moment } from "./moments";
import { changeBy, freshRun, historyOf, historyUntil } from "./run-changes";
import { chooseShown, showMoment, showNewest, showRecorded } from "./shown-model";

/** A change of rate in mid-run; the new rates hold from `step` + 1 on. */
export interface RateMark {
  readonly step: number;
  readonly learningRate: number;
  readonly beta: number;
}

/** Which model is on screen. */
export type Shown = { readonly kind: "newest" } | { readonly kind: "recorded" } | { readonly kind: "moment"; readonly step: number };

export interface RunState {
  readonly runId: RunId;
  /** The config of the run at hand; learning rate and beta are the ones it started with. */
  readonly config: RunConfig;
  readonly options: RunOptions;
  readonly network: Network;
  /**
   * Training from the moment it is asked for; at rest only once the worker has come to rest, so that step and losses are
   * those it rests at.
   */
  readonly phase: Phase;
  /** The phase asked for and not yet confirmed: what buttons show, so that a press is seen at once. */
  readonly wish: Phase | null;
  /** What is being waited for; null when the run is ready. Data may go on loading after that: `dataProgress`. */
  readonly preparing: { readonly stage: PrepareStage; readonly done: number; readonly total: number } | null;
  /** Bytes of the data set; null when all is there. */
  readonly dataProgress: { readonly done: number; readonly total: number } | null;
  readonly ready: ReadyReport | null;
  /** Updates done, as last told. */
  readonly step: number;
  /** Rates in force now. */
  readonly learningRate: number;
  readonly beta: number;
  /** Columns of the run's own terms alone (`lossTermsOf`). One row per step (means of neighbouring steps once there are very many). A new object whenever rows were added. */
  readonly losses: CappedSeries<LossTerm>;
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[];
  readonly marks: readonly RateMark[];
  readonly pace: Pace | null;
  /** What every picture of the model shows; which one it is, `shown` says. */
  readonly snapshot: Snapshot | null;
  /** The last one that the worker sent. */
  readonly newest: Snapshot | null;
  readonly shown: Shown;
  /** Images that the model is shown on: the worker's, or before it has any, those of a recorded run. */
  readonly material: Material | null;
  /** A run of this very config that was trained beforehand, where there is one and it was asked for. */
  readonly recorded: RecordedRun | null;
  /** The model at earlier steps, oldest first, closer together at the beginning. */
  readonly moments: readonly Moment[];
  readonly failure: Failure | null;
  /** What went amiss without stopping the run; newest last. */
  readonly notices: readonly Failure[];
  /** Figures of merit last asked for or taken at the end of the run; null before. `figures.step` may lie behind `step`. */
  readonly figures: FiguresOfMerit | null;
  /** How far the judging under way has come; null when none is. */
  readonly judging: { readonly done: number; readonly total: number } | null;
  /** Set when training went on by itself after a failure. */
  readonly recovered: { readonly failure: Failure; readonly step: number } | null;

  /**
   * A new run of `config` at step 0 (or at its saved checkpoint), phase idle. A run that goes on from its own checkpoint
   * keeps its history, up to the step at which it turns out to stand.
   */
  readonly prepare: (config: RunConfig, options: RunOptions, from?: "start" | "checkpoint" | { readonly weights: WeightTable }) => void;
  readonly train: () => void;
  readonly pause: () => void;
  readonly toggle: () => void;
  /** @param part of a GAN: one side's update alone */
  readonly stepOnce: (part?: StepPart) => void;
  /** Asks for figures of merit of the model as it stands. */
  readonly judge: (request: FiguresRequest) => void;
  readonly stopJudging: () => void;
  /** Same config, same seed, step 0. */
  readonly reset: () => void;
  readonly tune: (rates: { readonly learningRate?: number; readonly beta?: number }) => void;
  readonly chooseExamples: (indices: readonly number[]) => void;
  readonly rewind: (learningRate: number) => void;
  /** Takes a recorded run of this config and shows it, unless the run at hand has been trained. */
  readonly showRecorded: (recorded: RecordedRun) => void;
  /** Shows the run as it stands, and keeps up with it. */
  readonly showNewest: () => void;
  /** Shows the model as it was at the last moment kept at or before `step`; the run goes on meanwhile. */
  readonly showMoment: (step: number) => void;
  /** After a failure of the data or the worker: prepares the same run again. */
  readonly retry: () => void;
  readonly acknowledge: (snapshotId: number) => void;
  readonly dismissNotice: (index: number) => void;
  readonly receive: (event: TrainerEvent) => void;
}

export type RunStore = StoreApi<RunState>;
export type Send = (command: Command) => void;

export interface RunInitial {
  readonly config: RunConfig;
  readonly options: RunOptions;
}

type SetState = (change: Partial<RunState>) => void;
type GetState = () => RunState;

/**
 * A store with run 0, which nobody works on: `prepare` starts the first real one.
 *
 * @param cloudSize held-out images to ask for, read whenever a run is prepared.
 */
export function createRunStore(send: Send, initial: RunInitial, cloudSize: () => number = () => 2_000): RunStore {
  return createStore<RunState>()((set, get) => ({
    ...freshRun(0 as RunId, initial.config, initial.options),
    ...runActions(send, cloudSize, set, get),
    ...phaseActions(send, set, get),
    ...viewActions(set, get),

    tune(rates) {
      send({ type: "tune", runId: get().runId, ...rates });
    },
    chooseExamples(indices) {
      set(chooseShown(get(), indices));
      send({ type: "choose-examples", runId: get().runId, indices });
    },
    judge(request) {
      set({ judging: { done: 0, total: 1 } });
      send({ type: "judge", runId: get().runId, request });
    },
    stopJudging() {
      send({ type: "stop-judging", runId: get().runId });
    },
    acknowledge(id) {
      send({ type: "acknowledge", runId: get().runId, id });
    },
    dismissNotice(index) {
      set({ notices: get().notices.filter((_, i) => i !== index) });
    },
  }));
}

/** What makes a run, or takes it back to where it was. */
function runActions(
  send: Send,
  cloudSize: () => number,
  set: SetState,
  get: GetState,
): Pick<RunState, "prepare" | "reset" | "retry" | "rewind"> {
  return {
    prepare(config, options, from = "start") {
      const state = get();
      const runId = (state.runId + 1) as RunId;
      const kept = from === "checkpoint" && formatAddress(config) === formatAddress(state.config) ? historyOf(state) : {};
      set({ ...freshRun(runId, config, options), ...kept, preparing: { stage: "backend", done: 0, total: 1 } });
      send({ type: "prepare", runId, config, options, from, cloudSize: cloudSize() });
    },
    reset() {
      const { config, options } = get();
      get().prepare(config, options);
    },
    retry() {
      const { config, options, step } = get();
      get().prepare(config, options, step > 0 ? "checkpoint" : "start");
    },
    rewind(learningRate) {
      const { runId, failure, beta } = get();
      if (failure?.kind !== "diverged") return;
      const step = failure.lastGoodStep;
      const kept = historyUntil(get(), step);
      const marks = [...kept.marks.filter((mark) => mark.step < step), { step, learningRate, beta }];
      set({ ...kept, marks, step, learningRate, phase: "paused", wish: null, failure: null });
      send({ type: "rewind", runId, learningRate });
    },
  };
}

/** The phase the run is in, or soon will be. */
export const comingPhase = ({ phase, wish }: Pick<RunState, "phase" | "wish">): Phase => wish ?? phase;

/** What starts and stops training, and how the worker confirms it. */
function phaseActions(send: Send, set: SetState, get: GetState): Pick<RunState, "train" | "pause" | "toggle" | "stepOnce" | "receive"> {
  const wish = (phase: Phase, command: Extract<Command, { type: "train" | "pause" | "step" }>) => {
    // Whoever trains wants to see what comes of it, not what was.
    const shown = command.type !== "pause" && get().shown.kind === "moment" ? showNewest(get()) : {};
    set({ wish: phase, ...shown, ...(phase === "training" ? { phase } : {}) });
    send(command);
  };
  return {
    train() {
      const phase = comingPhase(get());
      if (phase === "idle" || phase === "paused") wish("training", { type: "train", runId: get().runId });
    },
    pause() {
      if (comingPhase(get()) === "training") wish("paused", { type: "pause", runId: get().runId });
    },
    toggle() {
      if (comingPhase(get()) === "training") get().pause();
      else get().train();
    },
    stepOnce(part) {
      const phase = comingPhase(get());
      if (phase === "failed" || phase === "finished") return;
      wish("paused", { type: "step", runId: get().runId, ...(part === undefined ? {} : { part }) });
    },
    receive(event) {
      const state = get();
      if ("runId" in event && event.runId !== null && event.runId !== state.runId) return; // an older run
      // Said before the worker heard of the wish.
      if (event.type === "phase" && state.wish !== null && event.phase !== state.wish && event.phase !== "finished") {
        return set({ step: event.step });
      }
      set(changeBy(state, event));
    },
  };
}

/** What is looked at. */
function viewActions(set: SetState, get: GetState): Pick<RunState, "showRecorded" | "showNewest" | "showMoment"> {
  return {
    showRecorded: (recorded) => set(showRecorded(get(), recorded)),
    showNewest: () => set(showNewest(get())),
    showMoment: (step) => set(showMoment(get(), step)),
  };
}
