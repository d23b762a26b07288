import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Snapshot } from "../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { comingPhase } from "../store/run-store";
import { openPage } from "../testing/connected-page";
import { NO_SURVEY } from "../testing/no-survey";
import { connect, openStorage, type Connection } from "./connect";

let page: ReturnType<typeof openPage>;

beforeEach(() => {
  vi.useFakeTimers();
  page = openPage();
  page.ready();
});
afterEach(() => {
  page.connection.dispose();
  vi.useRealTimers();
});

const wait = (ms: number) => vi.advanceTimersByTime(ms);

test("opening the page prepares the experiment of its address, mended where need be", () => {
  page = openPage("#/play?data=fashion&z=500&backend=wasm");
  expect(page.sent).toEqual([
    {
      type: "prepare",
      runId: 1,
      config: { ...DEFAULT_CONFIG, data: "fashion", trainSize: 10_000, latentDim: 128 },
      options: { ...DEFAULT_OPTIONS, backend: "wasm" },
      from: "start",
      cloudSize: 2_000,
    },
  ]);
  expect(page.bar.hash).toBe("#/play?data=fashion&z=128&backend=wasm");
  expect(page.draft.getState().repairs).toEqual([{ key: "z", given: "500", used: "128" }]);
  expect(page.probe.getState().z).toHaveLength(128);
});

test("an edit prepares a new run once the visitor has stopped for a moment", () => {
  page.trainTo(50);
  page.edit({ latentDim: 3 });
  wait(200);
  page.edit({ latentDim: 4 });
  wait(299);
  expect(page.types()).toEqual(["prepare", "train"]);
  wait(1);
  expect(page.sent.at(-1)).toMatchObject({ type: "prepare", runId: 2, config: { latentDim: 4 }, from: "start" });
  expect(page.run.getState()).toMatchObject({ phase: "idle", step: 0 });
  expect(page.bar.hash).toBe("#/play?z=4");
  expect(page.probe.getState().z).toEqual([0, 0, 0, 0]);
});

test("a draft that cannot run prepares nothing and stays out of the address", () => {
  page.edit({ latentDim: Number.NaN });
  wait(1_000);
  expect(page.types()).toEqual(["prepare"]);
  expect(page.bar.hash).toBe("#/play");
});

test("an edit that is taken back is none", () => {
  page.edit({ latentDim: 3 });
  page.edit({ latentDim: 2 });
  wait(1_000);
  expect(page.types()).toEqual(["prepare"]);
});

test("a new seed is a new run", () => {
  page.trainTo(50);
  page.draft.getState().newSeed();
  wait(300);
  expect(page.sent.at(-1)).toMatchObject({ type: "prepare", config: { seed: 2 } });
  expect(page.bar.hash).toBe("#/play?seed=2");
});

test("pressing Train right after an edit trains what the controls say", () => {
  page.edit({ latentDim: 3 });
  page.run.getState().train();
  expect(page.types()).toEqual(["prepare", "prepare", "train"]);
  expect(page.sent.at(-1)).toEqual({ type: "train", runId: 2 });
  expect(page.run.getState()).toMatchObject({ phase: "training", config: { latentDim: 3 } });
  wait(1_000);
  expect(page.types()).toEqual(["prepare", "prepare", "train"]);
});

test("so does Step", () => {
  page.edit({ beta: 2 });
  page.run.getState().stepOnce();
  expect(page.sent.slice(1)).toEqual([
    expect.objectContaining({ type: "prepare", config: { ...DEFAULT_CONFIG, beta: 2 } }),
    { type: "step", runId: 2 },
  ]);
});

test("before the first step rates are the experiment: the run begins with them", () => {
  page.edit({ learningRate: 0.01 });
  wait(300);
  expect(page.sent.at(-1)).toMatchObject({ type: "prepare", config: { learningRate: 0.01 } });
  expect(page.bar.hash).toBe("#/play?lr=0.01");
});

test("in a run under way rates are tuned, without a reset, and the address follows", () => {
  page.trainTo(50);
  page.edit({ beta: 2 });
  wait(100);
  page.edit({ beta: 4 });
  wait(150);
  expect(page.sent.slice(2)).toEqual([{ type: "tune", runId: 1, learningRate: 0.001, beta: 4 }]);
  expect(page.bar.hash).toBe("#/play?beta=4");
  page.confirm(60);
  wait(1_000);
  expect(page.run.getState()).toMatchObject({ beta: 4, marks: [{ step: 60, beta: 4 }], config: { beta: 1 } });
  expect(page.draft.getState().config.beta).toBe(4);
  expect(page.types()).toEqual(["prepare", "train", "tune"]);
});

