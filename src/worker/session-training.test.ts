/** The training loop, its three clocks and the commands that reach into it. */
import { afterEach, expect, test } from "vitest";
import { CHUNK_IMAGES } from "../protocol/datasets";
import { FakeDataset, nextTask, runId, SessionHarness, SMALL_CONFIG, type HarnessOptions } from "../testing/session-harness";

let harness: SessionHarness;
const open = (options?: HarnessOptions) => (harness = new SessionHarness(options));
afterEach(() => harness.close());

const upTo = (step: number) => Array.from({ length: step }, (_, i) => i + 1);

test("the losses of every step are told once, in order, no more than ten times a second", async () => {
  open();
  await harness.ready();
  const began = harness.clock.ms;
  harness.command("train");
  await harness.untilStep(3_000);
  const posts = harness.of("losses").length;
  const seconds = (harness.clock.ms - began) / 1_000;
  harness.command("pause");
  await harness.untilPhase("paused");
  expect(harness.rows()).toEqual(upTo(harness.trainer.step));
  // Each snapshot is also preceded by the losses up to its step, at most five times a second.
  expect(posts / seconds).toBeLessThan(16);
});

test("on a fast backend a slice is as many steps as fit in its time", async () => {
  open({ costs: { step: 0.2 } });
  await harness.ready();
  harness.command("train");
  await harness.untilStep(5_000);
  const longest = Math.max(...harness.trainer.slices) * 0.2;
  expect(longest).toBeGreaterThan(10);
  expect(longest).toBeLessThanOrEqual(16);
});

test("on a slow backend a slice is one step", async () => {
  open({ costs: { step: 400 } });
  await harness.ready();
  harness.command("train");
  await harness.untilStep(10);
  expect(new Set(harness.trainer.slices)).toEqual(new Set([1]));
});

test("a pause gets in within one slice", async () => {
  open({ costs: { step: 400 } });
  await harness.ready();
  harness.command("train");
  await harness.untilStep(3);
  const before = harness.trainer.slices.length;
  harness.command("pause");
  await harness.untilPhase("paused");
  // The slice under way when it was sent, and the one begun before its message arrived.
  expect(harness.trainer.slices.length - before).toBeLessThanOrEqual(2);
  const { step } = harness.trainer;
  await harness.rest();
  expect(harness.trainer.step).toBe(step);
});

test("a pause ends with losses, snapshot and evaluation of the step it stands at", async () => {
  open();
  await harness.ready();
  harness.command("train");
  await harness.untilStep(123);
  harness.command("pause");
  await harness.untilPhase("paused");
  await harness.rest();
  const { step } = harness.trainer;
  expect(harness.of("phase").at(-1)).toMatchObject({ phase: "paused", step });
  expect(harness.rows().at(-1)).toBe(step);
  expect(harness.of("snapshot").at(-1)!.snapshot.step).toBe(step);
  expect(harness.of("evaluated").at(-1)!.evaluation.step).toBe(step);
});

const EARLY = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

test("without an acknowledgement there is one snapshot and the run's beginning, and training does not wait for it", async () => {
  open({ acknowledges: false });
  await harness.ready();
  harness.command("train");
  await harness.untilStep(5_000);
  const steps = () => harness.of("snapshot").map(({ snapshot }) => snapshot.step);
  expect(steps()).toEqual([0, ...EARLY]);
  harness.command("pause");
  await harness.untilPhase("paused");
  await harness.rest();
  expect(steps()).toEqual([0, ...EARLY]);
  harness.send({ type: "acknowledge", runId: runId(1), id: 5 }); // painted, but not the last
  await harness.rest();
  expect(steps()).toEqual([0, ...EARLY]);
  harness.send({ type: "acknowledge", runId: runId(1), id: 11 });
  await harness.until(() => harness.of("snapshot").length === 12);
  expect(harness.of("snapshot")[11]!.snapshot).toMatchObject({ id: 12, step: harness.trainer.step });
});

test("however fast the backend, a run has a film of its beginning", async () => {
  open({ costs: { step: 0.02 } }); // 50,000 steps a second
  await harness.ready();
  harness.command("train");
  await harness.untilStep(20_000);
  const steps = harness.of("snapshot").map(({ snapshot }) => snapshot.step);
  expect(EARLY.filter((step) => !steps.includes(step))).toEqual([]);
});

test("where a snapshot is dear the beginning is not bought with more than a fifth of the time", async () => {
  open({ costs: { step: 1, snapshot: 60 } });
  await harness.ready();
  const began = harness.clock.ms;
  harness.command("train");
  await harness.untilStep(600);
  const spent = 60 * (harness.of("snapshot").length - 1); // the first was made at rest
  expect(spent).toBeGreaterThan(0);
  expect(spent - 200 - 60).toBeLessThan(0.2 * (harness.clock.ms - began)); // besides the savings, and the one that ran over them
});

