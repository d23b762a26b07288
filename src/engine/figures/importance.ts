/**
 * Importance-weighted bounds of log p(x), streamed: draw after draw, with nothing kept
 * but a running sum for each image.
 *
 * With z ~ q(z|x) and w = p(x|z) p(z) / q(z|x), the mean over images of log (1/k) Σ w is a lower bound of log p(x) that k tightens;
 * k = 1 is the ELBO's own estimate. Knows no trainer: −log p(x|z) is handed in.
 *
 * Source: Burda et al. 2015, arXiv:1509.00519, equation 8 and theorem 1.
 */
import { fillNormal } from "../../lib/random";
import { STREAMS } from "../../model/streams";
import { IWAE_SAMPLES, type ImportanceBound } from "../../protocol/figures";
import type { Floats } from "../../protocol/messages";

/** One draw of z from each posterior, and log p(z) − log q(z|x), nats, of each. */
export interface PosteriorDraw {
  /** `[count, latentDim]` */
  readonly z: Floats;
  /** `[count]` */
  readonly logRatio: Float64Array;
}

/** N(mean, exp(logVar)) of images that stand together in the held-out set. */
export interface PosteriorsInOrder {
  /** `[count, latentDim]` */
  readonly mean: Floats;
  readonly logVar: Floats;
  readonly latentDim: number;
  /** Place of the first in the held-out set, which decides the noise. */
  readonly first: number;
}

/**
 * Draw `draw` of every posterior. Where both are Gaussian, log p(z) − log q(z|x) = Σ ½(ε² − z² + log σ²): the constants cancel.
 */
export function drawPosteriors(seed: number, draw: number, { mean, logVar, latentDim, first }: PosteriorsInOrder): PosteriorDraw {
  const epsilon = new Float32Array(mean.length);
  fillNormal({ seed, stream: STREAMS.importance }, draw, epsilon, first * latentDim);
  const z = new Float32Array(mean.length);
  const logRatio = new Float64Array(mean.length / latentDim);
  for (let i = 0; i < z.length; i++) {
    z[i] = mean[i]! + Math.exp(logVar[i]! / 2) * epsilon[i]!;
    logRatio[Math.floor(i / latentDim)]! += (epsilon[i]! ** 2 - z[i]! ** 2 + logVar[i]!) / 2;
  }
  return { z, logRatio };
}

/** The numbers of samples for which bounds are told when `samples` are drawn, ascending. */
export function samplesTold(samples: number): number[] {
  return [...IWAE_SAMPLES.filter((fewer) => fewer < samples), samples];
}

/** log (1/k) Σ exp of numbers that come one draw at a time, for many images side by side; never overflows. */
export class StreamedLogMeanExp {
  /** Largest so far, and Σ exp(number − largest). */
  readonly #largest: Float64Array;
  readonly #sum: Float64Array;
  readonly #count: Uint32Array;

  constructor(images: number) {
    this.#largest = new Float64Array(images).fill(-Infinity);
    this.#sum = new Float64Array(images);
    this.#count = new Uint32Array(images);
  }

  add(image: number, value: number): void {
    const largest = this.#largest[image]!;
    if (value > largest) {
      this.#sum[image] = this.#sum[image]! * Math.exp(largest - value) + 1;
      this.#largest[image] = value;
    } else this.#sum[image]! += Math.exp(value - largest);
    this.#count[image]! += 1;
  }

  /** Of each image, over what has come so far, `[images]`. */
  values(): Float64Array {
    return this.#largest.map((largest, i) => largest + Math.log(this.#sum[i]! / this.#count[i]!));
  }
}

/** @param perImage log (1/k) Σ w of each image */
export function boundOf(samples: number, perImage: Float64Array): ImportanceBound {
  const images = perImage.length;
  const bound = perImage.reduce((sum, value) => sum + value, 0) / images;
  const squares = perImage.reduce((sum, value) => sum + (value - bound) ** 2, 0);
  return { samples, bound, standardError: Math.sqrt(squares / (images - 1) / images) };
}
