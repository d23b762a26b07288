/** The real worker, with the real digits and the real engine, as the page talks to it. */
import { afterEach, expect, test } from "vitest";
import { startTrainer, type TrainerLink } from "../bridge/start-trainer";
import { decode } from "../model/forward";
import { describeNetwork } from "../model/network";
import type { Command, RunId, TrainerEvent } from "../protocol/messages";
import { DEFAULT_CONFIG, DEFAULT_OPTIONS, type RunConfig } from "../protocol/run-config";

/** Smaller than the default, so that the test is short; every kind of layer is there. */
const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  encoder: [{ units: 64, activation: "relu" }],
  decoder: [{ units: 64, activation: "relu" }],
};
const RUN = 1 as RunId;
const PATIENCE_MS = 120_000;

let link: TrainerLink | undefined;
afterEach(() => link?.close());

function open() {
  const events: TrainerEvent[] = [];
  let wake: (() => void) | null = null;
  const opened = startTrainer((event) => {
    events.push(event);
    if (event.type === "snapshot") opened.send({ type: "acknowledge", runId: event.runId, id: event.snapshot.id });
    wake?.();
  });
  link = opened;
  const of = <Type extends TrainerEvent["type"]>(type: Type) =>
    events.filter((event): event is Extract<TrainerEvent, { readonly type: Type }> => event.type === type);
  return {
    events,
    of,
    send: (command: Command) => opened.send(command),
    objectives: () => of("losses").flatMap(({ columns }) => [...columns.objective!]),
    async until(isMet: () => boolean) {
      while (!isMet()) {
        const [failure] = of("failed");
        if (failure !== undefined) throw new Error(JSON.stringify(failure.failure));
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("prepares, trains until the losses fall, and pauses with everything fresh", { timeout: PATIENCE_MS }, async () => {
  const page = open();
  page.send({
    type: "prepare",
    runId: RUN,
    config: CONFIG,
    options: { ...DEFAULT_OPTIONS, backend: "wasm" },
    from: "start",
    cloudSize: 200,
  });
  await page.until(() => page.of("evaluated").length === 1);
  const { report } = page.of("ready")[0]!;
  expect(report).toMatchObject({ backend: { backend: "wasm", engine: "tfjs" }, stepsPerEpoch: 70, heldOut: 1_000, step: 0 });
  expect(report.examples.labels.length).toBe(200);
  expect(report.floor!.train).toBeCloseTo(45.7, 1); // the digits' entropy, as measured with PyTorch
  // An untrained network answers 1/2 everywhere, 784 ln 2 = 543 nats, and its random outputs cost a few more (measured: 8).
  expect(Math.abs(page.of("evaluated")[0]!.evaluation.reconstruction! - 784 * Math.LN2)).toBeLessThan(15);

  page.send({ type: "train", runId: RUN });
  await page.until(() => page.objectives().length >= 80);
  page.send({ type: "pause", runId: RUN });
  await page.until(() => page.of("phase").at(-1)?.phase === "paused");
  const { step } = page.of("phase").at(-1)!;
  await page.until(() => page.of("evaluated").at(-1)!.evaluation.step === step && page.of("snapshot").at(-1)!.snapshot.step === step);

  const objectives = page.objectives();
  expect(objectives.length).toBe(step);
  expect(mean(objectives.slice(-10))).toBeLessThan(0.6 * mean(objectives.slice(0, 3)));
  expect(page.of("evaluated").at(-1)!.evaluation.objective).toBeLessThan(300);

  // The page decodes the snapshot's weights by itself and finds digits in range.
  const { snapshot } = page.of("snapshot").at(-1)!;
  const picture = decode(describeNetwork(CONFIG, report.image), snapshot.weights, new Float32Array(2), 1);
  expect(picture.every((pixel) => pixel >= 0 && pixel <= 1)).toBe(true);
  expect(snapshot.posteriorMean.length).toBe(200 * 2);
});

test("a run that was paused is offered to a fresh worker, and goes on from there", { timeout: PATIENCE_MS }, async () => {
  const config = { ...CONFIG, seed: 77 };
  const prepare = { type: "prepare", config, options: { ...DEFAULT_OPTIONS, backend: "wasm" }, cloudSize: 20 } as const;
  const first = open();
  first.send({ ...prepare, runId: RUN, from: "start" });
  first.send({ type: "train", runId: RUN });
  await first.until(() => first.objectives().length >= 10);
  first.send({ type: "pause", runId: RUN });
  await first.until(() => first.of("phase").at(-1)?.phase === "paused");
  const { step } = first.of("phase").at(-1)!;
  await first.until(() => first.of("evaluated").at(-1)!.evaluation.step === step);
  await new Promise((resolve) => setTimeout(resolve, 500)); // the checkpoint is written after the evaluation
  link!.close();

  const second = open();
  second.send({ ...prepare, runId: RUN, from: "start" });
  await second.until(() => second.of("ready").length === 1);
  expect(second.of("ready")[0]!.report.checkpoint).toEqual({ step });
  second.send({ ...prepare, runId: 2 as RunId, from: "checkpoint" });
  await second.until(() => second.of("snapshot").at(-1)?.snapshot.step === step);
  expect(second.of("ready").at(-1)!.report.step).toBe(step);
});

test("figures are taken of a model in the worker, whose code comes when they are asked for", { timeout: PATIENCE_MS }, async () => {
  const page = open();
  const prepare = { type: "prepare", runId: RUN, options: { ...DEFAULT_OPTIONS, backend: "wasm" }, from: "start", cloudSize: 20 } as const;
  page.send({ ...prepare, config: { ...CONFIG, trainSize: 2_000, reconstruction: "bernoulli" } });
  page.send({ type: "judge", runId: RUN, request: { importanceSamples: 8, images: 100 } });
  await page.until(() => page.of("judged").length === 1);
  const { posterior, codes, baseline } = page.of("judged")[0]!.figures!;
  expect(posterior!.importance.map(({ samples }) => samples)).toEqual([1, 8]);
  expect(posterior!.importance[1]!.bound).toBeGreaterThanOrEqual(posterior!.importance[0]!.bound);
  // Of digits: 1 % to 20 % wrong by their pixels, black and white among 2,000.
  expect(codes!.pixelKnnAccuracy).toBeGreaterThan(0.8);
  expect(baseline!.pcaSquaredError).toBeLessThan(baseline!.modelSquaredError); // an untrained model
  expect(page.of("judging").length).toBeGreaterThan(0);
});

test("what a GAN makes is told apart by the classifier that ships", { timeout: PATIENCE_MS }, async () => {
  const page = open();
  const prepare = { type: "prepare", runId: RUN, options: { ...DEFAULT_OPTIONS, backend: "wasm" }, from: "start", cloudSize: 600 } as const;
  page.send({ ...prepare, config: { ...CONFIG, model: "gan" } });
  await page.until(() => page.of("snapshot").length > 0);
  const { adversarial } = page.of("snapshot")[0]!.snapshot;
  expect(adversarial!.classifierAccuracy).toBeGreaterThan(0.9);
  expect([adversarial!.drawClasses!.length, adversarial!.fakeScores.length, adversarial!.realScores.length]).toEqual([512, 512, 512]);
  page.send({ type: "judge", runId: RUN, request: { importanceSamples: 1, images: 600 } });
  await page.until(() => page.of("judged").length === 1);
  const { coverage } = page.of("judged")[0]!.figures!;
  expect(coverage).toMatchObject({ draws: 600, classifierAccuracy: adversarial!.classifierAccuracy });
});