test("training that has only just begun is tuned too", () => {
  page.run.getState().train();
  page.edit({ beta: 4 });
  wait(1_000);
  expect(page.types()).toEqual(["prepare", "train", "tune"]);
});

test("a late confirmation does not move a slider that was dragged on", () => {
  page.trainTo(50);
  page.edit({ beta: 2 });
  wait(150);
  page.edit({ beta: 4 });
  wait(150);
  page.tell({ type: "tuned", runId: page.run.getState().runId, step: 55, learningRate: 0.001, beta: 2 });
  expect(page.draft.getState().config.beta).toBe(4);
  page.confirm(60);
  expect(page.draft.getState().config.beta).toBe(4);
});

test("a rate moved away and back before it is confirmed ends where it began", () => {
  page.trainTo(50);
  page.edit({ beta: 2 });
  wait(150);
  page.edit({ beta: 1 });
  wait(150);
  expect(page.sent.slice(2)).toMatchObject([{ beta: 2 }, { beta: 1 }]);
});

test("a rate changed while paused holds before training goes on", () => {
  page.trainTo(50);
  page.run.getState().pause();
  page.edit({ learningRate: 0.01 });
  page.run.getState().train();
  expect(page.types()).toEqual(["prepare", "train", "pause", "tune", "train"]);
});

test("another network after a change of rate begins with the rates that the controls show", () => {
  page.trainTo(50);
  page.edit({ beta: 4 });
  wait(150);
  page.confirm(60);
  page.edit({ latentDim: 3 });
  wait(300);
  expect(page.sent.at(-1)).toMatchObject({ type: "prepare", config: { beta: 4, latentDim: 3 } });
  expect(page.bar.hash).toBe("#/play?z=3&beta=4");
});

test("reset repeats the run, and controls and address go back to what it began with", () => {
  page.trainTo(50);
  page.edit({ beta: 4 });
  wait(150);
  page.confirm(60);
  page.run.getState().reset();
  expect(page.sent.at(-1)).toMatchObject({ type: "prepare", config: DEFAULT_CONFIG });
  expect(page.draft.getState().config).toEqual(DEFAULT_CONFIG);
  expect(page.bar.hash).toBe("#/play");
  wait(1_000);
  expect(page.sent.at(-1)).toMatchObject({ type: "prepare", runId: 2 });
});

test("a reset overtakes a change of rate that is still put off, not a change of network", () => {
  page.trainTo(50);
  page.edit({ beta: 4 });
  page.run.getState().reset();
  expect(page.draft.getState().config.beta).toBe(1);
  page.edit({ latentDim: 3 });
  page.run.getState().reset();
  wait(300);
  expect(page.run.getState().config.latentDim).toBe(3);
  expect(page.types()).toEqual(["prepare", "train", "prepare", "prepare", "prepare"]);
});

test("a rewind to a lower rate shows in controls and address", () => {
  page.trainTo(50);
  page.edit({ learningRate: 100 });
  wait(150);
  page.confirm(60);
  const failure = { kind: "diverged", term: "objective", value: Number.NaN, step: 62, learningRate: 100, lastGoodStep: 50 } as const;
  page.tell({ type: "failed", runId: page.run.getState().runId, failure });
  page.run.getState().rewind(0.0005);
  expect(page.draft.getState().config.learningRate).toBe(0.0005);
  expect(page.bar.hash).toBe("#/play?lr=0.0005");
  page.ready(50);
  wait(1_000);
  expect(page.types()).toEqual(["prepare", "train", "tune", "rewind"]);
});

test("after a failure a change of rate is a new run", () => {
  page.trainTo(50);
  page.tell({ type: "failed", runId: null, failure: { kind: "worker-crashed", message: "" } });
  page.edit({ learningRate: 0.01 });
  wait(300);
  expect(page.sent.at(-1)).toMatchObject({ type: "prepare", config: { learningRate: 0.01 }, from: "start" });
});

test("another backend is the same experiment prepared anew", () => {
  page.trainTo(50);
  page.draft.getState().editOptions({ backend: "cpu" });
  wait(300);
  expect(page.sent.at(-1)).toMatchObject({ type: "prepare", config: DEFAULT_CONFIG, options: { backend: "cpu" }, from: "start" });
  expect(page.bar.hash).toBe("#/play?backend=cpu");
});

test("more epochs let the run at hand go on, at the rates it was tuned to", () => {
  page.trainTo(50);
  page.edit({ beta: 4 });
  wait(150);
  page.confirm(60);
  page.draft.getState().editOptions({ epochs: 9 });
  wait(300);
  expect(page.sent.slice(3)).toMatchObject([
    { type: "prepare", config: DEFAULT_CONFIG, options: { epochs: 9 }, from: "checkpoint" },
    { type: "train", runId: 2 },
  ]);
  page.ready(60);
  expect(page.run.getState()).toMatchObject({ phase: "training", step: 60, beta: 4 });
  expect(page.bar.hash).toBe("#/play?beta=4&epochs=9");
});

