/**
 * The trainer of GANs over TensorFlow.js ops: two networks, two optimisers, one game.
 *
 * A step is `discriminatorSteps` updates of the discriminator, each on a real batch and codes of its own, then one of the
 * generator. Between steps nothing lives on the backend but both sides' parameters and slots and the terms nobody has read yet.
 *
 * Source: Goodfellow et al. 2014, arXiv:1406.2661, algorithm 1.
 */
import { isDiscriminator, type Network } from "../model/network";
import { lossTermsOf } from "../protocol/loss-terms";
import type { Evaluation, Floats, LossColumns, StepPart, WeightTable } from "../protocol/messages";
import type { BackendName, RunConfig } from "../protocol/run-config";
import { GanDraws } from "./gan-draws";
import { fakeLosses, generatorLosses, realLosses } from "./gan-losses";
import { discriminate, discriminatorGradients, generate, generatorGradients, playMatch, type Match } from "./gan-pass";
import { Side } from "./gan-side";
import { LossLog } from "./loss-log";
import { meanOf } from "./mean";
import { inPieces } from "./pieces";
import * as tf from "./tf";
import type { AdversarialTrainer, Checkpoint, Images, TrainerInputs } from "./trainer";

export function createGanTrainer(inputs: TrainerInputs, backend: BackendName): AdversarialTrainer {
  return new GanTrainer(inputs, backend);
}

class GanTrainer implements AdversarialTrainer {
  readonly kind = "adversarial";
  readonly engine = "tfjs";
  readonly backend: BackendName;
  readonly network: Network;
  readonly #config: RunConfig;
  readonly #draws: GanDraws;
  readonly #losses: LossLog;
  readonly #discriminator: Side;
  readonly #generator: Side;
  #step = 0;
  #learningRate: number;
  #beta: number;

  constructor(inputs: TrainerInputs, backend: BackendName) {
    const { config, network, weights } = inputs;
    this.backend = backend;
    this.network = network;
    this.#config = config;
    this.#draws = new GanDraws(inputs);
    this.#losses = new LossLog(lossTermsOf(config));
    this.#learningRate = config.learningRate;
    this.#beta = config.beta;
    const { parameters } = network;
    const ofDiscriminator = parameters.filter(({ name }) => isDiscriminator(name));
    const ofGenerator = parameters.filter(({ name }) => !isDiscriminator(name));
    this.#discriminator = new Side(config, ofDiscriminator, weights, backend);
    this.#generator = new Side(config, ofGenerator, weights, backend);
  }

  get step(): number {
    return this.#step;
  }

  get learningRate(): number {
    return this.#learningRate;
  }

  /** Plays no part. */
  get beta(): number {
    return this.#beta;
  }

  train(steps: number): void {
    for (let i = 0; i < steps; i++) this.trainPart("both");
  }

