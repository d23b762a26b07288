/** The `Trainer` contract, of each engine on each backend, against the float64 twins and the plain forward pass. */
import { expect, test } from "vitest";
import { fillNormal } from "../lib/random";
import { activateOutput, decodeLogits, encode as encodePlainly } from "../model/forward";
import { STREAMS } from "../model/streams";
import { OPTIMISERS, type RunConfig } from "../protocol/run-config";
import { expectClose } from "./close";
import { familySuite } from "./family-suite";
import { imageTwin, twinWeights } from "./model-twin";
import { build, expectWeights, imagesOf, isCovered, SMALL_CONFIG, type Built, type TrainerSuite } from "./trainer-fixture";
import { rowsOf, trainTwin } from "./training-twin";

export function trainerSuite(suite: TrainerSuite): void {
  trainingTests(suite);
  checkpointTests(suite);
  readingTests(suite);
  housekeepingTests(suite);
  familySuite(suite);
}

function trainingTests(suite: TrainerSuite): void {
  for (const changes of [{}, { model: "ae", reconstruction: "mse", initialiser: "keras" }] as const) {
    test(`three steps (${changes.model ?? "vae"}) go where the float64 loops go, over the end of an epoch`, async () => {
      const { config, network, weights, pixels, trainer } = await build(suite, changes);
      const twin = trainTwin(config, network, weights, pixels, 3);
      trainer.train(3);
      const losses = await trainer.readLosses();
      expect([...losses.step]).toEqual([1, 2, 3]);
      // The twin's β counts for nothing in an autoencoder, as its KL is 0.
      for (const term of ["reconstruction", "kl", "objective"] as const) {
        expectClose(
          losses[term]!,
          twin.terms.slice(0, 3).map((terms) => terms[term]),
          suite.tolerance,
          term,
        );
      }
      expectWeights(await trainer.exportWeights(), twin.weights, suite.tolerance);
      trainer.dispose();
    });
  }

  test("the same config gives the same run, bit for bit; another seed does not", async () => {
    const first = await objectives(suite, 1);
    expect(await objectives(suite, 1)).toEqual(first);
    expect(await objectives(suite, 2)).not.toEqual(first);
  });

  test("rates hold from the next step on", async () => {
    const { trainer, weights } = await build(suite);
    trainer.tune({ learningRate: 0 });
    trainer.train(1);
    expectWeights(await trainer.exportWeights(), weights, 0);
    trainer.tune({ learningRate: 0.5, beta: 0 });
    expect([trainer.learningRate, trainer.beta]).toEqual([0.5, 0]);
    trainer.train(1);
    const { reconstruction, objective, kl } = await trainer.readLosses();
    expect(objective![0]).toBeCloseTo(reconstruction![0]! + SMALL_CONFIG.beta * kl![0]!, 5);
    expect(objective![1]).toBe(reconstruction![1]);
    expect((await trainer.exportWeights())["output.bias"]).not.toEqual(weights["output.bias"]);
    trainer.dispose();
  });
}

/** Of four steps. */
async function objectives(suite: TrainerSuite, seed: number): Promise<number[]> {
  const { trainer } = await build(suite, { seed });
  trainer.train(4);
  const { objective } = await trainer.readLosses();
  trainer.dispose();
  return [...objective!];
}

const RESUMED: readonly (readonly [string, Partial<RunConfig>])[] = [
  ...OPTIMISERS.map((optimiser) => [optimiser, { optimiser }] as const),
  ["annealed", { betaSchedule: "cyclical", scheduleSteps: 6 }],
  ["rising capacity", { klMode: "capacity", capacity: 2, scheduleSteps: 5 }],
  ["spoilt and conditional", { corruption: "salt", conditional: true }],
  ["drawn black and white", { reconstruction: "bernoulli", corruption: "gaussian" }],
];

