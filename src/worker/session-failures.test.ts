/** What goes wrong in a run, and what becomes of it. */
import { afterEach, expect, test } from "vitest";
import { FailureError } from "../protocol/failure";
import { FakeBackend, FakeDataset, runId, SessionHarness, SMALL_CONFIG, type HarnessOptions } from "../testing/session-harness";
import { fakeLoss } from "../testing/fake-trainer";

let harness: SessionHarness;
const open = (options?: HarnessOptions) => (harness = new SessionHarness(options));
afterEach(() => harness.close());

const upTo = (step: number) => Array.from({ length: step }, (_, i) => i + 1);
const training = async (step: number) => {
  await harness.ready();
  harness.command("train");
  await harness.untilStep(step);
};
const failed = () => harness.until(() => harness.of("failed").length > 0);

test("a rate that ruins the weights stops the run by name, with the losses before and the last good step", async () => {
  open({ costs: { step: 50 } });
  await training(150); // 7.5 s: past the first checkpoint
  harness.send({ type: "tune", runId: runId(1), learningRate: 100 });
  await failed();
  const tuned = harness.of("tuned")[0]!;
  // The first step at that rate still reports the losses of the weights before it.
  expect(harness.lastFailure()).toMatchObject({
    kind: "diverged",
    term: "reconstruction",
    value: Math.fround(1e12),
    step: tuned.step + 2,
    learningRate: 100,
  });
  expect(harness.rows()).toEqual(upTo(tuned.step + 1));
  const { lastGoodStep } = harness.lastFailure() as { lastGoodStep: number };
  expect(lastGoodStep).toBeGreaterThan(90); // 5 s are 100 steps, less what snapshots took
  expect(lastGoodStep).toBeLessThanOrEqual(tuned.step);
  await harness.rest();
  expect(harness.trainer.step).toBeLessThanOrEqual(tuned.step + 4);
});

test("of a reading that holds good steps and bad ones, the good ones are told", async () => {
  open(); // 1 ms a step: dozens in one reading
  await training(500);
  harness.send({ type: "tune", runId: runId(1), learningRate: 100 });
  await failed();
  expect(harness.rows()).toEqual(upTo(harness.of("tuned")[0]!.step + 1));
});

test("a rewind goes back to the last good step with another rate, and training goes on from there", async () => {
  open({ costs: { step: 50 } });
  await training(150);
  harness.send({ type: "tune", runId: runId(1), learningRate: 100 });
  await failed();
  const { lastGoodStep } = harness.lastFailure() as { lastGoodStep: number };
  const before = harness.events.length;
  harness.send({ type: "rewind", runId: runId(1), learningRate: 0.0005 });
  await harness.until(() => harness.of("evaluated").at(-1)!.evaluation.step === lastGoodStep && harness.of("ready").length === 2);
  await harness.rest();
  expect(harness.events.slice(before).map(({ type }) => type)).toEqual(["ready", "tuned", "phase", "snapshot", "evaluated"]);
  expect(harness.of("ready")[1]!.report.step).toBe(lastGoodStep);
  expect(harness.of("tuned").at(-1)).toMatchObject({ step: lastGoodStep, learningRate: 0.0005 });
  expect(harness.of("phase").at(-1)).toMatchObject({ phase: "paused", step: lastGoodStep });
  expect(harness.of("snapshot").at(-1)!.snapshot.step).toBe(lastGoodStep);

  const told = harness.rows().length;
  harness.command("train");
  await harness.until(() => harness.rows().length > told + 20);
  expect(harness.rows()[told]).toBe(lastGoodStep + 1);
  expect(harness.of("losses").at(-1)!.columns.reconstruction![0]).toBeLessThan(fakeLoss(lastGoodStep));
});

