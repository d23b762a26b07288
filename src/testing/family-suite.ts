/**
 * Every family of autoencoders through the `Trainer` contract: steps against the float64
 * loops, reading against the twin, with the run's own draws and labels.
 */
import { expect, test } from "vitest";
import type { Images } from "../engine/trainer";
import { fillNormal } from "../lib/random";
import { decode as decodePlainly, encode as encodePlainly } from "../model/forward";
import { betaAt, capacityAt } from "../model/schedule";
import { STREAMS } from "../model/streams";
import { lossTermsOf } from "../protocol/loss-terms";
import type { RunConfig } from "../protocol/run-config";
import { expectClose } from "./close";
import { chargeTwin, imageTwin, layerTwin, lossTwin, activationTwin, stackTwin, twinWeights, type GivenImage } from "./model-twin";
import { build, expectWeights, imagesOf, isCovered, type Built, type TrainerSuite } from "./trainer-fixture";
import { givenImage, rowsOf, trainTwin } from "./training-twin";

/** Each with something that no other has. Rates are as large as the suite's, so that a wrong gradient shows in the weights. */
const FAMILIES: Readonly<Record<string, Partial<RunConfig>>> = {
  "denoising, Gaussian": { model: "ae", corruption: "gaussian", corruptionLevel: 0.4 },
  "denoising, masking": { corruption: "masking", corruptionLevel: 0.3, reconstruction: "mse" },
  "denoising, salt and pepper": { model: "ae", corruption: "salt", corruptionLevel: 0.5 },
  bernoulli: { reconstruction: "bernoulli" },
  "bernoulli, spoilt": { reconstruction: "bernoulli", corruption: "salt", corruptionLevel: 0.2 },
  gaussian: { reconstruction: "gaussian", sigma: 0.3, outputActivation: "linear" },
  "β in a line": { betaSchedule: "linear", scheduleSteps: 2, beta: 3 },
  "β in cycles": { betaSchedule: "cyclical", scheduleSteps: 4, beta: 3 },
  "free bits": { klMode: "free-bits", freeBits: 0.02, beta: 2 },
  capacity: { klMode: "capacity", capacity: 0.5, scheduleSteps: 2, beta: 5 },
  conditional: { conditional: true },
  "conditional autoencoder, no hidden layers": { conditional: true, model: "ae", encoder: [], decoder: [] },
  "conditional, convolutional": {
    conditional: true,
    encoder: [{ filters: 2, kernel: 3, stride: 2, activation: "tanh" }],
    decoder: [
      { units: 9, activation: "elu" },
      { filters: 2, kernel: 3, stride: 1, activation: "tanh" },
    ],
  },
  "relu heads": { headActivation: "relu", latentDim: 5 },
  "a KL without gradient": { model: "ae", mistake: "detached-kl" },
  "the mean of the code for a KL": { model: "ae", mistake: "code-mean" },
  "Adam with less memory": { adamBeta1: 0.5 },
  "Keras' Adam with less memory": { adamBeta1: 0.5, initialiser: "keras" },
};

/** Narrower than the suite's, as the loops take every weight in turn. */
const SHAPE: Partial<RunConfig> = { encoder: [{ units: 4, activation: "elu" }], decoder: [{ units: 4, activation: "tanh" }] };

export function familySuite(suite: TrainerSuite): void {
  for (const [name, family] of Object.entries(FAMILIES)) {
    const changes = { ...SHAPE, ...family };
    if (!isCovered(suite, changes)) continue;
    test(`${name}: three steps go where the float64 loops go`, () => expectSteps(suite, changes));
    test(`${name}: what is read of held-out images is the twin's`, () => expectReadings(suite, changes, MORE_THAN_ONE_PIECE));
    test(`${name}: what is read of images goes by their places`, () => {
      const places = Array.from({ length: 23 }, (_, i) => (i * 7 + 3) % MORE_THAN_ONE_PIECE);
      return expectReadings(suite, changes, places.length, places);
    });
  }
  labelTests(suite);
}

async function expectSteps(suite: TrainerSuite, changes: Partial<RunConfig>): Promise<void> {
  const { config, network, weights, pixels, labels, trainer } = await build(suite, changes);
  const twin = trainTwin(config, network, weights, pixels, 3, labels);
  trainer.train(3);
  const losses = await trainer.readLosses();
  const terms = lossTermsOf(config);
  expect(Object.keys(losses).toSorted()).toEqual(["step", ...terms].toSorted());
  for (const term of terms) {
    const expected = twin.terms.slice(0, 3).map((row) => row[term as keyof typeof row]);
    expectClose(losses[term]!, expected, suite.tolerance, term);
  }
  expectWeights(await trainer.exportWeights(), twin.weights, suite.tolerance);
  trainer.dispose();
}

const MORE_THAN_ONE_PIECE = 1_003;

