/**
 * The run as the page knows it: what the worker last said, nothing invented.
 *
 * Data flows in through `receive`; wishes go out through the `send` it was given.
 * Imports neither bridge nor React.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { assertNever } from "../lib/assert";
import { appendRows, emptySeries, truncateAfter, type CappedSeries } from "../lib/capped-series";
import { describeNetwork, type Network } from "../model/network";
import { formatAddress } from "../protocol/address";
import { DATASETS } from "../protocol/datasets";
import type { Failure } from "../protocol/failure";
import type { Command, Evaluation, Pace, Phase, PrepareStage, ReadyReport, RunId, Snapshot, TrainerEvent } from "../protocol/messages";
import type { RunConfig, RunOptions } from "../protocol/run-config";

/** Column names of the loss series. */
export type LossTerm = "reconstruction" | "kl" | "objective";

/** A change of rate in mid-run; the new rates hold from `step` + 1 on. */
export interface RateMark {
  readonly step: number;
  readonly learningRate: number;
  readonly beta: number;
}

export interface RunState {
  readonly runId: RunId;
  /** The config of the run at hand; learning rate and beta are the ones it started with. */
  readonly config: RunConfig;
  readonly options: RunOptions;
  readonly network: Network;
  readonly phase: Phase;
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
  /** One row per step (means of neighbouring steps once there are very many). A new object whenever rows were added. */
  readonly losses: CappedSeries<LossTerm>;
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[];
  readonly marks: readonly RateMark[];
  readonly pace: Pace | null;
  readonly snapshot: Snapshot | null;
  readonly failure: Failure | null;
  /** What went amiss without stopping the run; newest last. */
  readonly notices: readonly Failure[];
  /** Set when training went on by itself after a failure. */
  readonly recovered: { readonly failure: Failure; readonly step: number } | null;

