/**
 * A trainer without arithmetic, for tests of what is around one: every piece of work
 * takes a set time on a clock of its own, and losses fall by a formula.
 *
 * At a rate of 10 or more a step ruins the weights, which, as with a real trainer, is
 * first seen in the losses of the step after.
 */
import type { Checkpoint, Posterior, Reconstructions, Trainer, TrainerInputs } from "../engine/trainer";
import { imagesNeeded } from "../model/batch-order";
import type { Network } from "../model/network";
import type { Bytes, Evaluation, Floats, LossColumns, WeightTable } from "../protocol/messages";
import type { BackendName } from "../protocol/run-config";

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

/** The reconstruction loss of step `step` on weights that are sound. */
export function fakeLoss(step: number): number {
  return 500 / (1 + step / 100);
}

export class FakeTrainer implements Trainer {
  readonly engine = "tfjs";
  readonly backend: BackendName;
  readonly network: Network;
  step = 0;
  learningRate: number;
  beta: number;
  /** Steps of every call of `train`. */
  readonly slices: number[] = [];
  isDisposed = false;
  /** Thrown by the next piece of work that is read. */
  nextError: unknown = null;
  readonly #options: FakeTrainerOptions;
  readonly #inputs: TrainerInputs;
  #isRuined = false;
  #rows: { readonly step: number; readonly reconstruction: number; readonly beta: number }[] = [];

  constructor(inputs: TrainerInputs, options: FakeTrainerOptions) {
    this.#inputs = inputs;
    this.#options = options;
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
      const needed = imagesNeeded(this.#inputs.config, this.step);
      if (this.#options.available() < needed) throw new Error(`FakeTrainer: step ${this.step} needs ${needed} images`);
      this.step += 1;
      this.#options.clock.advance(this.#options.costs.step);
      this.#rows.push({ step: this.step, reconstruction: this.#isRuined ? 1e12 : fakeLoss(this.step), beta: this.beta });
      if (this.learningRate >= 10) this.#isRuined = true;
    }
  }

  async readLosses(): Promise<LossColumns> {
    const rows = this.#rows;
    this.#rows = [];
    await this.#options.whenDone?.();
    this.#throwNext();
    return {
      step: Uint32Array.from(rows, ({ step }) => step),
      reconstruction: Float32Array.from(rows, ({ reconstruction }) => reconstruction),
      kl: Float32Array.from(rows, () => 2),
      objective: Float32Array.from(rows, ({ reconstruction, beta }) => reconstruction + beta * 2),
    };
  }

  tune({ learningRate, beta }: { readonly learningRate?: number; readonly beta?: number }): void {
    this.learningRate = learningRate ?? this.learningRate;
    this.beta = beta ?? this.beta;
  }

  // oxlint-disable-next-line typescript/require-await
  async encode(_images: Bytes, count: number): Promise<Posterior> {
    this.#requireUse();
    this.#options.clock.advance(this.#options.costs.snapshot);
    this.#throwNext();
    const { latentDim, logVar } = this.network;
    return {
      mean: new Float32Array(count * latentDim).fill(this.step),
      logVar: logVar === null ? null : new Float32Array(count * latentDim),
    };
  }

  // oxlint-disable-next-line typescript/require-await
  async decode(_z: Floats, count: number): Promise<Floats> {
    return new Float32Array(count * this.network.pixels);
  }

  // oxlint-disable-next-line typescript/require-await
  async reconstruct(images: Bytes, count: number): Promise<Reconstructions> {
    return { pixels: Float32Array.from(images, (byte) => byte / 255), losses: new Float32Array(count) };
  }

  // oxlint-disable-next-line typescript/require-await
  async evaluate(_images: Bytes, count: number): Promise<Evaluation> {
    this.#requireUse();
    this.#options.clock.advance(this.#options.costs.evaluation);
    this.#throwNext();
    const reconstruction = this.#isRuined ? Number.NaN : fakeLoss(this.step);
    return { step: this.step, images: count, reconstruction, kl: 2, objective: reconstruction + this.beta * 2, elbo: -reconstruction - 2 };
  }

  // oxlint-disable-next-line typescript/require-await
  async exportWeights(): Promise<WeightTable> {
    return this.#table(this.#isRuined ? RUINED : this.step);
  }

  // oxlint-disable-next-line typescript/require-await
  async exportCheckpoint(): Promise<Checkpoint> {
    this.#requireUse();
    this.#options.clock.advance(this.#options.costs.checkpoint);
    this.#throwNext();
    const { step, learningRate, beta } = this;
    const weights = this.#table(this.#isRuined ? RUINED : step);
    return { step, learningRate, beta, weights, slots: this.#slots() };
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

  #table(value: number): WeightTable {
    return Object.fromEntries(this.network.parameters.map(({ name, size }) => [name, new Float32Array(size).fill(value)]));
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

  #throwNext(): void {
    const error = this.nextError;
    this.nextError = null;
    if (error !== null) throw error;
  }
}
