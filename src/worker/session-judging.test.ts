/** Figures of merit: asked for, waited for, stopped, and taken by themselves at the end of a run. */
import { afterEach, expect, test } from "vitest";
import { FINAL_REQUEST, type FiguresRequest } from "../protocol/figures";
import type { RunConfig } from "../protocol/run-config";
import type { FakeTrainer } from "../testing/fake-trainer";
import { FakeDataset, runId, SessionHarness, SMALL_CONFIG, type HarnessOptions } from "../testing/session-harness";

let harness: SessionHarness;
const open = (options?: HarnessOptions) => (harness = new SessionHarness(options));
afterEach(() => harness.close());

const judge = (request: FiguresRequest = { importanceSamples: 4, images: 10 }, id = 1) =>
  harness.send({ type: "judge", runId: runId(id), request });
const answers = () => harness.of("judged").map(({ figures }) => figures);
const passes = () => (harness.trainer as FakeTrainer).judged.length;

test("a model at rest is judged as it stands, with its step and sample size", async () => {
  open();
  await harness.ready();
  harness.command("step");
  await harness.untilStep(1);
  await harness.rest();
  judge({ importanceSamples: 64, images: 10 });
  await harness.until(() => answers().length === 1);
  expect(answers()[0]).toMatchObject({ step: 1, images: 10, codes: { referenceImages: 1_000 }, coverage: null });
  expect(answers()[0]!.posterior!.importance.map(({ samples }) => samples)).toEqual([1, 8, 64]);
  expect(passes()).toBe(64);
});

test("how far it has come is told a few times a second", async () => {
  open({ costs: { judgement: 50 } });
  await harness.ready();
  const began = harness.clock.ms;
  judge({ importanceSamples: 100, images: 10 });
  await harness.until(() => answers().length === 1);
  const seconds = (harness.clock.ms - began) / 1_000;
  const told = harness.of("judging");
  expect(told.length).toBeGreaterThan(2 * seconds);
  expect(told.length).toBeLessThanOrEqual(4 * seconds + 1);
  expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
  for (const { done, total } of told) expect(done).toBeLessThanOrEqual(total);
});

test("training waits, goes on afterwards, and pays nothing for it", async () => {
  open({ costs: { judgement: 500 } });
  await harness.ready();
  harness.command("train");
  await harness.untilStep(50);
  judge();
  await harness.until(() => harness.of("judging").length > 0);
  const { step } = harness.trainer;
  await harness.until(() => answers().length === 1);
  expect(answers()[0]!.step).toBe(step);
  expect(harness.trainer.step).toBe(step);
  expect(harness.of("phase").at(-1)!.phase).toBe("training");
  await harness.untilStep(step + 500);
  // Four passes of half a second each are neither training time nor what training pays for.
  const { pace } = harness.of("losses").at(-1)!;
  expect(pace!.msPerStep).toBeCloseTo(1, 1);
  expect(pace!.snapshotShare).toBeLessThan(0.2);
  expect(harness.rows()).toEqual(Array.from({ length: harness.rows().length }, (_, i) => i + 1));
});

test("a pause gets in between two pieces", async () => {
  open();
  await harness.ready();
  harness.command("train");
  await harness.untilStep(20);
  judge({ importanceSamples: 512, images: 10 });
  await harness.until(() => harness.of("judging").length > 0);
  harness.command("pause");
  await harness.untilPhase("paused");
  expect(answers()).toEqual([]);
  await harness.until(() => answers().length === 1);
  expect(answers()[0]!.step).toBe(harness.trainer.step);
});

test("stopped, it says so and does no more", async () => {
  open();
  await harness.ready();
  judge({ importanceSamples: 512, images: 10 });
  await harness.until(() => harness.of("judging").length > 0);
  harness.send({ type: "stop-judging", runId: runId(1) });
  await harness.until(() => answers().length === 1);
  expect(answers()).toEqual([null]);
  const done = passes();
  await harness.rest();
  expect(passes()).toBe(done);
  expect(done).toBeLessThan(512);
});