test("the first snapshots of a run come by step, so that something moves at once", async () => {
  open({ costs: { step: 20 } });
  await harness.ready();
  harness.command("train");
  await harness.untilStep(40);
  const steps = harness.of("snapshot").map(({ snapshot }) => snapshot.step);
  expect(steps.slice(0, 3)).toEqual([0, 1, 2]);
});

test.each([
  ["a fast backend", { step: 1, snapshot: 20, evaluation: 60, checkpoint: 10 }],
  ["a slow backend", { step: 100, snapshot: 160, evaluation: 300, checkpoint: 10 }],
  ["costly evaluations", { step: 100, snapshot: 160, evaluation: 2_500, checkpoint: 10 }],
])("on %s snapshots, evaluations and checkpoints take at most a fifth of the time, and the pace says what they take", async (_, costs) => {
  open({ costs });
  await harness.ready(1, { ...SMALL_CONFIG, batchSize: 10 });
  const [began, snapshots, evaluations] = [harness.clock.ms, harness.of("snapshot").length, harness.of("evaluated").length];
  harness.command("train");
  await harness.until(() => harness.clock.ms - began > 60_000);
  const spent = harness.clock.ms - began;
  const training = harness.trainer.step * costs.step;
  expect((spent - training) / spent).toBeLessThan(0.2);
  const shown = harness.of("snapshot").length - snapshots;
  expect(shown).toBeGreaterThan(20); // alive all the same: 60 s at 100 ms a step
  const told = shown * costs.snapshot + (harness.of("evaluated").length - evaluations) * costs.evaluation;
  const shares = harness.of("losses").map(({ pace }) => pace?.snapshotShare ?? 0);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  // Checkpoints count in, and the mean is over posts, not over time.
  expect(Math.abs(mean - told / spent)).toBeLessThan(0.05);
});

test("the held-out images are judged at the end of every epoch", async () => {
  open({ costs: { step: 200 } });
  await harness.ready();
  harness.command("train");
  await harness.untilStep(45);
  expect(harness.of("evaluated").map(({ evaluation }) => evaluation.step)).toEqual([0, 10, 20, 30, 40]);
  expect(harness.of("evaluated")[1]!.evaluation).toMatchObject({ images: 20 });
});

test("of epochs that take a moment about one a second is judged", async () => {
  open({ costs: { step: 1, evaluation: 5 } });
  await harness.ready();
  const began = harness.clock.ms;
  harness.command("train");
  await harness.until(() => harness.clock.ms - began > 20_000);
  const steps = harness.of("evaluated").map(({ evaluation }) => evaluation.step);
  expect(steps.every((step) => step % 10 === 0)).toBe(true);
  expect(steps.length).toBeGreaterThan(12);
  expect(steps.length).toBeLessThanOrEqual(22);
});

test("a run with an end stops there, with everything fresh, and stays finished", async () => {
  open();
  await harness.ready(1, SMALL_CONFIG, { options: { epochs: 3 } });
  harness.command("train");
  await harness.untilPhase("finished");
  await harness.rest();
  expect(harness.rows()).toEqual(upTo(30));
  expect(harness.of("snapshot").at(-1)!.snapshot.step).toBe(30);
  expect(harness.of("evaluated").at(-1)!.evaluation.step).toBe(30);
  harness.command("train");
  harness.command("step");
  await harness.rest();
  expect(harness.trainer.step).toBe(30);
  expect(harness.of("phase").at(-1)!.phase).toBe("finished");
  expect([...harness.storage.saved.keys()]).toEqual([]); // nothing to offer after a reload
});

test("a finished run goes on when it is prepared again with more epochs", async () => {
  open();
  await harness.ready(1, SMALL_CONFIG, { options: { epochs: 3 } });
  harness.command("train");
  await harness.untilPhase("finished");
  await harness.rest();
  await harness.ready(2, SMALL_CONFIG, { options: { epochs: 4 }, from: "checkpoint" });
  expect(harness.of("ready").at(-1)!.report.step).toBe(30);
  harness.command("train", 2);
  await harness.untilPhase("finished");
  expect(harness.trainer.step).toBe(40);
});

test("step is one update, its losses and a snapshot, and leaves the run paused", async () => {
  open();
  await harness.ready();
  harness.command("step");
  await harness.until(() => harness.of("snapshot").length === 2);
  await harness.rest();
  expect(harness.rows()).toEqual([1]);
  expect(harness.of("snapshot")[1]!.snapshot.step).toBe(1);
  expect(harness.of("phase").at(-1)).toMatchObject({ phase: "paused", step: 1 });
  expect(harness.of("evaluated").map(({ evaluation }) => evaluation.step)).toEqual([0, 1]); // 10 ms: cheap
});

