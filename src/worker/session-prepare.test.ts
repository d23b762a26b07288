/** How a run is prepared and how it ends, told by a session with fakes around it. */
import { afterEach, expect, test } from "vitest";
import {
  FakeBackend,
  FakeDataset,
  nextTask,
  prepareCommand,
  runId,
  SessionHarness,
  SMALL_CONFIG,
  type HarnessOptions,
} from "../testing/session-harness";
import { FailureError } from "../protocol/failure";
import { checkpointKey } from "./checkpoint-format";

let harness: SessionHarness;
const open = (options?: HarnessOptions) => (harness = new SessionHarness(options));
afterEach(() => harness.close());

test("tells how far measuring kernels and compiling them have come, and proves the backend with the engine wished for", async () => {
  const engines: string[] = [];
  open({
    openBackend: async (_wish, { engine, onProgress }) => {
      engines.push(engine);
      onProgress?.(0, 5);
      onProgress?.(5, 5);
      return new FakeBackend("webgpu");
    },
  });
  await harness.ready(1, SMALL_CONFIG, { options: { engine: "tfjs" } });
  expect(engines).toEqual(["tfjs"]);
  const told = harness.of("progress").map(({ stage, done, total }) => `${stage} ${done}/${total}`);
  expect(told).toContain("backend 5/5");
});

test("says hello, tells its progress, then what the run is, then shows and judges the untrained model", async () => {
  open();
  await harness.ready();
  expect(harness.events[0]).toEqual({ type: "hello" });
  const told = harness.events
    .slice(1)
    .map((event) => (event.type === "progress" ? `${event.stage} ${event.done}/${event.total}` : event.type));
  expect(told.filter((entry) => /^\w+ \d/.test(entry)).toSorted()).toEqual([
    "backend 0/1",
    "backend 1/1",
    "build 0/1",
    "build 1/1",
    "data 0/100",
    "data 100/100",
  ]);
  expect(told.slice(-6)).toEqual(["build 0/1", "build 1/1", "ready", "phase", "snapshot", "evaluated"]);
  expect(harness.of("phase")[0]).toMatchObject({ phase: "idle", step: 0 });
});

test("reports the backend, the examples and the floor", async () => {
  open();
  await harness.ready(1, SMALL_CONFIG, { cloudSize: 6 });
  const { report } = harness.of("ready")[0]!;
  expect(report).toMatchObject({
    backend: { backend: "webgpu", engine: "tfjs", adapter: "Fake", skipped: [] },
    image: { height: 2, width: 2, channels: 1 },
    stepsPerEpoch: 10,
    heldOut: 20,
    floor: { train: 1.5, heldOut: 1.25 },
    step: 0,
    checkpoint: null,
  });
  expect([...report.examples.labels]).toEqual([0, 1, 0, 1, 0, 1]);
  expect([...report.examples.pixels]).toEqual(Array.from({ length: 24 }, (_, i) => i));
  expect(harness.datasets[0]!.heldOut.length).toBe(80); // the data set keeps its own
});

test("an mse has no floor", async () => {
  open();
  await harness.ready(1, { ...SMALL_CONFIG, reconstruction: "mse" });
  expect(harness.of("ready")[0]!.report.floor).toBeNull();
});

test("the first snapshot reconstructs one example of each class before a second of any", async () => {
  open();
  await harness.ready(1, SMALL_CONFIG, { cloudSize: 4 });
  const { snapshot } = harness.of("snapshot")[0]!;
  expect(snapshot).toMatchObject({ id: 1, step: 0, exampleIndices: [0, 1, 2, 3] });
  expect(snapshot.reconstructions[4]).toBeCloseTo(4 / 255, 6); // the first pixel of example 1; float32
  expect(snapshot.posteriorMean.length).toBe(4 * SMALL_CONFIG.latentDim);
  expect(Object.keys(snapshot.weights)).toContain("decoder.0.weight");
});

test("a config out of its ranges is a named failure and opens nothing", async () => {
  open();
  harness.prepare(1, { ...SMALL_CONFIG, latentDim: 0 });
  await harness.until(() => harness.lastFailure() !== undefined);
  expect(harness.lastFailure()).toEqual({ kind: "invalid-config", issues: ["latentDim: out-of-range"] });
  expect(harness.backends).toEqual([]);
});

