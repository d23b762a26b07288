/** Sessions of other families with the real engine on its slowest rung, in Node. */
import { afterEach, expect, test } from "vitest";
import { decode } from "../model/forward";
import { describeNetwork } from "../model/network";
import type { RunConfig } from "../protocol/run-config";
import { FakeDataset, nextTask, runId, SessionHarness, SMALL_CONFIG } from "../testing/session-harness";
import { enginePorts } from "./ports";

const BASE: RunConfig = { ...SMALL_CONFIG, trainSize: 200, batchSize: 20, learningRate: 0.02, beta: 0.2 };
const onCpu = { options: { backend: "cpu" } } as const;
const IMAGE = { height: 2, width: 2, channels: 1 };

const paint = (images: Uint8Array, labels: Uint8Array) => {
  for (let i = 0; i < images.length; i++) images[i] = Math.floor(i / 2) % 2 === labels[i >> 2] ? 250 : 5;
};

/** Class 0 has its upper row white, class 1 its lower one. */
function stripes(): FakeDataset {
  const dataset = new FakeDataset(BASE.trainSize, 40);
  paint(dataset.training, dataset.trainingLabels);
  paint(dataset.heldOut, dataset.heldOutLabels);
  return dataset;
}

/** Real arithmetic on a machine that may be busy: a second or two of work. */
const PATIENCE_MS = 60_000;

let harness: SessionHarness;
const open = () =>
  (harness = new SessionHarness({ dataset: stripes, ports: { ...enginePorts, now: () => performance.now(), sleep: () => nextTask() } }));
afterEach(() => harness.close());

async function trained(config: RunConfig, steps: number): Promise<void> {
  open();
  await harness.ready(1, config, onCpu);
  harness.command("train");
  await harness.untilStep(steps);
  harness.command("pause");
  await harness.untilPhase("paused");
  await harness.until(() => harness.of("evaluated").at(-1)!.evaluation.step === harness.of("phase").at(-1)!.step);
  await harness.until(() => harness.of("snapshot").at(-1)!.snapshot.step === harness.of("phase").at(-1)!.step);
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

test(
  "a GAN trains, and what is shown of it is the model",
  async () => {
    const config: RunConfig = { ...BASE, model: "gan", learningRate: 0.01, adamBeta1: 0.5, batchSize: 50 };
    await trained(config, 300);
    const { columns } = harness.of("losses").at(-1)!;
    expect(Object.keys(columns)).toEqual(["step", "discriminator", "generator", "realScore", "fakeScore"]);
    const { snapshot } = harness.of("snapshot").at(-1)!;
    const { draws, fakeScores, realScores } = snapshot.adversarial!;
    const network = describeNetwork(config, IMAGE);
    const shown = decode(network, snapshot.weights, draws.slice(0, 8 * config.latentDim), 8);
    // The page's own float32 forward pass, which adds in another order.
    snapshot.reconstructions.forEach((value, i) => expect(value).toBeCloseTo(shown[i]!, 4));
    expect([...snapshot.exampleLosses]).toEqual([...fakeScores.subarray(0, 8)]);
    expect([fakeScores.length, realScores.length]).toEqual([512, 8]);
    const { evaluation } = harness.of("evaluated").at(-1)!;
    for (const score of [evaluation.realScore!, evaluation.fakeScore!]) {
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
    }
  },
  PATIENCE_MS,
);

test(
  "a GAN is stepped one side at a time: the other side stays as it is",
  async () => {
    const config: RunConfig = { ...BASE, model: "gan" };
    open();
    await harness.ready(1, config, onCpu);
    harness.send({ type: "step", runId: runId(1), part: "discriminator" });
    await harness.until(() => harness.of("snapshot").at(-1)!.snapshot.step === 1);
    harness.send({ type: "step", runId: runId(1), part: "generator" });
    await harness.until(() => harness.of("snapshot").at(-1)!.snapshot.step === 2);
    const at = (step: number) => harness.of("snapshot").find(({ snapshot }) => snapshot.step === step)!.snapshot.weights;
    expect(at(1)["encoder.0.weight"]).not.toEqual(at(0)["encoder.0.weight"]);
    expect(at(1)["output.weight"]).toEqual(at(0)["output.weight"]);
    expect(at(2)["encoder.0.weight"]).toEqual(at(1)["encoder.0.weight"]);
    expect(at(2)["output.weight"]).not.toEqual(at(1)["output.weight"]);
    expect(harness.rows()).toEqual([1, 2]);
  },
  PATIENCE_MS,
);

test(
  "a conditional VAE decodes one code as the class that it is told",
  async () => {
    const config: RunConfig = { ...BASE, conditional: true, beta: 1 };
    await trained(config, 300);
    const { snapshot } = harness.of("snapshot").at(-1)!;
    const network = describeNetwork(config, IMAGE);
    const prior = new Float32Array(4); // the middle of the plane, twice
    const [upper, lower] = [Uint8Array.of(0, 1)].flatMap((labels) => {
      const pixels = decode(network, snapshot.weights, prior, 2, labels);
      return [pixels.subarray(0, 4), pixels.subarray(4)];
    });
    expect(upper![0]! - upper![2]!).toBeGreaterThan(0.5);
    expect(lower![2]! - lower![0]!).toBeGreaterThan(0.5);
  },
  PATIENCE_MS,
);

test(
  "figures of a real model under a likelihood: bounds rise with k, codes tell the classes, and its ELBO is the evaluation's",
  async () => {
    const config: RunConfig = { ...BASE, reconstruction: "bernoulli" };
    await trained(config, 400);
    harness.send({ type: "judge", runId: runId(1), request: { importanceSamples: 64, images: 40 } });
    await harness.until(() => harness.of("judged").length === 1);
    const figures = harness.of("judged")[0]!.figures!;
    const { evaluation } = harness.of("evaluated").at(-1)!;
    expect(figures).toMatchObject({ step: evaluation.step, images: 40 });
    const { posterior, codes, baseline } = figures;
    expect(posterior!.isLikelihood).toBe(true);
    expect(posterior!.kl).toBeCloseTo(evaluation.kl!, 4); // the same images, black and white alike
    // Another draw of z for each image.
    expect(Math.abs(posterior!.elbo - evaluation.elbo!)).toBeLessThan(0.3);
    const bounds = posterior!.importance.map(({ bound }) => bound);
    expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
    expect(codes!.knnAccuracy).toBeGreaterThan(0.9);
    expect(codes!.pixelKnnAccuracy).toBeGreaterThan(0.9);
    expect(baseline!.components).toBe(2);
    expect(mean(posterior!.meanVariance)).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);

test(
  "weights given to a run are those it starts with, and it trains on from them",
  async () => {
    await trained(BASE, 100);
    const { weights, step } = harness.of("snapshot").at(-1)!.snapshot;
    const objective = harness.of("evaluated").at(-1)!.evaluation.objective!;
    await harness.ready(2, BASE, { ...onCpu, from: { weights } });
    expect(step).toBeGreaterThan(0);
    expect(harness.of("snapshot").at(-1)!.snapshot).toMatchObject({ step: 0, weights });
    // Same weights, same images, same noise: the same number.
    expect(harness.of("evaluated").at(-1)!.evaluation.objective).toBeCloseTo(objective, 4);
    harness.command("train", 2);
    await harness.untilStep(20);
  },
  PATIENCE_MS,
);
