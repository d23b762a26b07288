import { beforeEach, expect, test } from "vitest";
import type { Failure } from "../protocol/failure";
import type { BackendReport, Command, Evaluation, LossColumns, ReadyReport, RunId, Snapshot, TrainerEvent } from "../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { comingPhase, createRunStore, type RunState, type RunStore } from "./run-store";

const BACKEND: BackendReport = { backend: "cpu", engine: "tfjs", adapter: "", skipped: [] };

function report(step = 0): ReadyReport {
  return {
    backend: BACKEND,
    image: { height: 28, width: 28, channels: 1 },
    classNames: { en: ["0"], zh: ["0"] },
    examples: { pixels: new Uint8Array(784), labels: new Uint8Array(1) },
    stepsPerEpoch: 70,
    heldOut: 1_000,
    floor: { train: 45.7, heldOut: 45 },
    step,
    checkpoint: null,
  };
}

function columns(first: number, last: number): LossColumns {
  const step = Uint32Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const values = () => Float32Array.from(step);
  return { step, reconstruction: values(), kl: values(), objective: values() };
}

function evaluation(step: number): Evaluation {
  return { step, images: 1_000, reconstruction: 150, kl: 5, objective: 155, elbo: -155 };
}

function snapshot(id: number, step: number): Snapshot {
  return {
    id,
    step,
    weights: {},
    posteriorMean: new Float32Array(2),
    posteriorLogVar: null,
    adversarial: null,
    exampleIndices: [0],
    reconstructions: new Float32Array(784),
    exampleLosses: new Float32Array(1),
  };
}

const DIVERGED: Failure = { kind: "diverged", term: "objective", value: Number.NaN, step: 130, learningRate: 100, lastGoodStep: 70 };
const CRASHED: Failure = { kind: "worker-crashed", message: "gone" };

let sent: Command[];
let run: RunStore;
let runId: RunId;
const state = (): RunState => run.getState();
const receive = (event: TrainerEvent) => run.getState().receive(event);
const tell = (step: number) => receive({ type: "losses", runId, columns: columns(state().step + 1, step), pace: null });

/** A run of the default config that is ready. */
beforeEach(() => {
  sent = [];
  run = createRunStore(
    (command) => sent.push(command),
    { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS },
    () => 1_000,
  );
  state().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS);
  runId = state().runId;
  receive({ type: "ready", runId, report: report() });
});

test("prepare asks for a new run and forgets the old one", () => {
  state().train();
  tell(5);
  receive({ type: "snapshot", runId, snapshot: snapshot(1, 5) });
  receive({ type: "notice", runId, failure: CRASHED });
  const config = { ...DEFAULT_CONFIG, latentDim: 3 };
  state().prepare(config, { ...DEFAULT_OPTIONS, backend: "wasm" });
  expect(sent.at(-1)).toEqual({
    type: "prepare",
    runId: runId + 1,
    config,
    options: { ...DEFAULT_OPTIONS, backend: "wasm" },
    from: "start",
    cloudSize: 1_000,
  });
  expect(state()).toMatchObject({ runId: runId + 1, phase: "idle", step: 0, ready: null, snapshot: null, evaluations: [], notices: [] });
  expect(state().losses.length).toBe(0);
  expect(state().network.latentDim).toBe(3);
  expect(state().preparing).toEqual({ stage: "backend", done: 0, total: 1 });
});

test("what an older run says is dropped", () => {
  const older = runId;
  state().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS);
  const before = state();
  receive({ type: "losses", runId: older, columns: columns(1, 3), pace: null });
  receive({ type: "ready", runId: older, report: report() });
  receive({ type: "phase", runId: older, phase: "training", step: 3 });
  receive({ type: "snapshot", runId: older, snapshot: snapshot(1, 3) });
  receive({ type: "failed", runId: older, failure: CRASHED });
  expect(state()).toBe(before);
});

test("progress is what is waited for until the run is ready, then only the data's", () => {
  state().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS);
  runId = state().runId;
  receive({ type: "progress", runId, stage: "data", done: 10, total: 100 });
  expect(state()).toMatchObject({ preparing: { stage: "data", done: 10, total: 100 }, dataProgress: { done: 10, total: 100 } });
  receive({ type: "progress", runId, stage: "build", done: 0, total: 1 });
  expect(state()).toMatchObject({ preparing: { stage: "build" }, dataProgress: { done: 10, total: 100 } });
  receive({ type: "ready", runId, report: report() });
  receive({ type: "progress", runId, stage: "data", done: 60, total: 100 });
  expect(state()).toMatchObject({ preparing: null, dataProgress: { done: 60, total: 100 } });
  receive({ type: "progress", runId, stage: "data", done: 100, total: 100 });
  expect(state().dataProgress).toBeNull();
});