test("a run that is ruined from the start can be rewound to step 0", async () => {
  open();
  await harness.ready(1, { ...SMALL_CONFIG, learningRate: 100 });
  harness.command("train");
  await failed();
  expect(harness.lastFailure()).toMatchObject({ kind: "diverged", step: 2, lastGoodStep: 0 });
  expect(harness.storage.saved.size).toBe(0);
  harness.send({ type: "rewind", runId: runId(1), learningRate: 0.001 });
  await harness.until(() => harness.of("ready").length === 2);
  harness.command("train");
  await harness.untilStep(50);
  expect(harness.of("failed").length).toBe(1);
});

test("a single step that ruins the weights is found by the evaluation after it", async () => {
  open();
  await harness.ready(1, { ...SMALL_CONFIG, learningRate: 100 });
  harness.command("step");
  await failed();
  expect(harness.lastFailure()).toMatchObject({ kind: "diverged", term: "reconstruction", value: Number.NaN, step: 1, lastGoodStep: 0 });
});

test("a failed run answers neither train nor step", async () => {
  open();
  await harness.ready(1, { ...SMALL_CONFIG, learningRate: 100 });
  harness.command("train");
  await failed();
  const before = harness.events.length;
  harness.command("train");
  harness.command("step");
  harness.command("pause");
  await harness.rest();
  expect(harness.events.length).toBe(before);
});

