/** Runs of other families than the plain autoencoder: GANs, conditional models, runs from given weights. */
import { afterEach, describe, expect, test } from "vitest";
import { fixedDraws } from "../engine/figures/fixed-draws";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import type { RunConfig } from "../protocol/run-config";
import { FAKE_SCORE, type FakeAdversarialTrainer, type FakeTrainer } from "../testing/fake-trainer";
import { FakeDataset, runId, SessionHarness, SMALL_CONFIG, type HarnessOptions } from "../testing/session-harness";
import { STAGE_DRAWS } from "./adversarial-snapshot";

let harness: SessionHarness;
const open = (options?: HarnessOptions) => (harness = new SessionHarness(options));
afterEach(() => harness.close());

const upTo = (step: number) => Array.from({ length: step }, (_, i) => i + 1);
const GAN: RunConfig = { ...SMALL_CONFIG, model: "gan" };
const IMAGE = { height: 2, width: 2, channels: 1 };

describe("a GAN", () => {
  test("trains, is judged and comes to rest with the terms that it has", async () => {
    open();
    await harness.ready(1, GAN);
    harness.command("train");
    await harness.untilStep(200);
    harness.command("pause");
    await harness.untilPhase("paused");
    await harness.rest();
    expect(harness.rows()).toEqual(upTo(harness.trainer.step));
    const { columns } = harness.of("losses")[0]!;
    expect(Object.keys(columns)).toEqual(["step", "discriminator", "generator", "realScore", "fakeScore"]);
    expect(columns.generator!.length).toBe(columns.step.length);
    const { evaluation } = harness.of("evaluated").at(-1)!;
    expect(evaluation).toMatchObject({ step: harness.trainer.step, images: 20, discriminator: 1.25 });
    expect(evaluation).not.toHaveProperty("objective");
    expect(harness.of("ready")[0]!.report.floor).toBeNull();
  });

  test("is shown by draws that stay the same, and scores of as many images", async () => {
    const classifier = { accuracy: 0.98, heldOut: 1_000, classify: (_: unknown, count: number) => new Uint8Array(count).fill(3) };
    open({ ports: { loadClassifier: () => Promise.resolve(classifier) } });
    await harness.ready(1, GAN);
    harness.command("step");
    await harness.until(() => harness.of("snapshot").length === 2);
    const [first, second] = harness.of("snapshot").map(({ snapshot }) => snapshot);
    expect(first!.adversarial!.draws).toEqual(fixedDraws(GAN.seed, GAN.latentDim, STAGE_DRAWS));
    expect(second!.adversarial!.draws).toEqual(first!.adversarial!.draws);
    expect(second!.adversarial!.fakeScores).toEqual(new Float32Array(STAGE_DRAWS).fill(FAKE_SCORE));
    expect(second!.adversarial!.realScores.length).toBe(8); // no more are in the cloud
    expect(second!.adversarial!.drawClasses).toEqual(new Uint8Array(STAGE_DRAWS).fill(3));
    expect(second!.adversarial!.classifierAccuracy).toBe(0.98);
    expect([second!.posteriorMean.length, second!.posteriorLogVar]).toEqual([0, null]);
    expect(second!.exampleIndices.length).toBe(8);
    expect(second!.reconstructions).toEqual(new Float32Array(8 * 4).fill(0.5));
    expect(second!.exampleLosses).toEqual(new Float32Array(8).fill(FAKE_SCORE));
  });

  test("does without a classifier", async () => {
    open();
    await harness.ready(1, GAN);
    expect(harness.of("snapshot")[0]!.snapshot.adversarial).toMatchObject({ drawClasses: null, classifierAccuracy: null });
  });

  test("steps one side alone, or both", async () => {
    open();
    await harness.ready(1, GAN);
    harness.send({ type: "step", runId: runId(1), part: "discriminator" });
    harness.send({ type: "step", runId: runId(1), part: "generator" });
    harness.send({ type: "step", runId: runId(1), part: "both" });
    harness.command("step");
    await harness.untilStep(4);
    expect((harness.trainer as FakeAdversarialTrainer).parts).toEqual(["discriminator", "generator"]);
    expect(harness.rows()).toEqual([1, 2, 3, 4]);
    expect(harness.of("phase").at(-1)).toMatchObject({ phase: "paused" });
  });

  test("with several updates of the discriminator waits for the images of them all", async () => {
    const config = { ...GAN, discriminatorSteps: 3, trainSize: 4_000 };
    open({
      dataset: () => {
        const dataset = new FakeDataset(config.trainSize);
        dataset.arrive(2_000);
        return dataset;
      },
    });
    await harness.ready(1, config);
    harness.command("train");
    await harness.untilStep(6); // 18 batches of 100
    await harness.rest();
    expect(harness.trainer.step).toBe(6);
    harness.datasets[0]!.arrive(config.trainSize);
    await harness.untilStep(12);
  });

  test("whose loss leaves all bounds is stopped, and goes back to the last good checkpoint", async () => {
    open();
    await harness.ready(1, { ...GAN, learningRate: 50 });
    harness.command("train");
    await harness.until(() => harness.of("failed").length === 1);
    expect(harness.lastFailure()).toMatchObject({ kind: "diverged", term: "generator", lastGoodStep: 0 });
    harness.send({ type: "rewind", runId: runId(1), learningRate: 0.001 });
    await harness.untilPhase("paused");
    expect(harness.of("phase").at(-1)).toMatchObject({ phase: "paused", step: 0 });
  });

  test("is gone on with from a checkpoint", async () => {
    open();
    await harness.ready(1, GAN);
    harness.command("train");
    await harness.untilStep(30);
    harness.command("pause");
    await harness.untilPhase("paused");
    await harness.rest();
    const { step } = harness.trainer;
    await harness.ready(2, GAN, { from: "checkpoint" });
    expect(harness.of("ready").at(-1)!.report.step).toBe(step);
  });
});