function checkpointTests(suite: TrainerSuite): void {
  for (const [name, changes] of RESUMED) {
    if (!isCovered(suite, changes)) continue;
    test(`${name}: a resumed run is the uninterrupted one, bit for bit`, async () => {
      const first = await build(suite, changes);
      first.trainer.tune({ learningRate: 0.02, beta: 2 });
      first.trainer.train(2);
      const checkpoint = await first.trainer.exportCheckpoint();
      await first.trainer.readLosses();
      first.trainer.train(2);

      const second = await build(suite, changes);
      second.trainer.train(1); // what was there is replaced, losses too
      second.trainer.importCheckpoint(checkpoint);
      expect([second.trainer.step, second.trainer.learningRate, second.trainer.beta]).toEqual([2, 0.02, 2]);
      second.trainer.train(2);
      expect(await second.trainer.readLosses()).toEqual(await first.trainer.readLosses());
      expect(await second.trainer.exportCheckpoint()).toEqual(await first.trainer.exportCheckpoint());
      first.trainer.dispose();
      second.trainer.dispose();
    });
  }

  test("a checkpoint that does not fit is refused by name, and changes nothing", async () => {
    const { trainer, weights } = await build(suite);
    const checkpoint = await trainer.exportCheckpoint();
    const { "mean.bias": _, ...missing } = checkpoint.weights;
    expect(() => trainer.importCheckpoint({ ...checkpoint, step: 9, weights: missing })).toThrow(/mean\.bias holds no numbers/);
    const short = { ...checkpoint.slots, "output.bias.meanSquare": new Float32Array(1) };
    expect(() => trainer.importCheckpoint({ ...checkpoint, step: 9, slots: short })).toThrow(/output\.bias\.meanSquare holds 1 numbers/);
    expect(trainer.step).toBe(0);
    expectWeights(await trainer.exportWeights(), weights, 0);
    trainer.dispose();
  });
}

function readingTests(suite: TrainerSuite): void {
  test("encode, decode and reconstruct agree with the plain forward pass, over more than one piece", async () => {
    const { network, trainer, config } = await build(suite);
    trainer.train(2);
    const weights = await trainer.exportWeights();
    const count = 1_003;
    const images = imagesOf(count, network);
    const x = Float32Array.from(images.pixels, (byte) => byte / 255);
    const plain = encodePlainly(network, weights, x, count);
    const { mean, logVar } = await trainer.encode(images);
    expectClose(mean, plain.mean, suite.tolerance, "mean");
    expectClose(logVar!, plain.logVar!, suite.tolerance, "logVar");

    const logits = decodeLogits(network, weights, plain.mean, count);
    const pixels = logits.slice();
    activateOutput(network.outputActivation, pixels);
    expectClose(await trainer.decode(mean, count), pixels, suite.tolerance, "decode");
    const reconstructions = await trainer.reconstruct(images);
    expectClose(reconstructions.pixels, pixels, suite.tolerance, "reconstructions");
    const exact = twinWeights(weights);
    const losses = rowsOf(x, network.pixels).map(
      (row) => imageTwin(network, config, exact, { input: row, target: row, label: 0 }, null).loss,
    );
    expectClose(reconstructions.losses, losses, suite.tolerance, "losses");
    await expect(trainer.decode(mean, 2)).rejects.toThrow(/2 codes of 3 are 6/);
    trainer.dispose();
  });

  test("evaluation draws z with the seed's own noise, once for each image, and reports means", async () => {
    const { config, network, trainer, weights: initial } = await build(suite);
    // Far larger than they begin, so that a draw of one image's noise for another is seen in the mean.
    const weights = Object.fromEntries(Object.entries(initial).map(([name, values]) => [name, values.map((value) => 4 * value)]));
    trainer.importCheckpoint({ ...(await trainer.exportCheckpoint()), weights });
    const count = 1_003;
    const images = imagesOf(count, network);
    const noise = new Float32Array(count * network.latentDim);
    fillNormal({ seed: config.seed, stream: STREAMS.evaluationNoise }, 0, noise);
    const epsilon = rowsOf(noise, network.latentDim);
    const exact = twinWeights(weights);
    const rows = rowsOf(images.pixels, network.pixels).map((row) => row.map((byte) => byte / 255));
    const twins = rows.map((row, i) => imageTwin(network, config, exact, { input: row, target: row, label: 0 }, epsilon[i]!));
    const reconstruction = twins.reduce((sum, { loss }) => sum + loss, 0) / count;
    const kl = twins.reduce((sum, twin) => sum + twin.kl, 0) / count;

    const found = await trainer.evaluate(images);
    expect([found.step, found.images]).toEqual([0, count]);
    expectClose(
      [found.reconstruction!, found.kl!, found.objective!, found.elbo!],
      [reconstruction, kl, reconstruction + config.beta * kl, -(reconstruction + kl)],
      suite.tolerance,
      "terms",
    );
    expect(await trainer.evaluate(images)).toEqual(found);
    trainer.dispose();
  });

  test("an autoencoder has no spread, no KL, and β plays no part", async () => {
    const { network, trainer } = await build(suite, { model: "ae", beta: 50 });
    const images = imagesOf(4, network);
    expect((await trainer.encode(images)).logVar).toBeNull();
    const { reconstruction, kl, objective } = await trainer.evaluate(images);
    expect([kl, objective]).toEqual([0, reconstruction]);
    trainer.dispose();
  });
}