test("another request takes the place of the one before it, which is not answered", async () => {
  open();
  await harness.ready();
  judge({ importanceSamples: 512, images: 10 });
  await harness.until(() => harness.of("judging").length > 0);
  judge({ importanceSamples: 1, images: 7 });
  await harness.until(() => answers().length === 1);
  await harness.rest();
  expect(answers().map((figures) => figures?.images)).toEqual([7]);
});

test("a step makes it another model: what was under way is given up", async () => {
  open();
  await harness.ready();
  judge({ importanceSamples: 512, images: 10 });
  await harness.until(() => harness.of("judging").length > 0);
  harness.command("step");
  await harness.untilStep(1);
  await harness.rest();
  expect(answers()).toEqual([null]);
});

test("at the end of a run figures are taken unasked, after the last snapshot and evaluation", async () => {
  open();
  await harness.ready(1, SMALL_CONFIG, { options: { epochs: 3 } });
  harness.command("train");
  await harness.until(() => answers().length === 1);
  expect(answers()[0]).toMatchObject({ step: 30, images: 20 }); // all that are held out
  expect(answers()[0]!.posterior!.importance.at(-1)!.samples).toBe(FINAL_REQUEST.importanceSamples);
  const last = harness.said.map(({ type }) => type).filter((type) => ["snapshot", "evaluated", "judged"].includes(type));
  expect(last.at(-1)).toBe("judged");
  expect(harness.of("evaluated").at(-1)!.evaluation.step).toBe(30);
  expect(harness.of("snapshot").at(-1)!.snapshot.step).toBe(30);
  await harness.rest();
  expect(answers().length).toBe(1);
});

test.each<[string, Partial<RunConfig>, object]>([
  ["an autoencoder", { model: "ae" }, { posterior: null, codes: { neighbours: 5 }, coverage: null }],
  ["a GAN that no classifier knows", { model: "gan" }, { posterior: null, codes: null, baseline: null, coverage: null }],
])("%s has the figures of its family", async (_, change, wanted) => {
  open();
  await harness.ready(1, { ...SMALL_CONFIG, ...change });
  judge();
  await harness.until(() => answers().length === 1);
  expect(answers()[0]).toMatchObject(wanted);
});

test("waits for images that are not here, and can be stopped while it waits", async () => {
  const config = { ...SMALL_CONFIG, trainSize: 4_000 };
  open({
    dataset: () => {
      const dataset = new FakeDataset(config.trainSize);
      dataset.arrive(2_000);
      return dataset;
    },
  });
  await harness.ready(1, config);
  judge();
  await harness.rest();
  harness.send({ type: "stop-judging", runId: runId(1) });
  await harness.until(() => answers().length === 1);
  judge();
  await harness.rest();
  expect(answers()).toEqual([null]);
  harness.datasets[0]!.arrive(config.trainSize);
  await harness.until(() => answers().length === 2);
  expect(answers()[1]!.codes!.referenceImages).toBe(4_000);
});

test("a run that has failed is not judged", async () => {
  open();
  await harness.ready(1, { ...SMALL_CONFIG, learningRate: 100 });
  harness.command("train");
  await harness.until(() => harness.of("failed").length === 1);
  judge();
  await harness.until(() => answers().length === 1);
  expect(answers()).toEqual([null]);
});

test("a device that goes away takes what was under way with it, and the run goes on", async () => {
  open();
  await harness.ready();
  judge({ importanceSamples: 512, images: 10 });
  await harness.until(() => harness.of("judging").length > 0);
  harness.backends[0]!.lose();
  await harness.until(() => harness.of("recovered").length === 1);
  expect(answers()).toEqual([null]);
  judge();
  await harness.until(() => answers().length === 2);
  expect(answers()[1]!.step).toBe(0);
});

test("another run ends it without a word", async () => {
  open();
  await harness.ready();
  judge({ importanceSamples: 512, images: 10 });
  await harness.until(() => harness.of("judging").length > 0);
  await harness.ready(2);
  expect(answers()).toEqual([]);
});