test("train, pause and toggle are seen at once, and a run is at rest when the worker says so", () => {
  state().train();
  expect(state()).toMatchObject({ phase: "training", wish: "training" });
  state().toggle();
  expect(comingPhase(state())).toBe("paused");
  expect(state().phase).toBe("training"); // steps may still be on their way
  receive({ type: "losses", runId, columns: columns(1, 12), pace: null });
  receive({ type: "phase", runId, phase: "paused", step: 12 });
  expect(state()).toMatchObject({ phase: "paused", wish: null, step: 12 });
  state().toggle();
  state().train(); // already
  expect(sent.map(({ type }) => type)).toEqual(["prepare", "train", "pause", "train"]);
});

test("what the worker said before it heard of a wish does not show", () => {
  state().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS);
  runId = state().runId;
  state().train();
  receive({ type: "ready", runId, report: report() });
  receive({ type: "phase", runId, phase: "idle", step: 0 });
  expect(state().phase).toBe("training");
  receive({ type: "phase", runId, phase: "training", step: 0 });
  state().pause();
  receive({ type: "phase", runId, phase: "training", step: 8 });
  expect(state()).toMatchObject({ phase: "training", wish: "paused", step: 8 });
  receive({ type: "phase", runId, phase: "paused", step: 9 });
  expect(state()).toMatchObject({ phase: "paused", wish: null, step: 9 });
  receive({ type: "phase", runId, phase: "training", step: 9 }); // no wish is open: the worker knows
  expect(state().phase).toBe("training");
});

test("a run that finishes while it is being paused has finished", () => {
  state().train();
  receive({ type: "phase", runId, phase: "training", step: 0 });
  state().pause();
  receive({ type: "phase", runId, phase: "finished", step: 70 });
  expect(state().phase).toBe("finished");
});

test("a wish that was open when the run failed is forgotten", () => {
  state().train();
  receive({ type: "failed", runId, failure: DIVERGED });
  state().rewind(0.0005);
  receive({ type: "phase", runId, phase: "paused", step: 70 });
  receive({ type: "phase", runId, phase: "training", step: 70 });
  expect(state().phase).toBe("training");
});

test("a step ends up paused, from idle and from training", () => {
  state().stepOnce();
  expect(state()).toMatchObject({ phase: "idle", wish: "paused" });
  receive({ type: "phase", runId, phase: "paused", step: 1 });
  expect(state()).toMatchObject({ phase: "paused", step: 1 });
  state().train();
  state().stepOnce();
  expect(comingPhase(state())).toBe("paused");
  expect(sent.map(({ type }) => type)).toEqual(["prepare", "step", "train", "step"]);
});

test("nothing is started in a run that has finished or failed", () => {
  for (const end of [
    { type: "phase", runId, phase: "finished", step: 70 },
    { type: "failed", runId, failure: CRASHED },
  ] as const) {
    receive(end);
    state().train();
    state().stepOnce();
    state().pause();
  }
  expect(sent).toHaveLength(1);
});

test("losses are kept by step, with the pace they came at", () => {
  const pace = { stepsPerSecond: 100, msPerStep: 10, snapshotShare: 0.1 };
  receive({ type: "losses", runId, columns: columns(1, 3), pace });
  const first = state().losses;
  receive({ type: "losses", runId, columns: columns(4, 5), pace: null });
  expect([...state().losses.step]).toEqual([1, 2, 3, 4, 5]);
  expect(state().losses).not.toBe(first);
  expect(first.length).toBe(3);
  expect(state()).toMatchObject({ step: 5, pace });
});

test("a very long run keeps all its history in few rows", () => {
  for (let last = 500; last <= 50_000; last += 500) tell(last);
  const { losses } = state();
  expect(losses.length).toBeLessThanOrEqual(4_000);
  expect(losses.count.reduce((sum, count) => sum + count, 0)).toBe(50_000);
});

test("evaluations are kept in order, one per step", () => {
  for (const step of [70, 140, 140, 210]) receive({ type: "evaluated", runId, evaluation: evaluation(step) });
  expect(state().evaluations.map(({ step }) => step)).toEqual([70, 140, 210]);
});