  /**
   * A new run of `config` at step 0 (or at its saved checkpoint), phase idle. A run that goes on from its own checkpoint
   * keeps its history, up to the step at which it turns out to stand.
   */
  readonly prepare: (config: RunConfig, options: RunOptions, from?: "start" | "checkpoint") => void;
  readonly train: () => void;
  readonly pause: () => void;
  readonly toggle: () => void;
  readonly stepOnce: () => void;
  /** Same config, same seed, step 0. */
  readonly reset: () => void;
  readonly tune: (rates: { readonly learningRate?: number; readonly beta?: number }) => void;
  readonly chooseExamples: (indices: readonly number[]) => void;
  readonly rewind: (learningRate: number) => void;
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

/** Rows of the loss series: more than a curve has pixels on the widest screen. */
const LOSS_ROWS = 4_000;

const LOSS_TERMS: readonly LossTerm[] = ["reconstruction", "kl", "objective"];

type RunData = Omit<RunState, { [Key in keyof RunState]: RunState[Key] extends (...args: never[]) => void ? Key : never }[keyof RunState]>;

/** A run of which nothing has been told yet. */
function freshRun(runId: RunId, config: RunConfig, options: RunOptions): RunData {
  return {
    runId,
    config,
    options,
    network: describeNetwork(config, DATASETS[config.data].image),
    phase: "idle",
    preparing: null,
    dataProgress: null,
    ready: null,
    step: 0,
    learningRate: config.learningRate,
    beta: config.beta,
    losses: emptySeries(LOSS_TERMS, LOSS_ROWS),
    evaluations: [],
    marks: [],
    pace: null,
    snapshot: null,
    failure: null,
    notices: [],
    recovered: null,
  };
}

/**
 * A store with run 0, which nobody works on: `prepare` starts the first real one.
 *
 * @param cloudSize held-out images to ask for, read whenever a run is prepared.
 */
export function createRunStore(send: Send, initial: RunInitial, cloudSize: () => number = () => 2_000): RunStore {
  return createStore<RunState>()((set, get) => ({
    ...freshRun(0 as RunId, initial.config, initial.options),

    prepare(config, options, from = "start") {
      const state = get();
      const runId = (state.runId + 1) as RunId;
      const kept = from === "checkpoint" && formatAddress(config) === formatAddress(state.config) ? historyOf(state) : {};
      set({ ...freshRun(runId, config, options), ...kept, preparing: { stage: "backend", done: 0, total: 1 } });
      send({ type: "prepare", runId, config, options, from, cloudSize: cloudSize() });
    },
    train() {
      const { runId, phase } = get();
      if (phase !== "idle" && phase !== "paused") return;
      set({ phase: "training" });
      send({ type: "train", runId });
    },
    pause() {
      const { runId, phase } = get();
      if (phase !== "training") return;
      set({ phase: "paused" });
      send({ type: "pause", runId });
    },
    toggle() {
      if (get().phase === "training") get().pause();
      else get().train();
    },
    stepOnce() {
      const { runId, phase } = get();
      if (phase === "failed" || phase === "finished") return;
      set({ phase: "paused" });
      send({ type: "step", runId });
    },
    reset() {
      const { config, options } = get();
      get().prepare(config, options);
    },
    tune(rates) {
      send({ type: "tune", runId: get().runId, ...rates });
    },
    chooseExamples(indices) {
      send({ type: "choose-examples", runId: get().runId, indices });
    },
    rewind(learningRate) {
      const { runId, failure, beta } = get();
      if (failure?.kind !== "diverged") return;
      const step = failure.lastGoodStep;
      const kept = historyUntil(get(), step);
      const marks = [...kept.marks.filter((mark) => mark.step < step), { step, learningRate, beta }];
      set({ ...kept, marks, step, learningRate, phase: "paused", failure: null });
      send({ type: "rewind", runId, learningRate });
    },
    retry() {
      const { config, options, step } = get();
      get().prepare(config, options, step > 0 ? "checkpoint" : "start");
    },
    acknowledge(id) {
      send({ type: "acknowledge", runId: get().runId, id });
    },
    dismissNotice(index) {
      set(({ notices }) => ({ notices: notices.filter((_, i) => i !== index) }));
    },
    receive(event) {
      const state = get();
      if ("runId" in event && event.runId !== null && event.runId !== state.runId) return; // an older run
      set(changeBy(state, event));
    },
  }));
}

/** What an event of the run at hand changes. */
function changeBy(state: RunState, event: TrainerEvent): Partial<RunData> {
  switch (event.type) {
    case "hello":
      return {};
    case "progress":
      return progressChange(state, event);
    case "ready":
      return readyChange(state, event);
    case "phase":
      // Said before the worker knew of its failure: only a wish (`rewind`, `prepare`) leads out of one.
      return state.phase === "failed" ? {} : { phase: event.phase, step: event.step };
    case "losses":
      return {
        losses: appendRows(state.losses, event.columns),
        step: Math.max(state.step, event.columns.step.at(-1) ?? 0),
        pace: event.pace ?? state.pace,
      };
    case "evaluated":
      return { evaluations: [...state.evaluations.filter(({ step }) => step < event.evaluation.step), event.evaluation] };
    case "snapshot":
      return { snapshot: event.snapshot, step: Math.max(state.step, event.snapshot.step) };
    case "tuned":
      return tunedChange(state, event);
    case "recovered":
      return recoveredChange(state, event);
    case "notice":
      // One of a kind: what goes amiss at every checkpoint would pile up.
      return { notices: [...state.notices.filter(({ kind }) => kind !== event.failure.kind), event.failure] };
    case "failed":
      return { phase: "failed", failure: event.failure, preparing: null };
    default:
      assertNever(event);
  }
}

type EventOf<Type extends TrainerEvent["type"]> = Extract<TrainerEvent, { readonly type: Type }>;

function progressChange(state: RunState, { stage, done, total }: EventOf<"progress">): Partial<RunData> {
  const dataProgress = stage !== "data" ? state.dataProgress : done < total ? { done, total } : null;
  return state.ready === null ? { preparing: { stage, done, total }, dataProgress } : { dataProgress };
}

function readyChange(state: RunState, { report }: EventOf<"ready">): Partial<RunData> {
  const history = historyUntil(state, report.step);
  const { learningRate, beta } = history.marks.at(-1) ?? state.config;
  return { ...history, learningRate, beta, step: report.step, ready: report, preparing: null };
}

function tunedChange(state: RunState, { step, learningRate, beta }: EventOf<"tuned">): Partial<RunData> {
  if (learningRate === state.learningRate && beta === state.beta) return {};
  // Of several changes before the same step only the last is ever used.
  return { learningRate, beta, marks: [...state.marks.filter((mark) => mark.step < step), { step, learningRate, beta }] };
}

function recoveredChange(state: RunState, { failure, step, backend }: EventOf<"recovered">): Partial<RunData> {
  return {
    ...historyUntil(state, step),
    step,
    recovered: { failure, step },
    ready: state.ready === null ? null : { ...state.ready, backend },
    ...(state.phase === "failed" ? { phase: "training", failure: null } : {}),
  };
}

type History = Pick<RunData, "step" | "learningRate" | "beta" | "losses" | "evaluations" | "marks">;

function historyOf({ step, learningRate, beta, losses, evaluations, marks }: RunState): History {
  return { step, learningRate, beta, losses, evaluations, marks };
}

/** The history up to `step`; what came after will be told again. */
function historyUntil({ losses, evaluations, marks }: RunState, step: number): Pick<RunData, "losses" | "evaluations" | "marks"> {
  return {
    losses: truncateAfter(losses, step),
    evaluations: evaluations.filter((evaluation) => evaluation.step <= step),
    marks: marks.filter((mark) => mark.step <= step),
  };
}