const KEPT: readonly (readonly [string, Partial<RunConfig>])[] = [
  ["plain", {}],
  ["free bits, a Gaussian", { klMode: "free-bits", reconstruction: "gaussian" }],
  [
    "conditional, spoilt, drawn black and white",
    { conditional: true, corruption: "salt", reconstruction: "bernoulli", klMode: "capacity" },
  ],
  ["a mistake", { model: "ae", mistake: "code-mean" }],
];

async function expectNothingKept(suite: TrainerSuite, changes: Partial<RunConfig>): Promise<void> {
  const perRound = suite.backend === "webgpu" ? 2 : 10; // a software adapter takes its time
  const round = async ({ trainer, pixels, labels, network }: Built) => {
    trainer.train(perRound);
    const { step } = await trainer.readLosses();
    const images = { pixels, labels, count: 3 };
    await trainer.evaluate(images);
    await trainer.reconstruct(images);
    await trainer.judge(images, new Float32Array(3 * network.latentDim));
    await trainer.exportCheckpoint();
    return step;
  };
  const warm = await build(suite, changes); // constants that stay with the backend
  await round(warm);
  warm.trainer.dispose();

  const before = suite.alive();
  const built = await build(suite, changes);
  await round(built); // what is made once and used again
  const steady = suite.alive();
  for (let i = 1; i < 11; i++) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    const step = await round(built);
    expect(step[0]).toBe(i * perRound + 1);
    expect(step).toHaveLength(perRound);
  }
  expect(suite.alive()).toBe(steady);
  built.trainer.train(3); // losses nobody reads
  built.trainer.dispose();
  expect(suite.alive()).toBe(before);
}

function housekeepingTests(suite: TrainerSuite): void {
  for (const [name, changes] of KEPT) {
    if (!isCovered(suite, changes)) continue;
    test(`${name}: steps by the hundred, read now and then, leave nothing behind; dispose leaves nothing at all`, () =>
      expectNothingKept(suite, changes));
  }

  test("what is read belongs to the moment of asking, though training goes on", async () => {
    const { trainer } = await build(suite);
    trainer.train(2);
    const now = await trainer.exportCheckpoint();
    const asked = trainer.exportCheckpoint();
    const losses = trainer.readLosses();
    trainer.train(3);
    expect(await asked).toEqual(now);
    expect([...(await losses).step]).toEqual([1, 2]);
    expect([...(await trainer.readLosses()).step]).toEqual([3, 4, 5]);
    trainer.dispose();
  });

  test("says what it is", async () => {
    const { trainer, network } = await build(suite);
    expect(trainer).toMatchObject({ kind: "autoencoder", engine: suite.engine, backend: suite.backend, network, step: 0 });
    trainer.dispose();
  });
}
