/**
 * The trainer over TensorFlow.js ops: the readable reference, the general path and
 * the fallback. Runs on whichever backend `backend.ts` has opened.
 *
 * Parameters and optimiser slots are vectors that each step replaces; between steps nothing else lives on the backend but
 * the loss terms nobody has read yet.
 */
import { fillNormal } from "../lib/random";
import { batchIndices } from "../model/batch-order";
import type { Network } from "../model/network";
import { STREAMS } from "../model/streams";
import type { Bytes, Evaluation, Floats, LossColumns, WeightTable } from "../protocol/messages";
import type { BackendName, RunConfig } from "../protocol/run-config";
import { gatherImages, unpackImages } from "./images";
import { LossLog } from "./loss-log";
import { SLOT_NAMES } from "./optimiser-constants";
import { optimiserRule } from "./optimisers";
import { layoutFor, tableOf, uploadBlocks, zeroBlocks, type Blocks } from "./parameters";
import { backward, decode, encode, forward, type Model } from "./pass";
import { activate } from "./activations";
import { meanOf } from "./mean";
import { klToPrior } from "./posterior";
import { reconstructionLosses } from "./reconstruction";
import * as tf from "./tf";
import type { Checkpoint, Posterior, Reconstructions, Trainer, TrainerInputs, TrainingImages } from "./trainer";

/** Images that go through the network at once where their number is not the batch's: bounds memory, still fills a GPU. */
const PIECE_ROWS = 1_000;

export function createTfjsTrainer(inputs: TrainerInputs, backend: BackendName): Trainer {
  return new TfjsTrainer(inputs, backend);
}

class TfjsTrainer implements Trainer {
  readonly engine = "tfjs";
  readonly backend: BackendName;
  readonly network: Network;
  readonly #config: RunConfig;
  readonly #training: TrainingImages;
  readonly #layout;
  readonly #update;
  readonly #losses = new LossLog();
  /** Made anew for every step in place, read by the backend before the step returns. */
  readonly #batch;
  #parameters: Blocks;
  /** In the order of `SLOT_NAMES`. */
  #slots: readonly Blocks[];
  #step = 0;
  #learningRate: number;
  #beta: number;
  /** Evaluation noise of as many rows as have been asked for, `[rows, latentDim]`. */
  #evaluationNoise: Floats = new Float32Array(0);

