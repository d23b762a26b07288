/**
 * Trainers without arithmetic, for tests of what is around one: every piece of work
 * takes a set time on a clock of its own, and losses fall by a formula.
 *
 * At a rate of 10 or more a step ruins the weights, which, as with a real trainer, is
 * first seen in the losses of the step after.
 */
import type {
  AdversarialTrainer,
  AnyTrainer,
  Checkpoint,
  Images,
  Posterior,
  Reconstructions,
  Trainer,
  TrainerInputs,
} from "../engine/trainer";
import type { Network } from "../model/network";
import { betaAt } from "../model/schedule";
import { lossTermsOf, type LossTerm } from "../protocol/loss-terms";
import type { Bytes, Evaluation, Floats, LossColumns, StepPart, WeightTable } from "../protocol/messages";
import type { BackendName } from "../protocol/run-config";
import { imagesOfStep } from "../worker/images-of-step";

export class FakeClock {
  ms = 1_000;

  now = (): number => this.ms;

  advance(ms: number): void {
    this.ms += ms;
  }
}

/** Milliseconds that each kind of work takes. */
export interface FakeCosts {
  readonly step: number;
  readonly snapshot: number;
  readonly evaluation: number;
  readonly checkpoint: number;
  /** A pass of `judge` or of `score`. */
  readonly judgement: number;
}

export interface FakeTrainerOptions {
  readonly clock: FakeClock;
  readonly costs: FakeCosts;
  readonly backend: BackendName;
  /** Images that have come, asked whenever a step needs them. */
  readonly available: () => number;
  /** Losses are read only when this resolves, as on a GPU; at once when left out. */
  readonly whenDone?: () => Promise<void>;
}

const RUINED = 1e9;

/** The reconstruction loss of step `step` on weights that are sound; of a GAN its generator's. */
export function fakeLoss(step: number): number {
  return 500 / (1 + step / 100);
}

/** What a fake discriminator says of every image. */
export const FAKE_SCORE = 0.25;

abstract class FakeCore {
  readonly engine = "tfjs";
  readonly backend: BackendName;
  readonly network: Network;
  readonly inputs: TrainerInputs;
  step = 0;
  learningRate: number;
  beta: number;
  /** Steps of every call of `train`. */
  readonly slices: number[] = [];
  /** What every call of `evaluate` was given. */
  readonly evaluated: Images[] = [];
  isDisposed = false;
  /** Thrown by the next piece of work that is read. */
  nextError: unknown = null;
  protected readonly options: FakeTrainerOptions;
  #isRuined = false;
  #rows: { readonly step: number; readonly terms: Readonly<Record<LossTerm, number>> }[] = [];

  constructor(inputs: TrainerInputs, options: FakeTrainerOptions) {
    this.inputs = inputs;
    this.options = options;
    this.backend = options.backend;
    this.network = inputs.network;
    this.learningRate = inputs.config.learningRate;
    this.beta = inputs.config.beta;
  }

  get unread(): number {
    return this.#rows.length;
  }

  train(steps: number): void {
    this.#requireUse();
    this.slices.push(steps);
    for (let i = 0; i < steps; i++) {
      const needed = imagesOfStep(this.inputs.config, this.step);
      if (this.options.available() < needed) throw new Error(`FakeTrainer: step ${this.step} needs ${needed} images`);
      this.step += 1;
      this.options.clock.advance(this.options.costs.step);
      const loss = this.#isRuined ? 1e12 : fakeLoss(this.step);
      this.#rows.push({ step: this.step, terms: this.#terms(loss, betaAt(this.inputs.config, this.beta, this.step)) });
      if (this.learningRate >= 10) this.#isRuined = true;
    }
  }

  async readLosses(): Promise<LossColumns> {
    const rows = this.#rows;
    this.#rows = [];
    await this.options.whenDone?.();
    this.throwNext();
    const column = (term: LossTerm) => [term, Float32Array.from(rows, ({ terms }) => terms[term])];
    return { step: Uint32Array.from(rows, ({ step }) => step), ...Object.fromEntries(lossTermsOf(this.inputs.config).map(column)) };
  }

  tune({ learningRate, beta }: { readonly learningRate?: number; readonly beta?: number }): void {
    this.learningRate = learningRate ?? this.learningRate;
    this.beta = beta ?? this.beta;
  }

  // oxlint-disable-next-line typescript/require-await
  async decode(_z: Floats, count: number, _labels?: Bytes): Promise<Floats> {
    return new Float32Array(count * this.network.pixels);
  }

  // oxlint-disable-next-line typescript/require-await
  async evaluate(images: Images): Promise<Evaluation> {
    this.#requireUse();
    this.evaluated.push(images);
    this.options.clock.advance(this.options.costs.evaluation);
    this.throwNext();
    const { config } = this.inputs;
    const loss = this.#isRuined ? Number.NaN : fakeLoss(this.step);
    const terms = this.#terms(loss, betaAt(config, this.beta, this.step + 1));
    const told = Object.fromEntries(lossTermsOf(config).map((term) => [term, terms[term]]));
    return { step: this.step, images: images.count, ...told, ...(config.model === "gan" ? {} : { elbo: -loss - terms.kl }) };
  }

