/**
 * The trainer over TensorFlow.js ops: the readable reference, the general path and
 * the fallback. Runs on whichever backend `backend.ts` has opened.
 *
 * Parameters and optimiser slots are vectors that each step replaces; between steps nothing else lives on the backend but
 * the loss terms nobody has read yet.
 */
import type { Network } from "../model/network";
import { betaAt, capacityAt } from "../model/schedule";
import { lossTermsOf } from "../protocol/loss-terms";
import type { Bytes, Evaluation, Floats, LossColumns, WeightTable } from "../protocol/messages";
import type { BackendName, RunConfig } from "../protocol/run-config";
import { activate } from "./activations";
import { HeldOutBatches, TrainingBatches } from "./batches";
import { chargeOf, klOf, klPerDimension } from "./charge";
import { LossLog } from "./loss-log";
import { meanOf } from "./mean";
import { SLOT_NAMES } from "./optimiser-constants";
import { optimiserRule } from "./optimisers";
import { layoutFor, tableOf, uploadBlocks, zeroBlocks, type Blocks } from "./parameters";
import { penaltyOf } from "./penalty";
import { backward, decode, encode, forward, judged } from "./pass";
import { inPieces, readCopies } from "./pieces";
import { reconstructionLosses } from "./reconstruction";
import { outputOf, type Model } from "./stack";
import * as tf from "./tf";
import type { Checkpoint, Images, Posterior, Reconstructions, Trainer, TrainerInputs } from "./trainer";

export function createTfjsTrainer(inputs: TrainerInputs, backend: BackendName): Trainer {
  return new TfjsTrainer(inputs, backend);
}

class TfjsTrainer implements Trainer {
  readonly kind = "autoencoder";
  readonly engine = "tfjs";
  readonly backend: BackendName;
  readonly network: Network;
  readonly #config: RunConfig;
  readonly #layout;
  readonly #update;
  readonly #losses;
  readonly #batches;
  readonly #heldOut;
  #parameters: Blocks;
  /** In the order of `SLOT_NAMES`. */
  #slots: readonly Blocks[];
  #step = 0;
  #learningRate: number;
  /** Where its schedule ends. */
  #beta: number;

  constructor(inputs: TrainerInputs, backend: BackendName) {
    const { config, network, weights } = inputs;
    this.backend = backend;
    this.network = network;
    this.#config = config;
    this.#layout = layoutFor(network, backend);
    this.#update = optimiserRule(config);
    this.#learningRate = config.learningRate;
    this.#beta = config.beta;
    this.#losses = new LossLog(lossTermsOf(config));
    this.#batches = new TrainingBatches(inputs);
    this.#heldOut = new HeldOutBatches(inputs);
    this.#parameters = uploadBlocks(this.#layout, weights);
    this.#slots = SLOT_NAMES[config.optimiser].map(() => zeroBlocks(this.#layout));
  }

  get step(): number {
    return this.#step;
  }

  get learningRate(): number {
    return this.#learningRate;
  }

  get beta(): number {
    return this.#beta;
  }

  get #model(): Model {
    return { network: this.network, layout: this.#layout, parameters: this.#parameters };
  }

  train(steps: number): void {
    for (let i = 0; i < steps; i++) this.#trainOnce();
  }

  #trainOnce(): void {
    const config = this.#config;
    const { beta, capacity } = this.#nextCharge();
    const { parameters, slots, terms } = tf.tidy(() => {
      const pass = forward(this.#model, this.#batches.at(this.#step), this.#batches.noiseAt(this.#step));
      const losses = reconstructionLosses(config, pass.decoded);
      const charge = chargeOf(config, pass.encoded.posterior, capacity);
      const gradients = backward(config, this.#model, pass, charge, beta);
      const reconstruction = tf.mean<tf.Tensor1D>(losses, 0, true); // [1]
      const { kl, penalty } = charge;
      return { ...this.#updated(gradients), terms: { reconstruction, kl, ...(penalty && { penalty }) } };
    });
    this.#replace(parameters, slots);
    this.#step++;
    this.#losses.push(this.#step, terms, beta);
  }

  /** β and C of the next update. */
  #nextCharge(): { readonly beta: number; readonly capacity: number } {
    const next = this.#step + 1;
    return { beta: betaAt(this.#config, this.#beta, next), capacity: capacityAt(this.#config, next) };
  }

  #updated(gradients: Blocks): { parameters: tf.Tensor1D[]; slots: tf.Tensor1D[][] } {
    const blocks = this.#parameters.map((block, i) => {
      const old = this.#slots.map((slot) => slot[i]!);
      // A tidy for each, or the intermediate vectors of all of them would be alive at once.
      const [parameters, ...slots] = tf.tidy(() => {
        const updated = this.#update(block, gradients[i]!, old, this.#learningRate, this.#step + 1);
        return [updated.parameters, ...updated.slots];
      });
      return { parameters, slots };
    });
    return {
      parameters: blocks.map(({ parameters }) => parameters),
      slots: this.#slots.map((_, s) => blocks.map(({ slots }) => slots[s]!)),
    };
  }

