import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Command, RunId, Snapshot } from "../protocol/messages";
import { recordedConfig, type RecordedId, type RecordedRun } from "../protocol/recorded";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS } from "../protocol/run-config";
import { createRunStore, type RunStore } from "../store/run-store";
import { fakeSurvey, type FakeSurvey } from "../testing/fake-survey";
import { followRecorded } from "./follow-recorded";

let run: RunStore;
let survey: FakeSurvey;
let stop: () => void;

function recordedRun(id: RecordedId): RecordedRun {
  const none = new Float32Array(0);
  const snapshot: Snapshot = {
    id: 0,
    step: 4_200,
    weights: {},
    posteriorMean: none,
    posteriorLogVar: null,
    exampleIndices: [],
    reconstructions: none,
    exampleLosses: none,
    adversarial: null,
  };
  const examples = { pixels: new Uint8Array(0), labels: new Uint8Array(0) };
  const material = { image: { height: 28, width: 28, channels: 1 }, classNames: { en: [], zh: [] }, examples };
  return {
    id,
    config: recordedConfig(id),
    step: 4_200,
    epochs: 60,
    snapshot,
    material,
    losses: { step: new Uint32Array(0) },
    evaluations: [],
  };
}

const begin = (change: Partial<typeof DEFAULT_CONFIG> = {}) => run.getState().prepare({ ...DEFAULT_CONFIG, ...change }, DEFAULT_OPTIONS);
const asked = () => survey.asked.map(({ ask }) => (ask as { id: RecordedId }).id);
const shown = () => run.getState().shown.kind;
async function comes(id: RecordedId = "digits-vae") {
  survey.last("recorded")!.answer(recordedRun(id));
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  run = createRunStore((_command: Command) => {}, { config: DEFAULT_CONFIG, options: DEFAULT_OPTIONS });
  survey = fakeSurvey();
  stop = followRecorded(run, survey);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

test("the first experiment's recording is asked for and shown; the run itself stays at rest", async () => {
  begin();
  expect(asked()).toEqual(["digits-vae"]);
  await comes();
  expect(run.getState()).toMatchObject({ shown: { kind: "recorded" }, step: 0, phase: "idle" });
  expect(run.getState().snapshot!.step).toBe(4_200);
});

test("an experiment without a recording asks for none, and another one's answer is called off", async () => {
  begin();
  const first = survey.last("recorded")!;
  begin({ seed: 2 });
  expect(asked()).toEqual(["digits-vae"]);
  expect(first.options.signal!.aborted).toBe(true);
  begin({ latentDim: 16 });
  expect(asked()).toEqual(["digits-vae", "digits-vae-16"]);
  await comes("digits-vae-16");
  expect(run.getState().recorded!.id).toBe("digits-vae-16");
});

test("a reset shows the untrained model, also when the recording is still on its way", async () => {
  begin();
  const first = survey.last("recorded")!;
  run.getState().reset();
  expect(first.options.signal!.aborted).toBe(true);
  begin({ seed: 2 });
  begin();
  await comes();
  run.getState().reset();
  expect(run.getState()).toMatchObject({ shown: { kind: "newest" }, recorded: null });
  expect(asked()).toHaveLength(2);
});

test("another try after a failure, and another backend, keep it on screen", async () => {
  begin();
  await comes();
  run.getState().receive({ type: "failed", runId: run.getState().runId, failure: { kind: "internal", message: "", stack: null } });
  expect(shown()).toBe("recorded");
  run.getState().retry();
  expect(shown()).toBe("recorded");
  run.getState().prepare(DEFAULT_CONFIG, { ...DEFAULT_OPTIONS, backend: "cpu" });
  expect(shown()).toBe("recorded");
  expect(asked()).toHaveLength(1);
});

test("one that does not come changes nothing", async () => {
  begin();
  const before = run.getState();
  survey.last("recorded")!.refuse();
  await vi.advanceTimersByTimeAsync(0);
  expect(run.getState()).toBe(before);
});

test("one that comes after the first step is kept, not shown", async () => {
  begin();
  const { runId } = run.getState();
  run.getState().train();
  run
    .getState()
    .receive({ type: "snapshot", runId: runId satisfies RunId, snapshot: { ...recordedRun("digits-vae").snapshot, id: 2, step: 1 } });
  await comes();
  expect(shown()).toBe("newest");
  expect(run.getState().recorded!.id).toBe("digits-vae");
});