  trainPart(part: StepPart): void {
    const terms = tf.tidy(() => this.#play(part));
    this.#step++;
    this.#losses.push(this.#step, terms);
  }

  /** One step. @returns each term, `[1]`, on this step's draws, of both sides as they stood before it */
  #play(part: StepPart) {
    const config = this.#config;
    const step = this.#step;
    const generated = generate(this.#generator, this.network, this.#draws.codes(step, 0));
    const seen = this.#draws.seen(generated.images, step, 0);
    const judged = discriminate(this.#discriminator, this.network, seen);
    const first = this.#match(1);
    const terms = {
      discriminator: tf.add<tf.Tensor1D>(meanRow(realLosses(config, first.realScores)), meanRow(fakeLosses(config, first.fakeScores))),
      generator: meanRow(generatorLosses(config, judged.scores)),
      realScore: meanRow(tf.sigmoid(first.realScores)),
      fakeScore: meanRow(tf.sigmoid(first.fakeScores)),
    };
    if (part !== "generator") {
      this.#updateDiscriminator(first);
      for (let k = 2; k <= config.discriminatorSteps; k++) tf.tidy(() => this.#updateDiscriminator(this.#match(k)));
    }
    if (part !== "discriminator") {
      const now = part === "both" ? discriminate(this.#discriminator, this.network, seen) : judged;
      this.#generator.update(generatorGradients(config, this.#generator, this.network, generated, now), this.#learningRate);
    }
    return terms;
  }

  /** The discriminator's update `k`, from 1, as far as its scores. */
  #match(k: number): Match {
    const { images } = generate(this.#generator, this.network, this.#draws.codes(this.#step, k));
    const fake = this.#draws.seen(images, this.#step, k);
    return playMatch(this.#discriminator, this.network, this.#draws.real(this.#step, k), fake);
  }

  #updateDiscriminator(match: Match): void {
    const gradients = discriminatorGradients(this.#config, this.#discriminator, match);
    this.#discriminator.update(gradients, this.#learningRate * this.#config.discriminatorRate);
  }

  readLosses(): Promise<LossColumns> {
    return this.#losses.take();
  }

  tune({ learningRate, beta }: { readonly learningRate?: number; readonly beta?: number }): void {
    this.#learningRate = learningRate ?? this.#learningRate;
    this.#beta = beta ?? this.#beta;
  }

  async decode(z: Floats, count: number): Promise<Floats> {
    const { latentDim } = this.network;
    if (z.length !== count * latentDim) {
      throw new RangeError(`decode: z holds ${z.length} numbers, ${count} codes of ${latentDim} are ${count * latentDim}`);
    }
    const [images] = await inPieces(count, (first, rows) => {
      const codes = tf.tensor2d(z.subarray(first * latentDim, (first + rows) * latentDim), [rows, latentDim]);
      return [generate(this.#generator, this.network, codes).images];
    });
    return images!;
  }

  async score(pixels: Floats, count: number): Promise<Floats> {
    const { pixels: width } = this.network;
    if (pixels.length !== count * width) {
      throw new RangeError(`score: pixels holds ${pixels.length} numbers, ${count} images of ${width} are ${count * width}`);
    }
    const [scores] = await inPieces(count, (first, rows) => {
      const images = tf.tensor2d(pixels.subarray(first * width, (first + rows) * width), [rows, width]);
      return [discriminate(this.#discriminator, this.network, images).scores];
    });
    return scores!;
  }

  async evaluate(images: Images): Promise<Evaluation> {
    const config = this.#config;
    const step = this.#step;
    const [ofReal, ofFake, ofGenerator, realScores, fakeScores] = await inPieces(images.count, (first, rows) => {
      const { images: fake } = generate(this.#generator, this.network, this.#draws.fixedCodes(images, first, rows));
      const match = playMatch(this.#discriminator, this.network, this.#draws.heldOut(images, first, rows), fake);
      return [
        realLosses(config, match.realScores),
        fakeLosses(config, match.fakeScores),
        generatorLosses(config, match.fakeScores),
        tf.sigmoid(match.realScores),
        tf.sigmoid(match.fakeScores),
      ];
    });
    return {
      step,
      images: images.count,
      discriminator: meanOf(ofReal!) + meanOf(ofFake!),
      generator: meanOf(ofGenerator!),
      realScore: meanOf(realScores!),
      fakeScore: meanOf(fakeScores!),
    };
  }

  async exportWeights(): Promise<WeightTable> {
    const [ofDiscriminator, ofGenerator] = await Promise.all([this.#discriminator.weights(), this.#generator.weights()]);
    return { ...ofDiscriminator, ...ofGenerator };
  }

  async exportCheckpoint(): Promise<Checkpoint> {
    const { step, learningRate, beta } = this;
    const sides = [this.#discriminator, this.#generator];
    const updates = { discriminator: this.#discriminator.updates, generator: this.#generator.updates };
    // Asked for in one go, before anything can train on.
    const [weights, ...slots] = await Promise.all([this.exportWeights(), ...sides.map((side) => side.slots())]);
    return { step, learningRate, beta, weights, slots: Object.assign({}, ...slots) as WeightTable, updates };
  }

  importCheckpoint(checkpoint: Checkpoint): void {
    const { step, learningRate, beta } = checkpoint;
    const updates = updatesOf(checkpoint, this.#config);
    const [discriminator, generator] = tf.tidy(() => [this.#discriminator.upload(checkpoint), this.#generator.upload(checkpoint)] as const);
    this.#discriminator.restore(discriminator, updates.discriminator);
    this.#generator.restore(generator, updates.generator);
    this.#losses.dispose();
    this.#step = step;
    this.#learningRate = learningRate;
    this.#beta = beta;
  }

  dispose(): void {
    this.#discriminator.dispose();
    this.#generator.dispose();
    this.#losses.dispose();
  }
}

/** The mean of `[rows, 1]`, `[1]`. */
function meanRow(values: tf.Tensor2D): tf.Tensor1D {
  return tf.mean<tf.Tensor1D>(values, 0);
}

/** @throws RangeError when a count is none */
function updatesOf({ step, updates }: Checkpoint, { discriminatorSteps }: RunConfig): NonNullable<Checkpoint["updates"]> {
  const { discriminator, generator } = updates ?? { discriminator: step * discriminatorSteps, generator: step };
  if (![discriminator, generator].every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError(`importCheckpoint: updates are ${discriminator} and ${generator}, whole numbers from 0 on are wanted`);
  }
  return { discriminator, generator };
}