  constructor({ config, network, weights, training }: TrainerInputs, backend: BackendName) {
    this.backend = backend;
    this.network = network;
    this.#config = config;
    this.#training = training;
    this.#layout = layoutFor(network, backend);
    this.#update = optimiserRule(config);
    this.#learningRate = config.learningRate;
    this.#beta = config.beta;
    this.#batch = {
      indices: new Uint32Array(config.batchSize),
      images: new Float32Array(config.batchSize * network.pixels),
      epsilon: new Float32Array(network.logVar === null ? 0 : config.batchSize * network.latentDim),
    };
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
    const { parameters, slots, reconstruction, kl } = tf.tidy(() => {
      const x = this.#nextImages();
      const pass = forward(this.#model, x, this.#nextNoise());
      const losses = reconstructionLosses(this.#config.reconstruction, pass.decoded);
      const gradients = backward(this.#config, this.#model, pass, this.#beta);
      return {
        ...this.#updated(gradients),
        reconstruction: tf.mean<tf.Tensor1D>(losses, 0, true), // [1]
        kl: tf.mean<tf.Tensor1D>(klToPrior(pass.encoded.posterior), 0, true), // [1]
      };
    });
    this.#replace(parameters, slots);
    this.#step++;
    this.#losses.push(this.#step, this.#beta, reconstruction, kl);
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

  /** `[batch, pixels]` */
  #nextImages(): tf.Tensor2D {
    const { indices, images } = this.#batch;
    const { pixels } = this.network;
    batchIndices(this.#config, this.#step, indices);
    gatherImages(this.#training.pixels, pixels, indices, images);
    return tf.tensor2d(images, [indices.length, pixels]);
  }

  /** `[batch, latentDim]`; null in an autoencoder. */
  #nextNoise(): tf.Tensor2D | null {
    if (this.network.logVar === null) return null;
    const { indices, epsilon } = this.#batch;
    fillNormal({ seed: this.#config.seed, stream: STREAMS.trainingNoise }, this.#step, epsilon);
    return tf.tensor2d(epsilon, [indices.length, this.network.latentDim]);
  }

  readLosses(): Promise<LossColumns> {
    return this.#losses.take();
  }

  tune({ learningRate, beta }: { readonly learningRate?: number; readonly beta?: number }): void {
    this.#learningRate = learningRate ?? this.#learningRate;
    this.#beta = beta ?? this.#beta;
  }

  async encode(images: Bytes, count: number): Promise<Posterior> {
    const [mean, logVar] = await inPieces(count, (first, rows) => {
      const { posterior } = encode(this.#model, this.#images(images, first, rows));
      return posterior.spread === null ? [posterior.mean] : [posterior.mean, posterior.spread.logVar];
    });
    return { mean: mean!, logVar: logVar ?? null };
  }

  async decode(z: Floats, count: number): Promise<Floats> {
    const { latentDim, outputActivation } = this.network;
    if (z.length !== count * latentDim) {
      throw new RangeError(`decode: z holds ${z.length} numbers, ${count} codes of ${latentDim} are ${count * latentDim}`);
    }
    const [pixels] = await inPieces(count, (first, rows) => {
      const codes = tf.tensor2d(z.subarray(first * latentDim, (first + rows) * latentDim), [rows, latentDim]);
      return [activate(outputActivation, decode(this.#model, codes).output.y)];
    });
    return pixels!;
  }

  async reconstruct(images: Bytes, count: number): Promise<Reconstructions> {
    const [pixels, losses] = await inPieces(count, (first, rows) => {
      const { decoded } = forward(this.#model, this.#images(images, first, rows), null);
      return [decoded.reconstruction, reconstructionLosses(this.#config.reconstruction, decoded)];
    });
    return { pixels: pixels!, losses: losses! };
  }

  async evaluate(images: Bytes, count: number): Promise<Evaluation> {
    const step = this.#step;
    const beta = this.#beta;
    const [losses, kls] = await inPieces(count, (first, rows) => {
      const { decoded, encoded } = forward(this.#model, this.#images(images, first, rows), this.#noise(count, first, rows));
      return [reconstructionLosses(this.#config.reconstruction, decoded), klToPrior(encoded.posterior)];
    });
    const reconstruction = meanOf(losses!);
    const kl = meanOf(kls!);
    return { step, images: count, reconstruction, kl, objective: reconstruction + beta * kl, elbo: -(reconstruction + kl) };
  }

  #images(bytes: Bytes, first: number, rows: number): tf.Tensor2D {
    const { pixels } = this.network;
    return tf.tensor2d(unpackImages(bytes, pixels, first, rows), [rows, pixels]);
  }

  /** Rows `first` … of the evaluation noise for `count` images; null in an autoencoder. */
  #noise(count: number, first: number, rows: number): tf.Tensor2D | null {
    const { latentDim, logVar } = this.network;
    if (logVar === null) return null;
    if (this.#evaluationNoise.length < count * latentDim) {
      this.#evaluationNoise = new Float32Array(count * latentDim);
      fillNormal({ seed: this.#config.seed, stream: STREAMS.evaluationNoise }, 0, this.#evaluationNoise);
    }
    return tf.tensor2d(this.#evaluationNoise.subarray(first * latentDim, (first + rows) * latentDim), [rows, latentDim]);
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

/** Runs `work` over `count` rows, a bounded number at a time, and reads each of its outputs as one array. */
async function inPieces(count: number, work: (first: number, rows: number) => tf.Tensor[]): Promise<Floats[]> {
  const pieces: tf.Tensor[][] = [];
  for (let first = 0; first < count; first += PIECE_ROWS) {
    pieces.push(tf.tidy(() => work(first, Math.min(PIECE_ROWS, count - first)).map((output) => tf.reshape(output, [output.size]))));
  }
  const outputs = tf.tidy(() => pieces[0]!.map((_, i) => tf.concat1d(pieces.map((piece) => piece[i] as tf.Tensor1D))));
  for (const piece of pieces) for (const output of piece) output.dispose();
  return read(outputs);
}

/** Values of the moment, whatever training does while they are read. */
function readCopies(tensors: readonly tf.Tensor[]): Promise<Floats[]> {
  return read(tensors.map((tensor) => tensor.clone()));
}

/** Reads and disposes. */
async function read(tensors: readonly tf.Tensor[]): Promise<Floats[]> {
  try {
    return await Promise.all(tensors.map(async (tensor) => (await tensor.data<"float32">()) as Floats));
  } finally {
    // Only now: a tensor disposed while it is read never arrives.
    for (const tensor of tensors) tensor.dispose();
  }
}
