/** The `AdversarialTrainer` contract on each backend, against the float64 twin and the plain forward pass. */
import { expect, test } from "vitest";
import { buildTrainer } from "../engine/create-trainer";
import * as tf from "../engine/tf";
import type { AdversarialTrainer } from "../engine/trainer";
import { fillNormal } from "../lib/random";
import { decode as decodePlainly, encode as encodePlainly } from "../model/forward";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork, isDiscriminator, type Network } from "../model/network";
import { STREAMS } from "../model/streams";
import type { Bytes, Floats, StepPart, WeightTable } from "../protocol/messages";
import { DEFAULT_CONFIG, OPTIMISERS, type RunConfig } from "../protocol/run-config";
import { expectClose } from "./close";
import type { SuiteBackend } from "./engine-suite";
import {
  discriminatorLossTwin,
  generateTwin,
  generatorLossTwin,
  meanOver,
  probabilityTwin,
  scoreTwin,
  trainGanTwin,
  type GanTermsTwin,
} from "./gan-twin";
import { twinWeights } from "./model-twin";
import { rowsOf } from "./training-twin";

/** Two batches an epoch, and an image left over; no size a multiple of 4; every remedy at work. */
const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  model: "gan",
  trainSize: 15,
  batchSize: 7,
  encoder: [
    { units: 6, activation: "lrelu" },
    { units: 5, activation: "softplus" },
  ],
  latentDim: 3,
  decoder: [{ units: 5, activation: "tanh" }],
  discriminatorSteps: 2,
  discriminatorRate: 1.5,
  labelSmoothing: 0.1,
  instanceNoise: 0.2,
  learningRate: 0.01,
  adamBeta1: 0.5,
};

const IMAGE = { height: 3, width: 3, channels: 1 };

const TERMS = ["discriminator", "generator", "realScore", "fakeScore"] as const satisfies readonly (keyof GanTermsTwin)[];

function imagesOf(count: number, { pixels }: Network): Bytes {
  return Uint8Array.from({ length: count * pixels }, (_, i) => (i * 151 + (i % 13) * 17) % 256);
}

interface Built {
  readonly config: RunConfig;
  readonly network: Network;
  readonly weights: WeightTable;
  readonly pixels: Bytes;
  readonly trainer: AdversarialTrainer;
}

async function build(suite: SuiteBackend, changes: Partial<RunConfig> = {}): Promise<Built> {
  const config = { ...CONFIG, ...changes };
  const network = describeNetwork(config, IMAGE);
  const weights = initialWeights(network, config.initialiser, config.seed);
  const pixels = imagesOf(config.trainSize, network);
  const { trainer } = await buildTrainer({ config, network, weights, training: { pixels } }, suite.opened(), "auto");
  if (trainer.kind !== "adversarial") throw new TypeError("build: a GAN's trainer is no autoencoder's");
  return { config, network, weights, pixels, trainer };
}

function expectWeights(actual: WeightTable, expected: Readonly<Record<string, ArrayLike<number>>>, tolerance: number): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) expectClose(actual[name]!, values, tolerance, name);
}

export function ganTrainerSuite(suite: SuiteBackend): void {
  trainingTests(suite);
  checkpointTests(suite);
  readingTests(suite);
  housekeepingTests(suite);
}

function trainingTests(suite: SuiteBackend): void {
  const cases: readonly (readonly [string, Partial<RunConfig>, readonly StepPart[]])[] = [
    ["every remedy, over the end of an epoch", {}, ["both", "both", "both"]],
    [
      "hinge, in Keras' family, without remedies",
      { ganLoss: "hinge", initialiser: "keras", discriminatorSteps: 1, instanceNoise: 0 },
      ["both", "both"],
    ],
    // A count of updates taken from the step would be wrong from the third on.
    ["either side alone", {}, ["discriminator", "generator", "both"]],
  ];
  for (const [name, changes, parts] of cases) {
    test(`steps go where the float64 loops go: ${name}`, async () => {
      const { config, network, weights, pixels, trainer } = await build(suite, changes);
      const twin = trainGanTwin(config, network, weights, pixels, parts);
      for (const part of parts) trainer.trainPart(part);
      const losses = await trainer.readLosses();
      expect(Object.keys(losses)).toEqual(["step", ...TERMS]);
      expect([...losses.step]).toEqual(parts.map((_, i) => i + 1));
      for (const term of TERMS) {
        expectClose(
          losses[term]!,
          twin.terms.map((terms) => terms[term]),
          suite.tolerance,
          term,
        );
      }
      expectWeights(await trainer.exportWeights(), twin.weights, suite.tolerance);
      trainer.dispose();
    });
  }

  test("the same config gives the same run, bit for bit; another seed does not", async () => {
    const first = await generatorLossesOf(suite, 1);
    expect(await generatorLossesOf(suite, 1)).toEqual(first);
    expect(await generatorLossesOf(suite, 2)).not.toEqual(first);
  });

  test("a step of one side leaves every number of the other as it was", async () => {
    const { trainer, weights } = await build(suite);
    let before = weights;
    for (const part of ["discriminator", "generator"] as const) {
      trainer.trainPart(part);
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const after = await trainer.exportWeights();
      for (const [name, values] of Object.entries(after)) {
        const isOwn = isDiscriminator(name) === (part === "discriminator");
        expect([name, values.every((value, i) => value === before[name]![i])]).toEqual([name, !isOwn]);
      }
      before = after;
    }
    trainer.dispose();
  });

  test("a rate holds from the next step on, for both sides", async () => {
    const { trainer, weights } = await build(suite);
    trainer.tune({ learningRate: 0 });
    trainer.train(1);
    expectWeights(await trainer.exportWeights(), weights, 0);
    trainer.tune({ learningRate: 0.5, beta: 2 });
    expect([trainer.learningRate, trainer.beta]).toEqual([0.5, 2]);
    trainer.train(1);
    const after = await trainer.exportWeights();
    expect(after["score.bias"]).not.toEqual(weights["score.bias"]);
    expect(after["output.bias"]).not.toEqual(weights["output.bias"]);
    trainer.dispose();
  });
}