test("a network larger than the device allows is turned away before it is built", async () => {
  open();
  const wide = { ...SMALL_CONFIG, encoder: Array.from({ length: 8 }, () => ({ units: 4096, activation: "relu" as const })) };
  harness.prepare(1, wide);
  await harness.until(() => harness.lastFailure() !== undefined);
  expect(harness.lastFailure()).toMatchObject({ kind: "out-of-memory", backend: "webgpu" });
  expect(harness.trainers).toEqual([]);
});

test("keeps the backend from run to run, and opens another only for another wish", async () => {
  open();
  await harness.ready(1);
  await harness.ready(2);
  expect(harness.backends.length).toBe(1);
  await harness.ready(3, SMALL_CONFIG, { options: { backend: "wasm" } });
  expect(harness.backends.map(({ backend, isClosed }) => [backend, isClosed])).toEqual([
    ["webgpu", true],
    ["wasm", false],
  ]);
});

test("a new run ends the one before it: its trainer is freed and nothing more is heard of it", async () => {
  open({ acknowledges: false }); // no snapshot, before which all losses are told
  await harness.ready(1);
  harness.command("train");
  await harness.untilStep(500);
  while (harness.trainer.step < harness.rows().at(-1)! + 20) await nextTask(); // losses that nobody has heard of
  const until = harness.said.length;
  harness.session.receive(prepareCommand(2));
  await harness.until(() => harness.of("ready").length === 2);
  harness.command("step", 1); // late, for a run that is over
  await harness.rest();
  expect(harness.trainers[0]!.isDisposed).toBe(true);
  expect(harness.trainers[1]!.step).toBe(0);
  expect(new Set(harness.said.slice(until).map(({ by }) => by))).toEqual(new Set([2]));
});

test("of several runs asked for at once only the last is built", async () => {
  open();
  harness.prepare(1);
  harness.prepare(2);
  harness.prepare(3);
  await harness.until(() => harness.of("evaluated").length === 1);
  await harness.rest();
  expect(harness.of("ready").map((event) => event.runId)).toEqual([3]);
  expect(harness.trainers.length).toBe(1);
});

test("train may be sent before the run is ready", async () => {
  open();
  harness.prepare(1);
  harness.command("train");
  await harness.untilStep(3);
  expect(harness.of("phase").map(({ phase }) => phase)).toEqual(["idle", "training"]);
  expect(harness.of("evaluated")[0]!.evaluation.step).toBe(0);
});

test("a data set that cannot be had is a named failure, and another try may succeed", async () => {
  const missing = { kind: "data-missing", dataset: "mnist", file: "train-00.bin", status: 404 } as const;
  let tries = 0;
  open({
    loadDataset: async (_id, { trainSize }) => {
      tries += 1;
      if (tries === 1) throw new FailureError(missing);
      return new FakeDataset(trainSize);
    },
  });
  harness.prepare(1);
  await harness.until(() => harness.lastFailure() !== undefined);
  expect(harness.of("failed")[0]).toMatchObject({ runId: 1, failure: missing });
  await harness.ready(2);
  expect(harness.of("ready").map((event) => event.runId)).toEqual([2]);
  expect(harness.backends.length).toBe(1);
});

test("a device that goes while a run is built is a lost device, and the next try has another", async () => {
  open({
    beforeTrainer: () => {
      if (harness.backends.length > 1) return;
      harness.backends[0]!.lose("destroyed");
      throw new TypeError("mapAsync was aborted");
    },
  });
  harness.prepare(1);
  await harness.until(() => harness.lastFailure() !== undefined);
  expect(harness.lastFailure()).toMatchObject({ kind: "device-lost", reason: "destroyed", step: 0, resumable: false });
  harness.prepare(2);
  await harness.until(() => harness.of("ready").length === 1);
  expect(harness.backends.length).toBe(2);
});

test("a backend that cannot be had is a named failure", async () => {
  const failure = { kind: "no-webgpu", detail: "no-adapter" } as const;
  open({ openBackend: () => Promise.reject(new FailureError(failure)) });
  harness.prepare(1, SMALL_CONFIG, { options: { backend: "webgpu" } });
  await harness.until(() => harness.lastFailure() !== undefined);
  expect(harness.lastFailure()).toEqual(failure);
});