test("a snapshot is shown and acknowledged on demand", () => {
  const taken = snapshot(4, 20);
  receive({ type: "snapshot", runId, snapshot: taken });
  expect(state()).toMatchObject({ snapshot: taken, step: 20 });
  state().acknowledge(4);
  expect(sent.at(-1)).toEqual({ type: "acknowledge", runId, id: 4 });
});

test("a change of rate is marked once it holds; of several before one step the last", () => {
  state().tune({ beta: 4 });
  expect(sent.at(-1)).toEqual({ type: "tune", runId, beta: 4 });
  expect(state()).toMatchObject({ beta: 1, marks: [] });
  receive({ type: "tuned", runId, step: 30, learningRate: 0.001, beta: 3 });
  receive({ type: "tuned", runId, step: 30, learningRate: 0.001, beta: 4 });
  receive({ type: "tuned", runId, step: 55, learningRate: 0.01, beta: 4 });
  receive({ type: "tuned", runId, step: 60, learningRate: 0.01, beta: 4 }); // nothing new
  expect(state().marks).toEqual([
    { step: 30, learningRate: 0.001, beta: 4 },
    { step: 55, learningRate: 0.01, beta: 4 },
  ]);
  expect(state()).toMatchObject({ learningRate: 0.01, beta: 4, config: DEFAULT_CONFIG });
});

test("a rate moved and moved back before the next step is no change", () => {
  receive({ type: "tuned", runId, step: 30, learningRate: 0.001, beta: 4 });
  receive({ type: "tuned", runId, step: 30, learningRate: 0.001, beta: 1 });
  expect(state()).toMatchObject({ beta: 1, marks: [] });
});

test("reset is the same run from its start, with the rates it began with", () => {
  receive({ type: "tuned", runId, step: 30, learningRate: 0.01, beta: 4 });
  state().reset();
  expect(sent.at(-1)).toMatchObject({ type: "prepare", runId: runId + 1, config: DEFAULT_CONFIG, from: "start" });
  expect(state()).toMatchObject({ learningRate: 0.001, beta: 1, marks: [], phase: "idle", step: 0 });
});

test("a failure stops the run, and the worker's last words do not hide it", () => {
  state().train();
  receive({ type: "failed", runId, failure: DIVERGED });
  receive({ type: "phase", runId, phase: "paused", step: 130 });
  expect(state()).toMatchObject({ phase: "failed", failure: DIVERGED, preparing: null });
});

test("a failure that blames no run hits the one at hand", () => {
  state().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS);
  receive({ type: "failed", runId: null, failure: CRASHED });
  expect(state()).toMatchObject({ phase: "failed", failure: CRASHED, preparing: null });
});

test("after a divergence a rewind goes back to the last good step with another rate", () => {
  tell(130);
  receive({ type: "evaluated", runId, evaluation: evaluation(70) });
  receive({ type: "evaluated", runId, evaluation: evaluation(100) });
  receive({ type: "tuned", runId, step: 120, learningRate: 100, beta: 1 });
  receive({ type: "failed", runId, failure: DIVERGED });
  state().rewind(0.0005);
  expect(sent.at(-1)).toEqual({ type: "rewind", runId, learningRate: 0.0005 });
  const expected = { phase: "paused", failure: null, step: 70, learningRate: 0.0005, marks: [{ step: 70, learningRate: 0.0005, beta: 1 }] };
  expect(state()).toMatchObject(expected);
  receive({ type: "ready", runId, report: report(70) });
  receive({ type: "tuned", runId, step: 70, learningRate: 0.0005, beta: 1 });
  expect(state()).toMatchObject(expected);
  expect(state().losses.step.at(-1)).toBe(70);
  expect(state().evaluations.map(({ step }) => step)).toEqual([70]);
});

test("a rewind without a divergence is no wish that could be granted", () => {
  state().rewind(0.1);
  receive({ type: "failed", runId, failure: CRASHED });
  state().rewind(0.1);
  expect(sent).toHaveLength(1);
});