async function expectReadings(suite: TrainerSuite, changes: Partial<RunConfig>, count: number, places?: number[]): Promise<void> {
  const built = await build(suite, changes);
  const { config, network, trainer, weights: initial } = built;
  // Far larger than they begin, so that a draw of one image for another is seen; and in the midst of a schedule.
  const weights = Object.fromEntries(Object.entries(initial).map(([name, values]) => [name, values.map((value) => 2 * value)]));
  trainer.importCheckpoint({ ...(await trainer.exportCheckpoint()), step: 1, weights });
  const images = imagesOf(count, network, places);
  const placeOf = (i: number) => places?.[i] ?? i;
  const labels = images.labels!;
  const given = rowsOf(images.pixels, network.pixels).map((bytes, i) =>
    givenImage(config, bytes, labels[i]!, { purpose: "evaluation", block: 0, first: placeOf(i) * network.pixels }),
  );
  const clean = Float32Array.from(given.flatMap(({ target }) => target));
  const plain = encodePlainly(network, weights, clean, count, labels);
  const { mean, logVar } = await trainer.encode(images);
  expectClose(mean, plain.mean, suite.tolerance, "mean");
  expect(logVar === null).toBe(plain.logVar === null);
  if (logVar !== null) expectClose(logVar, plain.logVar!, suite.tolerance, "logVar");
  const pixels = decodePlainly(network, weights, plain.mean, count, labels);
  expectClose(await trainer.decode(plain.mean, count, labels), pixels, suite.tolerance, "decode");

  await expectJudged(suite, built, weights, images, given);
  await expectEvaluated(suite, built, weights, images, given, placeOf);
  trainer.dispose();
}

type Weights = Built["weights"];

async function expectJudged(
  { tolerance }: TrainerSuite,
  { config, network, trainer }: Built,
  weights: Weights,
  images: Images,
  given: readonly GivenImage[],
): Promise<void> {
  const exact = twinWeights(weights);
  const twins = given.map((image) => imageTwin(network, config, exact, image, null));
  const reconstructions = await trainer.reconstruct(images);
  const flat = twins.flatMap(({ reconstruction }) => reconstruction);
  expectClose(reconstructions.pixels, flat, tolerance, "reconstructions");
  expectClose(
    reconstructions.losses,
    twins.map(({ loss }) => loss),
    tolerance,
    "losses",
  );

  const z = new Float32Array(given.length * network.latentDim);
  fillNormal({ seed: 31, stream: 99 }, 0, z);
  const losses = rowsOf(z, network.latentDim).map((code, i) => {
    const { target, label } = given[i]!;
    const logits = layerTwin(network.output, exact, stackTwin(network.decoder, exact, code, label), label);
    const shown = logits.map((logit) => activationTwin(network.outputActivation, logit));
    return lossTwin(config, logits, shown, target);
  });
  expectClose(await trainer.judge(images, z), losses, tolerance, "judged");
  await expect(trainer.judge(images, z.subarray(1))).rejects.toThrow(/^judge: z holds/);
}

async function expectEvaluated(
  { tolerance }: TrainerSuite,
  { config, network, trainer }: Built,
  weights: Weights,
  images: Images,
  given: readonly GivenImage[],
  placeOf: (image: number) => number,
): Promise<void> {
  const { latentDim } = network;
  const noise = new Float32Array(MORE_THAN_ONE_PIECE * latentDim);
  fillNormal({ seed: config.seed, stream: STREAMS.evaluationNoise }, 0, noise);
  const epsilon = rowsOf(noise, latentDim);
  const exact = twinWeights(weights);
  const twins = given.map((image, i) => imageTwin(network, config, exact, image, epsilon[placeOf(i)]!));
  const reconstruction = twins.reduce((sum, { loss }) => sum + loss / twins.length, 0);
  // The checkpoint stands after step 1: the next update is the second.
  const { kl, penalty } = chargeTwin(config, twins, capacityAt(config, 2));
  const objective = reconstruction + betaAt(config, config.beta, 2) * penalty;
  const elbo = -(config.model === "vae" ? reconstruction + kl : reconstruction);
  const expected: Readonly<Record<string, number>> = { reconstruction, kl, penalty, objective, elbo };

  const found = await trainer.evaluate(images);
  const terms = [...lossTermsOf(config), "elbo"] as const;
  expect(Object.keys(found).toSorted()).toEqual(["step", "images", ...terms].toSorted());
  expect([found.step, found.images]).toEqual([1, given.length]);
  for (const term of terms) expectClose([found[term]!], [expected[term]!], tolerance, term);
}

function labelTests(suite: TrainerSuite): void {
  if (!isCovered(suite, { conditional: true })) return;
  test("a label that is not there counts as 0, one beyond the last as the last", async () => {
    const { trainer, network, weights, pixels, config } = await build(suite, { conditional: true });
    const z = Float32Array.from({ length: 2 * network.latentDim }, (_, i) => i - 2);
    expect(await trainer.decode(z, 2)).toEqual(await trainer.decode(z, 2, Uint8Array.from([0, 0])));
    expect(await trainer.decode(z, 2, Uint8Array.from([250, 9]))).toEqual(await trainer.decode(z, 2, Uint8Array.from([9, 9])));
    expect(await trainer.decode(z, 2, Uint8Array.from([1, 2]))).not.toEqual(await trainer.decode(z, 2));
    trainer.dispose();

    const without = await suite.make({ config, network, weights, training: { pixels } });
    const zeros = await suite.make({ config, network, weights, training: { pixels, labels: new Uint8Array(config.trainSize) } });
    without.train(2);
    zeros.train(2);
    expect(await without.readLosses()).toEqual(await zeros.readLosses());
    without.dispose();
    zeros.dispose();
  });
}