test("an exception that nobody foresaw crosses with its message and stack", async () => {
  open({ openBackend: () => Promise.reject(new TypeError("x is not a function")) });
  harness.prepare(1);
  await harness.until(() => harness.lastFailure() !== undefined);
  expect(harness.lastFailure()).toMatchObject({
    kind: "internal",
    message: "x is not a function",
    stack: expect.stringContaining("TypeError"),
  });
});

test("storage that refuses is told of once and stops nothing", async () => {
  open();
  harness.storage.refusal = new Error("The operation is insecure.");
  await harness.ready(1);
  harness.command("train");
  await harness.untilStep(30);
  harness.command("pause");
  await harness.untilPhase("paused");
  await harness.ready(2);
  expect(harness.of("notice").map(({ failure }) => failure)).toEqual([{ kind: "storage-refused", message: "The operation is insecure." }]);
  expect(harness.of("failed")).toEqual([]);
});

test("an unfinished run is offered to the next visit, and gone on with as though nothing had happened", async () => {
  open();
  await harness.ready(1);
  harness.send({ type: "tune", runId: runId(1), beta: 4 });
  harness.command("train");
  await harness.untilStep(25);
  harness.command("pause");
  await harness.untilPhase("paused");
  await harness.rest();
  const { step } = harness.trainer;
  // The address of the page says the rates in force: under them the next visit looks.
  const config = { ...SMALL_CONFIG, beta: 4 };
  expect([...harness.storage.saved.keys()]).toEqual([checkpointKey(config)]);
  const { storage } = harness;
  await harness.close();

  open({ storage });
  await harness.ready(1, config);
  expect(harness.of("ready")[0]!.report).toMatchObject({ step: 0, checkpoint: { step } });
  await harness.ready(2, config, { from: "checkpoint" });
  expect(harness.of("ready")[1]!.report).toMatchObject({ step, checkpoint: null });
  expect(harness.of("phase").at(-1)).toMatchObject({ phase: "paused", step });
  expect(harness.of("snapshot").at(-1)!.snapshot.step).toBe(step);
  harness.command("step", 2);
  await harness.untilStep(step + 1);
  expect(harness.rows()).toEqual([step + 1]);
});

test("a rate changed at rest is saved too, so that the next visit finds the run under it", async () => {
  open();
  await harness.ready(1);
  harness.command("train");
  await harness.untilStep(25);
  harness.command("pause");
  await harness.untilPhase("paused");
  await harness.rest();
  harness.send({ type: "tune", runId: runId(1), learningRate: 0.5 });
  await harness.rest();
  const config = { ...SMALL_CONFIG, learningRate: 0.5 };
  expect(harness.storage.saved.get(checkpointKey(config))).toMatchObject({ step: harness.trainer.step, learningRate: 0.5 });
});

test("a saved checkpoint of another shape is not offered", async () => {
  open();
  harness.storage.saved.set(checkpointKey(SMALL_CONFIG), { step: 5, learningRate: 1, beta: 1, weights: {}, slots: {} });
  await harness.ready(1, SMALL_CONFIG, { from: "checkpoint" });
  expect(harness.of("ready")[0]!.report).toMatchObject({ step: 0, checkpoint: null });
});

test("a reset starts anew and offers no way back to what was just left", async () => {
  open();
  await harness.ready(1);
  harness.command("train");
  await harness.untilStep(25);
  harness.command("pause");
  await harness.untilPhase("paused");
  await harness.ready(2);
  expect(harness.of("ready")[1]!.report).toMatchObject({ step: 0, checkpoint: null });
});

test("a run prepared again from its checkpoint stands where it was left, even in mid-training", async () => {
  open();
  await harness.ready(1);
  harness.command("train");
  await harness.untilStep(25);
  harness.prepare(2, SMALL_CONFIG, { from: "checkpoint", cloudSize: 4 });
  harness.command("train", 2);
  await harness.until(() => harness.of("ready").length === 2);
  const { step } = harness.of("ready")[1]!.report;
  expect(step).toBe(harness.trainers[0]!.step);
  await harness.untilStep(step + 3);
  const rows = harness
    .of("losses")
    .filter((event) => event.runId === runId(2))
    .flatMap(({ columns }) => [...columns.step]);
  expect(rows.slice(0, 3)).toEqual([step + 1, step + 2, step + 3]);
});