test("a cloud of another size lets the run at hand go on", () => {
  page.trainTo(50);
  page.preferences.getState().set({ cloudSize: 5_000 });
  expect(page.sent.slice(2)).toMatchObject([{ type: "prepare", from: "checkpoint", cloudSize: 5_000 }, { type: "train" }]);
  page.preferences.getState().set({ theme: "dark" });
  expect(page.sent).toHaveLength(4);
});

test("an address gone to by hand is begun at once, even where the run could be tuned to it", () => {
  page.trainTo(50);
  page.goTo("#/play?beta=4&x=1");
  expect(page.sent.at(-1)).toMatchObject({ type: "prepare", config: { beta: 4 }, from: "start" });
  expect(page.bar.hash).toBe("#/play?beta=4");
  expect(page.draft.getState().repairs).toEqual([{ key: "x", given: "1", used: null }]);
  page.goTo("#/play?z=7");
  wait(1_000);
  expect(page.types()).toEqual(["prepare", "train", "prepare", "prepare"]);
});

test("another data set shows all its classes; a new run of the same keeps them hidden", () => {
  page.preferences.getState().toggleClass(3);
  page.draft.getState().newSeed();
  wait(300);
  expect(page.preferences.getState().hiddenClasses).toEqual([3]);
  page.edit({ data: "shapes" });
  wait(300);
  expect(page.preferences.getState().hiddenClasses).toEqual([]);
});

test("a hidden tab trains on, unless the visitor wants it to pause", () => {
  page.trainTo(50);
  page.setHidden(true);
  expect(comingPhase(page.run.getState())).toBe("training");
  page.setHidden(false);
  page.preferences.getState().set({ pauseWhenHidden: true });
  page.setHidden(true);
  expect(comingPhase(page.run.getState())).toBe("paused");
  page.setHidden(false);
  expect(comingPhase(page.run.getState())).toBe("training");
});

test("a tab that is shown again does not start what was paused by hand, nor another run", () => {
  page.preferences.getState().set({ pauseWhenHidden: true });
  page.trainTo(50);
  page.run.getState().pause();
  page.setHidden(true);
  page.setHidden(false);
  expect(comingPhase(page.run.getState())).toBe("paused");
  page.run.getState().train();
  page.setHidden(true);
  page.run.getState().reset();
  page.setHidden(false);
  expect(comingPhase(page.run.getState())).toBe("idle");
});

test("a trainer that fails while it is being started is a failure like any other", () => {
  const connection: Connection = connect({
    startTrainer(onEvent) {
      onEvent({ type: "failed", runId: null, failure: { kind: "worker-crashed", message: "no worker" } });
      return { send: () => {}, close: () => {} };
    },
    startSurvey: () => ({ ...NO_SURVEY, close: () => {} }),
    storage: null,
    location: { hash: "", replace: () => {}, onChange: () => () => {} },
    visibility: Object.assign(new EventTarget(), { hidden: false }),
    afterPaint: () => {},
  });
  expect(connection.stores.run.getState().runId).toBe(1);
  connection.dispose();
});

const snapshot = (id: number): Snapshot => ({
  id,
  step: 0,
  weights: {},
  posteriorMean: new Float32Array(),
  posteriorLogVar: null,
  adversarial: null,
  exampleIndices: [],
  reconstructions: new Float32Array(),
  exampleLosses: new Float32Array(),
});

test("a snapshot is acknowledged once it is painted, and not when its run is over", () => {
  const { runId } = page.run.getState();
  const acknowledgements = () => page.sent.filter(({ type }) => type === "acknowledge");
  page.tell({ type: "snapshot", runId, snapshot: snapshot(1) });
  expect(acknowledgements()).toEqual([]);
  page.paint();
  expect(acknowledgements()).toEqual([{ type: "acknowledge", runId, id: 1 }]);
  page.tell({ type: "snapshot", runId, snapshot: snapshot(2) });
  page.run.getState().reset();
  page.paint();
  expect(acknowledgements()).toHaveLength(1);
});

test("dispose ends the trainer, and nothing that was put off comes after", () => {
  page.edit({ latentDim: 3 });
  page.connection.dispose();
  wait(1_000);
  page.goTo("#/play?z=7");
  expect(page.close).toHaveBeenCalledOnce();
  expect(page.types()).toEqual(["prepare"]);
});

test("a browser that refuses its storage gives none", () => {
  const refusing = {
    get localStorage(): Storage {
      throw new DOMException("denied", "SecurityError");
    },
  };
  expect(openStorage(refusing as unknown as Window)).toBeNull();
});
