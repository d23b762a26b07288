/**
 * What the trainer over TensorFlow.js feeds its network: batches of the run's order and
 * noise in training, pieces of held-out images outside it, as tensors.
 */
import { fillNormal } from "../lib/random";
import { batchIndices } from "../model/batch-order";
import { binarise, corrupt, isBinarised, isCorrupted } from "../model/corruption";
import type { Network } from "../model/network";
import { STREAMS } from "../model/streams";
import type { Bytes, Floats } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";
import { forEachStretch, gatherImages, heldOutInputs, heldOutTargets, oneHotRows } from "./images";
import type { Batch } from "./pass";
import * as tf from "./tf";
import type { Images, TrainerInputs, TrainingImages } from "./trainer";

export class TrainingBatches {
  readonly #config: RunConfig;
  readonly #network: Network;
  readonly #training: TrainingImages;
  // Filled anew for every step in place, read by the backend before the step returns.
  readonly #indices: Uint32Array;
  readonly #targets: Floats;
  /** The same array as the targets where nothing is spoilt. */
  readonly #inputs: Floats;
  readonly #epsilon: Floats;

  constructor({ config, network, training }: Pick<TrainerInputs, "config" | "network" | "training">) {
    this.#config = config;
    this.#network = network;
    this.#training = training;
    this.#indices = new Uint32Array(config.batchSize);
    this.#targets = new Float32Array(config.batchSize * network.pixels);
    this.#inputs = isCorrupted(config) ? new Float32Array(this.#targets.length) : this.#targets;
    this.#epsilon = new Float32Array(network.logVar === null ? 0 : config.batchSize * network.latentDim);
  }

  /** Batch `step` of the run. @param step updates done before it */
  at(step: number): Batch {
    const { pixels, classes } = this.#network;
    const [indices, targets, inputs] = [this.#indices, this.#targets, this.#inputs];
    const draws = { purpose: "training", block: step, first: 0 } as const;
    const shape: [number, number] = [indices.length, pixels];
    batchIndices(this.#config, step, indices);
    gatherImages(this.#training.pixels, pixels, indices, targets);
    if (isBinarised(this.#config)) binarise(this.#config.seed, draws, targets);
    const target = tf.tensor2d(targets, shape);
    const told = classes === 0 ? null : tf.tensor2d(oneHotRows(this.#training.labels, indices, classes), [indices.length, classes]);
    if (inputs === targets) return { input: target, target, told };
    inputs.set(targets);
    corrupt(this.#config, draws, inputs);
    return { input: tf.tensor2d(inputs, shape), target, told };
  }

  /** ε of batch `step`, `[batch, latentDim]`; null in an autoencoder. */
  noiseAt(step: number): tf.Tensor2D | null {
    if (this.#network.logVar === null) return null;
    fillNormal({ seed: this.#config.seed, stream: STREAMS.trainingNoise }, step, this.#epsilon);
    return tf.tensor2d(this.#epsilon, [this.#indices.length, this.#network.latentDim]);
  }
}

export class HeldOutBatches {
  readonly #config: RunConfig;
  readonly #network: Network;
  /** Evaluation noise of as many places as have been asked for in a row, `[places, latentDim]`. */
  #noise: Floats = new Float32Array(0);

  constructor({ config, network }: Pick<TrainerInputs, "config" | "network">) {
    this.#config = config;
    this.#network = network;
  }

  /** Rows `first` … as in evaluation: the encoder's spoilt where the config asks for it. */
  at(images: Images, first: number, rows: number): Batch {
    const { pixels } = this.#network;
    const targets = heldOutTargets(this.#config, pixels, images, first, rows);
    const inputs = heldOutInputs(this.#config, pixels, images, targets, first);
    const target = tf.tensor2d(targets, [rows, pixels]);
    const input = inputs === targets ? target : tf.tensor2d(inputs, [rows, pixels]);
    return { input, target, told: this.told(images.labels, first, rows) };
  }

  /** As `at`, with nothing spoilt. */
  cleanAt(images: Images, first: number, rows: number): Batch {
    const { pixels } = this.#network;
    const target = tf.tensor2d(heldOutTargets(this.#config, pixels, images, first, rows), [rows, pixels]);
    return { input: target, target, told: this.told(images.labels, first, rows) };
  }

  /** One-hot labels of rows `first` …, `[rows, classes]`; null where the network is told none. */
  told(labels: Bytes | undefined, first: number, rows: number): tf.Tensor2D | null {
    const { classes } = this.#network;
    if (classes === 0) return null;
    const indices = Uint32Array.from({ length: rows }, (_, row) => first + row);
    return tf.tensor2d(oneHotRows(labels, indices, classes), [rows, classes]);
  }

  /** Evaluation noise of rows `first` …, `[rows, latentDim]`; null in an autoencoder. */
  noiseAt({ places, count }: Images, first: number, rows: number): tf.Tensor2D | null {
    const { latentDim, logVar } = this.#network;
    if (logVar === null) return null;
    const random = { seed: this.#config.seed, stream: STREAMS.evaluationNoise };
    if (places !== undefined) {
      const noise = new Float32Array(rows * latentDim);
      forEachStretch(places, latentDim, first, rows, (draws, from, to) => fillNormal(random, 0, noise.subarray(from, to), draws.first));
      return tf.tensor2d(noise, [rows, latentDim]);
    }
    if (this.#noise.length < count * latentDim) {
      this.#noise = new Float32Array(count * latentDim);
      fillNormal(random, 0, this.#noise);
    }
    return tf.tensor2d(this.#noise.subarray(first * latentDim, (first + rows) * latentDim), [rows, latentDim]);
  }
}