/** Of four steps. */
async function generatorLossesOf(suite: SuiteBackend, seed: number): Promise<number[]> {
  const { trainer } = await build(suite, { seed });
  trainer.train(4);
  const { generator } = await trainer.readLosses();
  trainer.dispose();
  return [...generator!];
}

function checkpointTests(suite: SuiteBackend): void {
  for (const optimiser of OPTIMISERS) {
    test(`${optimiser}: a resumed run is the uninterrupted one, bit for bit, after steps of one side too`, async () => {
      const first = await build(suite, { optimiser });
      first.trainer.tune({ learningRate: 0.02 });
      first.trainer.trainPart("discriminator");
      first.trainer.train(1);
      const checkpoint = await first.trainer.exportCheckpoint();
      expect(checkpoint.updates).toEqual({ discriminator: 4, generator: 1 });
      await first.trainer.readLosses();
      first.trainer.train(2);

      const second = await build(suite, { optimiser });
      second.trainer.train(1); // what was there is replaced, losses too
      second.trainer.importCheckpoint(structuredClone(checkpoint));
      expect([second.trainer.step, second.trainer.learningRate]).toEqual([2, 0.02]);
      second.trainer.train(2);
      expect(await second.trainer.readLosses()).toEqual(await first.trainer.readLosses());
      expect(await second.trainer.exportCheckpoint()).toEqual(await first.trainer.exportCheckpoint());
      first.trainer.dispose();
      second.trainer.dispose();
    });
  }

  test("a checkpoint without counts of updates has those of its steps", async () => {
    const { trainer } = await build(suite);
    trainer.train(1);
    const { updates, ...checkpoint } = await trainer.exportCheckpoint();
    trainer.importCheckpoint(checkpoint);
    expect((await trainer.exportCheckpoint()).updates).toEqual(updates);
    trainer.dispose();
  });

  test("a checkpoint that does not fit is refused by name, and changes and leaves nothing", async () => {
    const { trainer, weights } = await build(suite);
    const checkpoint = await trainer.exportCheckpoint();
    const before = tf.memory().numTensors;
    const { "output.bias": _, ...missing } = checkpoint.weights;
    expect(() => trainer.importCheckpoint({ ...checkpoint, step: 9, weights: missing })).toThrow(/output\.bias holds no numbers/);
    const short = { ...checkpoint.slots, "score.bias.meanSquare": new Float32Array(2) };
    expect(() => trainer.importCheckpoint({ ...checkpoint, step: 9, slots: short })).toThrow(/score\.bias\.meanSquare holds 2 numbers/);
    const updates = { discriminator: -1, generator: 0.5 };
    expect(() => trainer.importCheckpoint({ ...checkpoint, step: 9, updates })).toThrow(/updates are -1 and 0\.5/);
    expect(tf.memory().numTensors).toBe(before);
    expect(trainer.step).toBe(0);
    expectWeights(await trainer.exportWeights(), weights, 0);
    trainer.dispose();
  });
}

/** The first `count` of a run's fixed draws, `[count, latentDim]`. */
function fixedDraws({ seed }: RunConfig, count: number, latentDim: number): Floats {
  const z = new Float32Array(count * latentDim);
  fillNormal({ seed, stream: STREAMS.fixedDraws }, 0, z);
  return z;
}