  #replace(parameters: Blocks, slots: readonly Blocks[]): void {
    this.#disposeState();
    this.#parameters = parameters;
    this.#slots = slots;
  }

  #disposeState(): void {
    for (const vector of [...this.#parameters, ...this.#slots.flat()]) vector.dispose();
  }

  readLosses(): Promise<LossColumns> {
    return this.#losses.take();
  }

  tune({ learningRate, beta }: { readonly learningRate?: number; readonly beta?: number }): void {
    this.#learningRate = learningRate ?? this.#learningRate;
    this.#beta = beta ?? this.#beta;
  }

  async encode(images: Images): Promise<Posterior> {
    const [mean, logVar] = await inPieces(images.count, (first, rows) => {
      const { input, told } = this.#heldOut.cleanAt(images, first, rows);
      const { posterior } = encode(this.#model, input, told);
      return posterior.spread === null ? [posterior.mean] : [posterior.mean, posterior.spread.logVar];
    });
    return { mean: mean!, logVar: logVar ?? null };
  }

  async decode(z: Floats, count: number, labels?: Bytes): Promise<Floats> {
    const { outputActivation } = this.network;
    this.#checkCodes("decode", z, count);
    const [pixels] = await inPieces(count, (first, rows) => {
      const codes = this.#codes(z, first, rows);
      const decoder = decode(this.#model, codes, this.#heldOut.told(labels, first, rows));
      return [activate(outputActivation, outputOf(decoder, codes))];
    });
    return pixels!;
  }

  async judge(images: Images, z: Floats): Promise<Floats> {
    this.#checkCodes("judge", z, images.count);
    const [losses] = await inPieces(images.count, (first, rows) => {
      const { target, told } = this.#heldOut.cleanAt(images, first, rows);
      const decoder = decode(this.#model, this.#codes(z, first, rows), told);
      return [reconstructionLosses(this.#config, judged(this.network, decoder, target))];
    });
    return losses!;
  }

  #checkCodes(what: string, z: Floats, count: number): void {
    const { latentDim } = this.network;
    if (z.length === count * latentDim) return;
    throw new RangeError(`${what}: z holds ${z.length} numbers, ${count} codes of ${latentDim} are ${count * latentDim}`);
  }

  /** `[rows, latentDim]` */
  #codes(z: Floats, first: number, rows: number): tf.Tensor2D {
    const { latentDim } = this.network;
    return tf.tensor2d(z.subarray(first * latentDim, (first + rows) * latentDim), [rows, latentDim]);
  }

  async reconstruct(images: Images): Promise<Reconstructions> {
    const [pixels, losses] = await inPieces(images.count, (first, rows) => {
      const { decoded } = forward(this.#model, this.#heldOut.at(images, first, rows), null);
      return [decoded.reconstruction, reconstructionLosses(this.#config, decoded)];
    });
    return { pixels: pixels!, losses: losses! };
  }

  async evaluate(images: Images): Promise<Evaluation> {
    const config = this.#config;
    const { count } = images;
    const { beta, capacity } = this.#nextCharge();
    const step = this.#step;
    const isCharged = lossTermsOf(config).includes("penalty");
    const [losses, kls, perDimension] = await inPieces(count, (first, rows) => {
      const { decoded, encoded } = forward(this.#model, this.#heldOut.at(images, first, rows), this.#heldOut.noiseAt(images, first, rows));
      const { posterior } = encoded;
      const terms = [reconstructionLosses(config, decoded), klOf(config, posterior)];
      // Of each piece the means, weighted by its share of the images: added up they are those of all.
      return isCharged ? [...terms, tf.mul(klPerDimension(posterior), tf.scalar(rows / count))] : terms;
    });
    const reconstruction = meanOf(losses!);
    const kl = meanOf(kls!);
    const penalty = isCharged ? penaltyOf(config, sumOfRows(perDimension!, this.network.latentDim), capacity) : kl;
    return {
      step,
      images: count,
      reconstruction,
      kl,
      ...(isCharged && { penalty }),
      objective: reconstruction + beta * penalty,
      elbo: -(config.model === "vae" ? reconstruction + kl : reconstruction),
    };
  }

  async exportWeights(): Promise<WeightTable> {
    return tableOf(this.#layout, await readCopies(this.#parameters));
  }

  async exportCheckpoint(): Promise<Checkpoint> {
    const { step, learningRate, beta } = this;
    const [parameters, ...slots] = await Promise.all([this.#parameters, ...this.#slots].map(readCopies));
    const names = SLOT_NAMES[this.#config.optimiser];
    const tables = slots.map((vectors, i) => tableOf(this.#layout, vectors, `.${names[i]}`));
    return { step, learningRate, beta, weights: tableOf(this.#layout, parameters!), slots: Object.assign({}, ...tables) as WeightTable };
  }

  importCheckpoint({ step, learningRate, beta, weights, slots }: Checkpoint): void {
    const parameters = uploadBlocks(this.#layout, weights);
    this.#replace(
      parameters,
      SLOT_NAMES[this.#config.optimiser].map((name) => uploadBlocks(this.#layout, slots, `.${name}`)),
    );
    this.#losses.dispose();
    this.#step = step;
    this.#learningRate = learningRate;
    this.#beta = beta;
  }

  dispose(): void {
    this.#disposeState();
    this.#losses.dispose();
  }
}

/** @param values `[rows, width]` @returns `[width]` */
function sumOfRows(values: Floats, width: number): Float64Array {
  const sums = new Float64Array(width);
  values.forEach((value, i) => (sums[i % width]! += value));
  return sums;
}