test("training that went on by itself tells its losses again from the checkpoint on", () => {
  state().train();
  tell(100);
  for (const step of [70, 100]) receive({ type: "evaluated", runId, evaluation: evaluation(step) });
  const failure: Failure = { kind: "device-lost", reason: "destroyed", message: "", step: 100, resumable: true };
  const backend: BackendReport = { ...BACKEND, backend: "wasm" };
  receive({ type: "recovered", runId, failure, step: 80, backend });
  expect(state()).toMatchObject({ phase: "training", step: 80, recovered: { failure, step: 80 }, failure: null });
  expect(state().ready!.backend).toEqual(backend);
  expect(state().losses.length).toBe(80);
  expect(state().evaluations.map(({ step }) => step)).toEqual([70]);
  tell(90);
  expect(state().losses.length).toBe(90);
});

test("rates in force during a recovery are marked where they hold again", () => {
  tell(100);
  receive({ type: "tuned", runId, step: 90, learningRate: 0.001, beta: 4 });
  const failure: Failure = { kind: "device-lost", reason: "destroyed", message: "", step: 100, resumable: true };
  receive({ type: "recovered", runId, failure, step: 80, backend: BACKEND });
  expect(state().beta).toBe(4);
  receive({ type: "tuned", runId, step: 80, learningRate: 0.001, beta: 4 });
  expect(state()).toMatchObject({ beta: 4, marks: [{ step: 80, learningRate: 0.001, beta: 4 }] });
});

test("a recovery out of a failure trains again", () => {
  const failure: Failure = { kind: "device-lost", reason: "unknown", message: "", step: 10, resumable: true };
  receive({ type: "failed", runId, failure });
  receive({ type: "recovered", runId, failure, step: 0, backend: BACKEND });
  expect(state()).toMatchObject({ phase: "training", failure: null });
});

test("retry before the first step prepares the same run from its start", () => {
  receive({ type: "failed", runId, failure: { kind: "data-missing", dataset: "mnist", file: "train-0.bin", status: 404 } });
  state().retry();
  expect(sent.at(-1)).toMatchObject({ type: "prepare", runId: runId + 1, config: DEFAULT_CONFIG, from: "start" });
  expect(state()).toMatchObject({ phase: "idle", failure: null });
});

test("retry after a crash goes on from the checkpoint, with the history up to it", () => {
  tell(100);
  receive({ type: "tuned", runId, step: 50, learningRate: 0.01, beta: 1 });
  receive({ type: "tuned", runId, step: 90, learningRate: 0.02, beta: 1 });
  receive({ type: "failed", runId: null, failure: CRASHED });
  state().retry();
  expect(sent.at(-1)).toMatchObject({ type: "prepare", from: "checkpoint" });
  expect(state().losses.length).toBe(100);
  receive({ type: "ready", runId: state().runId, report: report(80) });
  expect(state()).toMatchObject({ step: 80, learningRate: 0.01, phase: "idle" });
  expect(state().losses.length).toBe(80);
  expect(state().marks).toHaveLength(1);
});

test("a checkpoint of another config brings no history along", () => {
  tell(100);
  state().prepare({ ...DEFAULT_CONFIG, seed: 2 }, DEFAULT_OPTIONS, "checkpoint");
  expect(state().losses.length).toBe(0);
});

test("a checkpoint that is not there after all starts over, history and rates too", () => {
  tell(100);
  receive({ type: "tuned", runId, step: 50, learningRate: 0.01, beta: 1 });
  state().prepare(DEFAULT_CONFIG, DEFAULT_OPTIONS, "checkpoint");
  receive({ type: "ready", runId: state().runId, report: report(0) });
  expect(state()).toMatchObject({ step: 0, learningRate: 0.001, marks: [] });
  expect(state().losses.length).toBe(0);
});

test("notices are told once each kind and can be dismissed", () => {
  const full: Failure = { kind: "storage-refused", message: "full" };
  const fuller: Failure = { kind: "storage-refused", message: "fuller" };
  for (const failure of [full, CRASHED, fuller]) receive({ type: "notice", runId, failure });
  expect(state().notices).toEqual([CRASHED, fuller]);
  state().dismissNotice(0);
  expect(state().notices).toEqual([fuller]);
});

test("the worker's greeting changes nothing, and wishes carry the run", () => {
  const before = { ...state() };
  receive({ type: "hello" });
  expect({ ...state() }).toEqual(before);
  state().chooseExamples([3, 1]);
  expect(sent.at(-1)).toEqual({ type: "choose-examples", runId, indices: [3, 1] });
});

test("an event that no one knows is refused", () => {
  expect(() => receive({ type: "surprise", runId } as unknown as TrainerEvent)).toThrow("assertNever");
});