  // oxlint-disable-next-line typescript/require-await
  async exportWeights(): Promise<WeightTable> {
    return this.#weights();
  }

  // oxlint-disable-next-line typescript/require-await
  async exportCheckpoint(): Promise<Checkpoint> {
    this.#requireUse();
    this.options.clock.advance(this.options.costs.checkpoint);
    this.throwNext();
    const { step, learningRate, beta } = this;
    return { step, learningRate, beta, weights: this.#weights(), slots: this.#slots() };
  }

  importCheckpoint({ step, learningRate, beta, weights }: Checkpoint): void {
    const first = weights[this.network.parameters[0]!.name];
    if (first === undefined) throw new RangeError("FakeTrainer: no such weights");
    this.#isRuined = first[0] === RUINED;
    this.#rows = [];
    Object.assign(this, { step, learningRate, beta });
  }

  dispose(): void {
    this.isDisposed = true;
  }

  protected use(cost: keyof FakeCosts): void {
    this.#requireUse();
    this.options.clock.advance(this.options.costs[cost]);
    this.throwNext();
  }

  protected throwNext(): void {
    const error = this.nextError;
    this.nextError = null;
    if (error !== null) throw error;
  }

  #terms(loss: number, beta: number): Readonly<Record<LossTerm, number>> {
    const scores = { realScore: 0.75, fakeScore: 0.25 };
    return { reconstruction: loss, kl: 2, penalty: 2, objective: loss + beta * 2, discriminator: 1.25, generator: loss, ...scores };
  }

  /** Those it was given until the first step; then the number of the step, over and over. */
  #weights(): WeightTable {
    const value = this.#isRuined ? RUINED : this.step;
    const given = this.step === 0 && !this.#isRuined ? this.inputs.weights : {};
    return Object.fromEntries(
      this.network.parameters.map(({ name, size }) => [name, given[name]?.slice() ?? new Float32Array(size).fill(value)]),
    );
  }

  /** Adam's two, named as a real trainer would. */
  #slots(): WeightTable {
    return Object.fromEntries(
      this.network.parameters.flatMap(({ name, size }) => [
        [`${name}.mean`, new Float32Array(size)],
        [`${name}.meanSquare`, new Float32Array(size)],
      ]),
    );
  }

  #requireUse(): void {
    if (this.isDisposed) throw new Error("FakeTrainer: used after it was disposed of");
  }
}

export class FakeTrainer extends FakeCore implements Trainer {
  readonly kind = "autoencoder";
  /** What every call was given. */
  readonly encoded: Images[] = [];
  readonly reconstructed: Images[] = [];
  readonly judged: Images[] = [];

  // oxlint-disable-next-line typescript/require-await
  async encode(images: Images): Promise<Posterior> {
    this.encoded.push(images);
    this.use("snapshot");
    const { latentDim, logVar } = this.network;
    return {
      mean: new Float32Array(images.count * latentDim).fill(this.step),
      logVar: logVar === null ? null : new Float32Array(images.count * latentDim),
    };
  }

  // oxlint-disable-next-line typescript/require-await
  async reconstruct(images: Images): Promise<Reconstructions> {
    this.reconstructed.push(images);
    return { pixels: Float32Array.from(images.pixels, (byte) => byte / 255), losses: new Float32Array(images.count) };
  }

  // oxlint-disable-next-line typescript/require-await
  async judge(images: Images, _z: Floats): Promise<Floats> {
    this.judged.push(images);
    this.use("judgement");
    return new Float32Array(images.count).fill(fakeLoss(this.step));
  }
}

export class FakeAdversarialTrainer extends FakeCore implements AdversarialTrainer {
  readonly kind = "adversarial";
  readonly parts: StepPart[] = [];

  trainPart(part: StepPart): void {
    this.parts.push(part);
    this.train(1);
  }

  /** Every image is generated grey. */
  override async decode(_z: Floats, count: number): Promise<Floats> {
    this.use("snapshot");
    await Promise.resolve();
    return new Float32Array(count * this.network.pixels).fill(0.5);
  }

  // oxlint-disable-next-line typescript/require-await
  async score(_pixels: Floats, count: number): Promise<Floats> {
    this.use("judgement");
    return new Float32Array(count).fill(FAKE_SCORE);
  }
}

/** The fake of the family that the config asks for. */
export function fakeTrainer(inputs: TrainerInputs, options: FakeTrainerOptions): (FakeTrainer | FakeAdversarialTrainer) & AnyTrainer {
  return inputs.config.model === "gan" ? new FakeAdversarialTrainer(inputs, options) : new FakeTrainer(inputs, options);
}
