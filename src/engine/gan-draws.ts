/**
 * What a GAN is fed: real batches, codes from the prior and instance noise of the run's
 * streams in training, held-out images and fixed draws outside it, as tensors.
 *
 * Every tensor has an array of its own: a step holds several of a kind, and backends keep arrays rather than copy them.
 *
 * Source: instance noise, Sønderby et al. 2017, arXiv:1610.04490, section 3.
 */
import { fillNormal } from "../lib/random";
import { batchIndices } from "../model/batch-order";
import type { Network } from "../model/network";
import { STREAMS } from "../model/streams";
import type { RunConfig } from "../protocol/run-config";
import { forEachStretch, gatherImages, unpackImages } from "./images";
import * as tf from "./tf";
import type { Images, TrainerInputs, TrainingImages } from "./trainer";

/** Blocks of a step in the stream of codes and, twice as many, in that of instance noise (`model/streams`). */
const UPDATES_PER_STEP = 16;

export class GanDraws {
  readonly #config: RunConfig;
  readonly #network: Network;
  readonly #training: TrainingImages;
  readonly #indices: Uint32Array;

  constructor({ config, network, training }: Pick<TrainerInputs, "config" | "network" | "training">) {
    this.#config = config;
    this.#network = network;
    this.#training = training;
    this.#indices = new Uint32Array(config.batchSize);
  }

  /** Real images of the discriminator's update `k`, from 1, of a step: `[batch, pixels]`, with their instance noise. */
  real(step: number, k: number): tf.Tensor2D {
    const { discriminatorSteps, batchSize } = this.#config;
    const { pixels } = this.#network;
    const images = new Float32Array(batchSize * pixels);
    batchIndices(this.#config, step * discriminatorSteps + k - 1, this.#indices);
    gatherImages(this.#training.pixels, pixels, this.#indices, images);
    return this.#spoilt(tf.tensor2d(images, [batchSize, pixels]), 2 * (step * UPDATES_PER_STEP + k));
  }

  /** Generated images as the discriminator sees them in update `k`; 0 is the generator's own. @param images `[batch, pixels]` */
  seen(images: tf.Tensor2D, step: number, k: number): tf.Tensor2D {
    return this.#spoilt(images, 2 * (step * UPDATES_PER_STEP + k) + 1);
  }

  #spoilt(images: tf.Tensor2D, block: number): tf.Tensor2D {
    const { instanceNoise, seed } = this.#config;
    if (instanceNoise === 0) return images;
    const noise = new Float32Array(images.size);
    fillNormal({ seed, stream: STREAMS.instanceNoise }, block, noise);
    for (let i = 0; i < noise.length; i++) noise[i] = instanceNoise * noise[i]!;
    return tf.add(images, tf.tensor2d(noise, images.shape));
  }

  /** z of update `k` of a step, `[batch, latentDim]`; 0 is the generator's. */
  codes(step: number, k: number): tf.Tensor2D {
    const { batchSize, seed } = this.#config;
    const { latentDim } = this.#network;
    const z = new Float32Array(batchSize * latentDim);
    fillNormal({ seed, stream: STREAMS.generatorNoise }, step * UPDATES_PER_STEP + k, z);
    return tf.tensor2d(z, [batchSize, latentDim]);
  }

  /** Held-out images from `first` on, `[rows, pixels]`, as they are. */
  heldOut({ pixels: bytes }: Images, first: number, rows: number): tf.Tensor2D {
    const { pixels } = this.#network;
    return tf.tensor2d(unpackImages(bytes, pixels, first, rows), [rows, pixels]);
  }

  /** One of the run's fixed draws of z beside each held-out image, by its place, `[rows, latentDim]`. */
  fixedCodes({ places }: Pick<Images, "places">, first: number, rows: number): tf.Tensor2D {
    const { latentDim } = this.#network;
    const random = { seed: this.#config.seed, stream: STREAMS.fixedDraws };
    const z = new Float32Array(rows * latentDim);
    forEachStretch(places, latentDim, first, rows, (draws, from, to) => fillNormal(random, 0, z.subarray(from, to), draws.first));
    return tf.tensor2d(z, [rows, latentDim]);
  }
}