test("a lost device is replaced, and training goes on from the last checkpoint with the rates in force", async () => {
  open({ costs: { step: 50 } });
  await training(130);
  harness.send({ type: "tune", runId: runId(1), beta: 2 });
  await harness.until(() => harness.of("tuned").length === 1);
  harness.backends[0]!.lose();
  await harness.until(() => harness.of("recovered").length === 1);
  const { step, failure, backend } = harness.of("recovered")[0]!;
  expect(failure).toMatchObject({ kind: "device-lost", reason: "unknown", message: "it went away", resumable: true });
  expect(step).toBeGreaterThan(90);
  expect(backend.backend).toBe("webgpu");
  expect(harness.backends.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  const told = harness.rows().length;
  await harness.until(() => harness.rows().length > told + 20);
  expect(harness.rows().slice(told, told + 20)).toEqual(upTo(20).map((i) => step + i));
  expect(harness.trainers.length).toBe(2);
  expect(harness.trainers[0]!.isDisposed).toBe(true);
  expect(harness.trainer.beta).toBe(2);
  expect(harness.of("failed")).toEqual([]);
});

test("a device may be lost again, and at rest", async () => {
  open({ costs: { step: 50 } });
  await training(20);
  harness.backends[0]!.lose();
  await harness.until(() => harness.of("recovered").length === 1);
  expect(harness.of("recovered")[0]!.step).toBe(0); // before the first checkpoint: the seed gives the same run again
  harness.command("pause");
  await harness.untilPhase("paused");
  await harness.rest();
  const { step } = harness.trainer;
  harness.backends[1]!.lose();
  await harness.until(() => harness.of("recovered").length === 2);
  await harness.until(() => harness.of("snapshot").at(-1)!.snapshot.step === step);
  expect(harness.of("recovered")[1]!.step).toBe(step);
  expect(harness.trainer.step).toBe(step); // still paused
});

test("a read that fails just before the device says that it is gone is part of the loss", async () => {
  open({ costs: { step: 50 }, onSleep: () => harness.backends[0]!.lose() });
  await training(10);
  harness.trainer.nextError = new DOMException("Buffer was unmapped", "AbortError");
  await harness.until(() => harness.of("recovered").length === 1);
  harness.session.crash(new Error("an echo that nobody caught"));
  await harness.untilStep(40);
  expect(harness.of("failed")).toEqual([]);
});

test("a device that goes away four times in a minute is given up, and the run can be gone on with", async () => {
  open({ costs: { step: 50 } });
  await training(150);
  for (let loss = 0; loss < 3; loss++) {
    harness.backends[loss]!.lose();
    await harness.until(() => harness.of("recovered").length === loss + 1);
  }
  harness.backends[3]!.lose("destroyed");
  await failed();
  expect(harness.lastFailure()).toMatchObject({ kind: "device-lost", reason: "destroyed", resumable: true });
  await harness.ready(2, SMALL_CONFIG, { from: "checkpoint" });
  expect(harness.of("ready").at(-1)!.report.step).toBe(harness.of("recovered").at(-1)!.step);
});

test("where no other device is to be had the run fails by name", async () => {
  let opened = 0;
  open({
    openBackend: async () => {
      opened += 1;
      if (opened > 1) throw new FailureError({ kind: "no-webgpu", detail: "no-adapter" });
      return new FakeBackend("webgpu");
    },
  });
  await training(10);
  harness.backends[0]!.lose();
  await failed();
  expect(harness.lastFailure()).toMatchObject({ kind: "device-lost", resumable: false });
});

test("where any backend will do, a lost one may be followed by the next rung", async () => {
  open({ openBackend: async () => new FakeBackend(harness.backends.length === 0 ? "webgpu" : "wasm") });
  await training(10);
  harness.backends[0]!.lose();
  await harness.until(() => harness.of("recovered").length === 1);
  expect(harness.of("recovered")[0]!.backend.backend).toBe("wasm");
  await harness.untilStep(40);
});

test("a device that runs out of memory is not asked again", async () => {
  open();
  await training(10);
  harness.backends[0]!.lose("out-of-memory");
  await failed();
  expect(harness.lastFailure()).toMatchObject({ kind: "out-of-memory", backend: "webgpu", message: "it went away" });
  expect(harness.backends.length).toBe(1);
});

test("memory that the engine cannot have is a named failure with the estimate", async () => {
  open();
  await training(10);
  harness.trainer.nextError = new RangeError("Array buffer allocation failed");
  await failed();
  expect(harness.lastFailure()).toMatchObject({ kind: "out-of-memory", backend: "webgpu", bytes: expect.any(Number) });
});

test("an exception in mid-training is an internal failure, and the trainer is freed", async () => {
  open();
  await training(10);
  harness.trainer.nextError = new TypeError("undefined is not iterable");
  await failed();
  expect(harness.lastFailure()).toMatchObject({ kind: "internal", message: "undefined is not iterable" });
  await harness.rest();
  expect(harness.trainer.isDisposed).toBe(true);
});

test("an error that nobody caught stops the run by name; without a run it has no run to blame", async () => {
  open();
  await harness.until(() => harness.events.length === 1);
  harness.session.crash(new Error("stray"));
  await failed();
  expect(harness.of("failed")[0]).toMatchObject({ runId: null, failure: { kind: "internal", message: "stray" } });
  await training(10);
  harness.session.crash(new Error("stray again"));
  await harness.until(() => harness.of("failed").length === 2);
  expect(harness.of("failed")[1]).toMatchObject({ runId: 1, failure: { kind: "internal", message: "stray again" } });
});

test("a file that fails in mid-training stops the run by name; another try goes on where it stood", async () => {
  const corrupt = { kind: "data-corrupt", dataset: "mnist", file: "train-01.bin" } as const;
  let tries = 0;
  open({
    dataset: () => {
      tries += 1;
      const dataset = new FakeDataset(4_000);
      if (tries === 1) dataset.arrive(2_000);
      return dataset;
    },
  });
  const config = { ...SMALL_CONFIG, trainSize: 4_000 };
  await harness.ready(1, config);
  harness.command("train");
  await harness.untilStep(20);
  await harness.rest();
  harness.datasets[0]!.fail(new FailureError(corrupt));
  await failed();
  expect(harness.of("failed")[0]).toMatchObject({ runId: 1, failure: corrupt });
  await harness.ready(2, config, { from: "checkpoint" });
  expect(harness.of("ready").at(-1)!.report.step).toBe(20);
});
