/**
 * What each event of the run at hand changes in what the page knows of it.
 *
 * Pure: from a state and an event to the fields that differ. Which events are heard at
 * all is `run-store`'s concern.
 */
import { assertNever } from "../lib/assert";
import { appendRows, emptySeries, truncateAfter, type SeriesRows } from "../lib/capped-series";
import { describeNetwork } from "../model/network";
import { DATASETS } from "../protocol/datasets";
import type { RunId, TrainerEvent } from "../protocol/messages";
import type { RunConfig, RunOptions } from "../protocol/run-config";
import { lossTermsOf, type LossTerm } from "../protocol/loss-terms";
import type { RunState } from "./run-store";
import { momentsUntil } from "./moments";
import { showNewest, snapshotChange } from "./shown-model";

/** Rows of the loss series: more than a curve has pixels on the widest screen. */
const LOSS_ROWS = 4_000;

export type RunData = Omit<
  RunState,
  { [Key in keyof RunState]: RunState[Key] extends (...args: never[]) => void ? Key : never }[keyof RunState]
>;

/** A run of which nothing has been told yet. */
export function freshRun(runId: RunId, config: RunConfig, options: RunOptions): RunData {
  return {
    runId,
    config,
    options,
    network: describeNetwork(config, DATASETS[config.data].image),
    phase: "idle",
    wish: null,
    preparing: null,
    dataProgress: null,
    ready: null,
    step: 0,
    learningRate: config.learningRate,
    beta: config.beta,
    losses: emptySeries(lossTermsOf(config), LOSS_ROWS),
    evaluations: [],
    marks: [],
    pace: null,
    snapshot: null,
    newest: null,
    shown: { kind: "newest" },
    material: null,
    recorded: null,
    moments: [],
    failure: null,
    notices: [],
    figures: null,
    judging: null,
    recovered: null,
  };
}

/** What an event of the run at hand changes. */
export function changeBy(state: RunState, event: TrainerEvent): Partial<RunData> {
  switch (event.type) {
    case "hello":
      return {};
    case "progress":
      return progressChange(state, event);
    case "ready":
      return readyChange(state, event);
    case "phase":
      // Said before the worker knew of its failure: only a wish (`rewind`, `prepare`) leads out of one.
      return state.phase === "failed" ? {} : { phase: event.phase, wish: null, step: event.step };
    case "losses":
      return {
        // A run tells the terms its series was made for.
        losses: appendRows(state.losses, event.columns as SeriesRows<LossTerm>),
        step: Math.max(state.step, event.columns.step.at(-1) ?? 0),
        pace: event.pace ?? state.pace,
      };
    case "evaluated":
      return { evaluations: [...state.evaluations.filter(({ step }) => step < event.evaluation.step), event.evaluation] };
    case "snapshot":
      return { ...snapshotChange(state, event.snapshot), step: Math.max(state.step, event.snapshot.step) };
    case "judging":
      return { judging: { done: event.done, total: event.total } };
    case "judged":
      return { judging: null, figures: event.figures ?? state.figures };
    case "tuned":
      return tunedChange(state, event);
    case "recovered":
      return recoveredChange(state, event);
    case "notice":
      // One of a kind: what goes amiss at every checkpoint would pile up.
      return { notices: [...state.notices.filter(({ kind }) => kind !== event.failure.kind), event.failure] };
    case "failed":
      return { phase: "failed", wish: null, failure: event.failure, preparing: null, judging: null };
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
  return { ...history, learningRate, beta, step: report.step, ready: report, material: report, preparing: null };
}

function tunedChange({ config, marks }: RunState, { step, learningRate, beta }: EventOf<"tuned">): Partial<RunData> {
  const before = marks.filter((mark) => mark.step < step); // of several changes before the same step only the last is ever used
  const former = before.at(-1) ?? config;
  const isChange = learningRate !== former.learningRate || beta !== former.beta;
  return { learningRate, beta, marks: isChange ? [...before, { step, learningRate, beta }] : before };
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

type History = Pick<RunData, "step" | "learningRate" | "beta" | "losses" | "evaluations" | "marks" | "moments">;

export function historyOf({ step, learningRate, beta, losses, evaluations, marks, moments }: RunState): History {
  return { step, learningRate, beta, losses, evaluations, marks, moments };
}

/** The history up to `step`; what came after will be told again, and is no longer shown. */
export function historyUntil(
  state: RunState,
  step: number,
): Pick<RunData, "losses" | "evaluations" | "marks" | "moments"> & Partial<Pick<RunData, "shown" | "snapshot">> {
  const { losses, evaluations, marks, moments, shown } = state;
  return {
    ...(shown.kind === "moment" && shown.step > step ? showNewest(state) : {}),
    losses: truncateAfter(losses, step),
    evaluations: evaluations.filter((evaluation) => evaluation.step <= step),
    marks: marks.filter((mark) => mark.step <= step),
    moments: momentsUntil(moments, step),
  };
}