function readingTests(suite: SuiteBackend): void {
  test("decode and score agree with the plain forward pass, over more than one piece", async () => {
    const { network, trainer, config } = await build(suite);
    trainer.train(2);
    const weights = await trainer.exportWeights();
    const count = 1_003;
    const z = fixedDraws(config, count, network.latentDim);
    const pixels = decodePlainly(network, weights, z, count);
    expectClose(await trainer.decode(z, count), pixels, suite.tolerance, "decode");
    expectClose(await trainer.score(pixels, count), encodePlainly(network, weights, pixels, count).mean, suite.tolerance, "scores");
    await expect(trainer.decode(z, 2)).rejects.toThrow(/2 codes of 3 are 6/);
    await expect(trainer.score(pixels, 2)).rejects.toThrow(/2 images of 9 are 18/);
    trainer.dispose();
  });

  test("evaluation lays the seed's fixed draws beside held-out images, by their places, without noise", async () => {
    const { config, network, trainer, weights: initial } = await build(suite);
    // Far larger than they begin, so that one draw for another is seen in the mean.
    const weights = Object.fromEntries(Object.entries(initial).map(([name, values]) => [name, values.map((value) => 4 * value)]));
    trainer.importCheckpoint({ ...(await trainer.exportCheckpoint()), weights });
    const count = 1_003;
    const pixels = imagesOf(count, network);
    const found = await trainer.evaluate({ pixels, count });
    expect([found.step, found.images]).toEqual([0, count]);
    const all = Array.from({ length: count }, (_, place) => place);
    const expected = evaluationTwin(config, network, weights, pixels, all);
    expectClose(
      TERMS.map((term) => found[term]!),
      TERMS.map((term) => expected[term]),
      suite.tolerance,
      "terms",
    );
    expect(await trainer.evaluate({ pixels, count })).toEqual(found);

    const places = [7, 500, 8];
    const few = pixels.slice(0, places.length * network.pixels);
    const atPlaces = await trainer.evaluate({ pixels: few, count: places.length, places });
    expectClose([atPlaces.generator!], [evaluationTwin(config, network, weights, few, places).generator], suite.tolerance, "by place");
    trainer.dispose();
  });
}

/** Means over held-out images, the last of `places` for each. */
function evaluationTwin(config: RunConfig, network: Network, table: WeightTable, pixels: Bytes, places: readonly number[]): GanTermsTwin {
  const weights = twinWeights(table);
  const draws = rowsOf(fixedDraws(config, Math.max(...places) + 1, network.latentDim), network.latentDim);
  const images = rowsOf(pixels, network.pixels).map((row) => row.map((byte) => byte / 255));
  const realScores = images.map((x) => scoreTwin(network, weights, x));
  const fakeScores = places.map((place) => scoreTwin(network, weights, generateTwin(network, weights, draws[place]!)));
  return {
    discriminator: discriminatorLossTwin(config, realScores, fakeScores),
    generator: meanOver(fakeScores, (score) => generatorLossTwin(config, score)),
    realScore: meanOver(realScores, probabilityTwin),
    fakeScore: meanOver(fakeScores, probabilityTwin),
  };
}

function housekeepingTests(suite: SuiteBackend): void {
  test("steps by the hundred, read now and then, leave nothing behind; dispose leaves nothing at all", async () => {
    const perRound = suite.backend === "webgpu" ? 2 : 10; // a software adapter takes its time
    const round = async ({ trainer, pixels, config, network }: Built) => {
      trainer.train(perRound - 2);
      trainer.trainPart("discriminator");
      trainer.trainPart("generator");
      const { step } = await trainer.readLosses();
      await trainer.evaluate({ pixels, count: 3 });
      const images = await trainer.decode(fixedDraws(config, 3, network.latentDim), 3);
      await trainer.score(images, 3);
      await trainer.exportCheckpoint();
      return step;
    };
    const warm = await build(suite); // constants that stay with the backend
    await round(warm);
    warm.trainer.dispose();

    const before = tf.memory().numTensors;
    const built = await build(suite);
    await round(built); // what is made once and used again
    const steady = tf.memory().numTensors;
    for (let i = 1; i < 11; i++) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const step = await round(built);
      expect(step[0]).toBe(i * perRound + 1);
      expect(step).toHaveLength(perRound);
    }
    expect(tf.memory().numTensors).toBe(steady);
    built.trainer.train(3); // losses nobody reads
    built.trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("what is read belongs to the moment of asking, though training goes on", async () => {
    const { trainer, pixels } = await build(suite);
    trainer.train(2);
    const now = await trainer.exportCheckpoint();
    const seen = await trainer.evaluate({ pixels, count: 3 });
    const asked = trainer.exportCheckpoint();
    const evaluated = trainer.evaluate({ pixels, count: 3 });
    const losses = trainer.readLosses();
    trainer.train(3);
    expect(await asked).toEqual(now);
    expect(await evaluated).toEqual(seen);
    expect([...(await losses).step]).toEqual([1, 2]);
    expect([...(await trainer.readLosses()).step]).toEqual([3, 4, 5]);
    trainer.dispose();
  });

  test("says what it is", async () => {
    const { trainer, network } = await build(suite);
    expect(trainer).toMatchObject({ kind: "adversarial", engine: "tfjs", backend: suite.backend, network, step: 0 });
    trainer.dispose();
  });
}
