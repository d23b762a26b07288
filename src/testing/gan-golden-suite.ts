/** The engine's adversarial passes, losses and optimisers against PyTorch, on whichever backend is open. */
import { expect, test } from "vitest";
import { fakeLosses, generatorLosses, realLosses } from "../engine/gan-losses";
import {
  discriminate,
  discriminatorGradients,
  generate,
  generatorGradients,
  playMatch,
  type Generated,
  type Match,
} from "../engine/gan-pass";
import { Side } from "../engine/gan-side";
import { tableOf } from "../engine/parameters";
import * as tf from "../engine/tf";
import { isDiscriminator, type Network } from "../model/network";
import type { RunConfig } from "../protocol/run-config";
import { expectClose } from "./close";
import type { SuiteBackend } from "./engine-suite";
import { GOLDEN_GANS, goldenGanConfig, goldenGanNetwork, type GoldenGan } from "./gan-golden";
import { floats, floatTable } from "./golden";

const valuesOf = async (tensor: tf.Tensor) => (await tensor.data()) as Float32Array<ArrayBuffer>;

const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

interface Game {
  readonly golden: GoldenGan;
  readonly config: RunConfig;
  readonly network: Network;
  readonly discriminator: Side;
  readonly generator: Side;
}

function open(golden: GoldenGan, { backend }: SuiteBackend, trained?: GoldenGan["trained"][number]): Game {
  const config = goldenGanConfig(golden, trained);
  const network = goldenGanNetwork(golden);
  const side = (ofDiscriminator: boolean) => {
    const own = network.parameters.filter(({ name }) => isDiscriminator(name) === ofDiscriminator);
    return new Side(config, own, floatTable(golden.weights), backend);
  };
  return { golden, config, network, discriminator: side(true), generator: side(false) };
}

/** `[batch, width]` */
const rows = ({ batch }: GoldenGan, values: readonly number[]) => tf.tensor2d(floats(values), [batch, values.length / batch]);

function seen({ golden, config }: Game, images: tf.Tensor2D, noise: readonly number[] | undefined): tf.Tensor2D {
  return noise === undefined ? images : tf.add(images, tf.mul(rows(golden, noise), tf.scalar(config.instanceNoise)));
}

/** The discriminator's update `k`, from 1, of a step, as far as its scores. */
function match(game: Game, step: number, k: number): Match {
  const { golden, network } = game;
  const bytes = golden.images[step]![k - 1]!.map((byte) => byte / 255);
  const real = seen(game, rows(golden, bytes), golden.realNoise?.[step]![k - 1]);
  const { images } = generate(game.generator, network, rows(golden, golden.codes[step]![k]!));
  return playMatch(game.discriminator, network, real, seen(game, images, golden.fakeNoise?.[step]![k]));
}

/** The generator's update of a step, as far as its scores. */
function attempt(game: Game, step: number) {
  const { golden, network } = game;
  const generated: Generated = generate(game.generator, network, rows(golden, golden.codes[step]![0]!));
  const judged = discriminate(game.discriminator, network, seen(game, generated.images, golden.fakeNoise?.[step]![0]));
  return { generated, judged, gradients: () => generatorGradients(game.config, game.generator, network, generated, judged) };
}

export function goldenGanSuite(suite: SuiteBackend): void {
  for (const [name, golden] of Object.entries(GOLDEN_GANS)) {
    test(`${name}: images, scores and loss terms are PyTorch's`, () => expectForward(golden, suite));
    test(`${name}: every gradient of both sides is PyTorch's`, () => expectGradients(golden, suite));
    for (const trained of golden.trained) {
      test(`${name}: three steps of ${trained.optimiser} (${trained.initialiser}) end where they should`, () =>
        expectTrained(golden, trained, suite));
    }
  }
}

async function expectForward(golden: GoldenGan, suite: SuiteBackend): Promise<void> {
  const game = open(golden, suite);
  const { config } = game;
  const { generated, judged } = attempt(game, 0);
  const { realScores, fakeScores } = match(game, 0, 1);
  const { forward, terms } = golden;
  expectClose(await valuesOf(generated.images), forward.generated, suite.tolerance, "generated");
  expectClose(await valuesOf(judged.scores), forward.generatorScores, suite.tolerance, "generator's scores");
  expectClose(await valuesOf(realScores), forward.realScores, suite.tolerance, "real scores");
  expectClose(await valuesOf(fakeScores), forward.fakeScores, suite.tolerance, "fake scores");
  const found = {
    discriminator: meanOf(await valuesOf(realLosses(config, realScores))) + meanOf(await valuesOf(fakeLosses(config, fakeScores))),
    generator: meanOf(await valuesOf(generatorLosses(config, judged.scores))),
    realScore: meanOf(await valuesOf(tf.sigmoid(realScores))),
    fakeScore: meanOf(await valuesOf(tf.sigmoid(fakeScores))),
  };
  for (const term of ["discriminator", "generator", "realScore", "fakeScore"] as const) {
    expectClose([found[term]], [terms[term]], suite.tolerance, term);
  }
}

async function expectGradients(golden: GoldenGan, suite: SuiteBackend): Promise<void> {
  const game = open(golden, suite);
  const { config, discriminator, generator } = game;
  const ofDiscriminator = discriminatorGradients(config, discriminator, match(game, 0, 1));
  const ofGenerator = attempt(game, 0).gradients();
  const table = {
    ...tableOf(discriminator.layout, await Promise.all(ofDiscriminator.map(valuesOf))),
    ...tableOf(generator.layout, await Promise.all(ofGenerator.map(valuesOf))),
  };
  expect(Object.keys(table)).toEqual(Object.keys(golden.gradients));
  for (const [name, expected] of Object.entries(golden.gradients)) expectClose(table[name]!, expected, suite.tolerance, name);
}

async function expectTrained(golden: GoldenGan, trained: GoldenGan["trained"][number], suite: SuiteBackend): Promise<void> {
  const game = open(golden, suite, trained);
  const { config, discriminator, generator } = game;
  golden.codes.forEach((_, step) => {
    for (let k = 1; k <= config.discriminatorSteps; k++) {
      discriminator.update(
        discriminatorGradients(config, discriminator, match(game, step, k)),
        config.learningRate * config.discriminatorRate,
      );
    }
    generator.update(attempt(game, step).gradients(), config.learningRate);
  });
  const table = { ...(await discriminator.weights()), ...(await generator.weights()) };
  for (const [name, expected] of Object.entries(trained.weights)) expectClose(table[name]!, expected, suite.tolerance, name);
  discriminator.dispose();
  generator.dispose();
}