test("where an evaluation is dear, a step goes without one", async () => {
  open({ costs: { evaluation: 900 } });
  await harness.ready();
  harness.command("step");
  harness.command("step");
  await harness.untilStep(2);
  await harness.rest();
  expect(harness.of("evaluated").map(({ evaluation }) => evaluation.step)).toEqual([0]);
});

test("step in mid-training stops after one more update", async () => {
  open();
  await harness.ready();
  harness.command("train");
  await harness.untilStep(50);
  harness.command("step");
  await harness.untilPhase("paused");
  await harness.rest();
  expect(harness.rows()).toEqual(upTo(harness.trainer.step));
});

test("rates change between two steps, and the answer names the step", async () => {
  open();
  await harness.ready();
  harness.command("train");
  await harness.untilStep(40);
  harness.send({ type: "tune", runId: runId(1), beta: 3 });
  await harness.until(() => harness.of("tuned").length === 1);
  const { step, beta, learningRate } = harness.of("tuned")[0]!;
  expect({ beta, learningRate }).toEqual({ beta: 3, learningRate: SMALL_CONFIG.learningRate });
  await harness.untilStep(step + 20);
  for (const { columns } of harness.of("losses")) {
    columns.step.forEach((row, i) => {
      const weight = Math.round((columns.objective![i]! - columns.reconstruction![i]!) / columns.kl![i]!);
      expect(weight).toBe(row <= step ? 1 : 3);
    });
  }
});

test("a rate out of its range is not taken", async () => {
  open();
  await harness.ready();
  harness.send({ type: "tune", runId: runId(1), learningRate: Number.NaN, beta: -1 });
  await harness.until(() => harness.of("tuned").length === 1);
  expect(harness.of("tuned")[0]).toMatchObject({ learningRate: SMALL_CONFIG.learningRate, beta: SMALL_CONFIG.beta });
});

test("other examples are reconstructed at once, also at rest, and stay chosen after a reset", async () => {
  open();
  await harness.ready();
  harness.send({ type: "choose-examples", runId: runId(1), indices: [5, 3, 99, -1] });
  await harness.until(() => harness.of("snapshot").length === 2);
  expect(harness.of("snapshot")[1]!.snapshot).toMatchObject({ step: 0, exampleIndices: [5, 3] });
  await harness.ready(2);
  expect(harness.of("snapshot").at(-1)!.snapshot.exampleIndices).toEqual([5, 3]);
});

test("training starts with the first file, waits for the next without deafness, and goes on when it comes", async () => {
  const config = { ...SMALL_CONFIG, trainSize: 2 * CHUNK_IMAGES };
  open({
    dataset: () => {
      const dataset = new FakeDataset(config.trainSize);
      dataset.arrive(CHUNK_IMAGES);
      return dataset;
    },
  });
  await harness.ready(1, config);
  harness.command("train");
  await harness.untilStep(20); // 2,000 images in batches of 100
  await harness.rest();
  expect(harness.trainer.step).toBe(20);
  harness.command("pause");
  await harness.untilPhase("paused");
  harness.command("train");
  await harness.rest();
  expect(harness.trainer.step).toBe(20);
  harness.datasets[0]!.arrive(config.trainSize);
  await harness.untilStep(45);
  expect(harness.rows().slice(0, 45)).toEqual(upTo(45));
});

test("held-out images that come late are judged as soon as all are here", async () => {
  open({
    dataset: () => {
      const dataset = new FakeDataset(SMALL_CONFIG.trainSize);
      dataset.arrive(SMALL_CONFIG.trainSize, 10);
      return dataset;
    },
  });
  harness.prepare(1);
  await harness.until(() => harness.of("snapshot").length === 1);
  await harness.rest();
  expect(harness.of("evaluated")).toEqual([]);
  harness.datasets[0]!.arrive(SMALL_CONFIG.trainSize, 20);
  await harness.until(() => harness.of("evaluated").length === 1);
});

test("on a backend that queues, no more than two readings' worth of steps is under way", async () => {
  const waiting: (() => void)[] = [];
  let release = false;
  // Without acknowledgements no snapshot gets in between, once the early ones are past.
  open({
    acknowledges: false,
    costs: { step: 20 },
    whenDone: () => (release ? nextTask() : new Promise((resolve) => waiting.push(resolve))),
  });
  await harness.ready();
  release = true;
  harness.command("train");
  await harness.untilStep(600);
  release = false;
  await harness.rest();
  const step = harness.trainer.step;
  await harness.rest();
  expect(waiting.length).toBe(2);
  expect(harness.trainer.step).toBe(step);
  release = true;
  for (const resolve of waiting) resolve();
  await harness.untilStep(step + 30);
  harness.command("pause");
  await harness.untilPhase("paused");
  expect(harness.rows()).toEqual(upTo(harness.trainer.step));
});