describe("a conditional model", () => {
  const config: RunConfig = { ...SMALL_CONFIG, conditional: true };

  test("is told the labels of all images it is shown", async () => {
    open();
    await harness.ready(1, config);
    harness.send({ type: "choose-examples", runId: runId(1), indices: [5, 2] });
    await harness.until(() => harness.of("snapshot").length === 2);
    const trainer = harness.trainer as FakeTrainer;
    const { heldOut, heldOutLabels, trainingLabels } = harness.datasets[0]!;
    expect(trainer.inputs.training.labels).toEqual(trainingLabels);
    expect(trainer.evaluated[0]).toEqual({ pixels: heldOut, count: 20, labels: heldOutLabels });
    expect(trainer.encoded[0]).toEqual({ pixels: heldOut.slice(0, 8 * 4), count: 8, labels: heldOutLabels.slice(0, 8) });
    expect(trainer.reconstructed.at(-1)).toEqual({
      pixels: Uint8Array.from([...heldOut.subarray(20, 24), ...heldOut.subarray(8, 12)]),
      count: 2,
      labels: Uint8Array.of(1, 0),
      places: [5, 2],
    });
  });
});

describe("weights that are given", () => {
  const network = describeNetwork(SMALL_CONFIG, IMAGE);
  const weights = initialWeights(network, "keras", 77);
  const name = network.parameters[0]!.name;

  test("make a new run that starts at step 0 with them, and offers no way back", async () => {
    open();
    await harness.ready(1, SMALL_CONFIG, { from: { weights } });
    expect(harness.of("ready")[0]!.report).toMatchObject({ step: 0, checkpoint: null });
    expect(harness.of("snapshot")[0]!.snapshot.weights).toEqual(weights);
    harness.command("train");
    await harness.untilStep(20);
  });

  test("serve a machine that takes the place of a lost one, too", async () => {
    open();
    await harness.ready(1, SMALL_CONFIG, { from: { weights } });
    harness.backends[0]!.lose();
    await harness.until(() => harness.of("recovered").length === 1);
    await harness.until(() => harness.of("snapshot").length === 2);
    expect(harness.of("snapshot")[1]!.snapshot.weights).toEqual(weights);
  });

  test.each([
    ["a name too many", { ...weights, "fc1.weight": new Float32Array(3) }, "fc1.weight", "unexpected"],
    ["a name that is missing", Object.fromEntries(Object.entries(weights).filter(([key]) => key !== name)), name, "missing"],
    ["no numbers", { ...weights, [name]: [1, 2, 3] as never }, name, "missing"],
    ["too few numbers", { ...weights, [name]: weights[name]!.slice(1) }, name, "wrong-size"],
    ["a number that is none", { ...weights, [name]: weights[name]!.map((value, i) => (i === 3 ? Number.NaN : value)) }, name, "not-finite"],
    ["an infinity", { ...weights, [name]: weights[name]!.map((value, i) => (i === 3 ? -Infinity : value)) }, name, "not-finite"],
  ])("with %s are turned away by name", async (_, table, at, problem) => {
    open();
    harness.prepare(1, SMALL_CONFIG, { from: { weights: table } });
    await harness.until(() => harness.of("failed").length === 1);
    expect(harness.lastFailure()).toEqual({ kind: "invalid-weights", name: at, problem });
    await harness.ready(2); // and the next run is none the worse for it
  });
});
