/**
 * Principal components of images, as the best that a linear code of the same width can
 * do: a baseline beside every autoencoder.
 *
 * The covariance is summed up here, from bytes and therefore exactly, and taken apart by `symmetric-eigen`. For some hundreds of
 * pixels that is seconds, in pieces: whoever may want it again should keep it (`kept`).
 *
 * Source: Hotelling 1933; that a linear autoencoder can do no better, Baldi & Hornik 1989.
 */
import type { Bytes } from "../../protocol/messages";
import { eigenPieces, symmetricEigen } from "./symmetric-eigen";

export interface PrincipalComponents {
  /** Mean image, `[pixels]`, in [0, 1]. */
  readonly mean: Float64Array;
  /** Orthonormal, most variance first, `[components, pixels]`; `MAX_COMPONENTS` at most. */
  readonly directions: readonly Float64Array[];
  /** Variance along each of them, pixels in [0, 1]. */
  readonly variances: readonly number[];
  /** Over all directions. */
  readonly totalVariance: number;
  readonly fittedImages: number;
}

/** As wide as a latent space can be. */
const MAX_COMPONENTS = 128;
/** Images between two yields. */
const IMAGES_PER_PIECE = 250;

/** @param images `[count, pixels]`, bytes 0 … 255, two images at least */
export function* fitComponents(images: Bytes, pixels: number): Generator<void, PrincipalComponents> {
  const fittedImages = images.length / pixels;
  const { mean, covariance, varying } = yield* covarianceOf(images, pixels);
  const size = varying.length;
  const totalVariance = varying.reduce((sum, _, i) => sum + covariance[i * size + i]!, 0);
  const { values, vectors } = yield* symmetricEigen(covariance, size);
  const directions = vectors.slice(0, MAX_COMPONENTS).map((vector) => {
    const direction = new Float64Array(pixels);
    varying.forEach((pixel, i) => (direction[pixel] = vector[i]!));
    return direction;
  });
  // A variance of 0 may come out a hair below it.
  const variances = Array.from(values.subarray(0, MAX_COMPONENTS), (value) => Math.max(0, value));
  return { mean, totalVariance, fittedImages, directions, variances };
}

interface Covariance {
  /** `[pixels]` */
  readonly mean: Float64Array;
  /** `[varying, varying]` */
  readonly covariance: Float64Array;
  /** Which pixels they are. */
  readonly varying: readonly number[];
}

/**
 * Sums of bytes and of their products are whole numbers below 2⁵³ for any number of images that fits in memory: exact.
 *
 * @returns the covariance (unbiased, pixels in [0, 1]) of those pixels that are not the same in every image
 */
function* covarianceOf(images: Bytes, pixels: number): Generator<void, Covariance> {
  const count = images.length / pixels;
  const sums = new Float64Array(pixels);
  const products = new Float64Array(pixels * pixels);
  const lit = new Uint32Array(pixels);
  for (let image = 0; image < count; image++) {
    const start = image * pixels;
    let lights = 0;
    for (let i = 0; i < pixels; i++) if (images[start + i] !== 0) lit[lights++] = i;
    for (let a = 0; a < lights; a++) {
      const i = lit[a]!;
      const value = images[start + i]!;
      sums[i]! += value;
      for (let b = 0; b <= a; b++) products[i * pixels + lit[b]!]! += value * images[start + lit[b]!]!;
    }
    if (image % IMAGES_PER_PIECE === IMAGES_PER_PIECE - 1) yield;
  }
  const entry = (i: number, j: number) => (products[i * pixels + j]! - (sums[i]! * sums[j]!) / count) / (count - 1) / 255 ** 2;
  const varying = Array.from(sums, (_, i) => i).filter((i) => products[i * pixels + i]! * count !== sums[i]! ** 2);
  const covariance = new Float64Array(varying.length ** 2);
  varying.forEach((i, row) => {
    varying.forEach((j, column) => (covariance[row * varying.length + column] = i >= j ? entry(i, j) : entry(j, i)));
  });
  return { mean: sums.map((sum) => sum / count / 255), covariance, varying };
}

/** Yields of `fitComponents`, about; fewer where pixels never change. */
export function componentPieces(images: number, pixels: number): number {
  return projectionPieces(images) + eigenPieces(pixels);
}

/** Yields of `projectionError`, within one. */
export function projectionPieces(images: number): number {
  return Math.ceil(images / IMAGES_PER_PIECE);
}

/** Share of the variance that the first `components` hold, 0 to 1. */
export function explainedVariance({ variances, totalVariance }: PrincipalComponents, components: number): number {
  if (totalVariance === 0) return 1;
  return Math.min(1, variances.slice(0, components).reduce((sum, variance) => sum + variance, 0) / totalVariance);
}

/**
 * Mean over images of Σ (x − x̂)², where x̂ is what `components` numbers tell of an image: ‖x − mean‖² less what lies along those
 * directions. Yields between pieces.
 *
 * @param images `[count, pixels]`, bytes 0 … 255
 */
export function* projectionError({ mean, directions }: PrincipalComponents, components: number, images: Bytes): Generator<void, number> {
  const pixels = mean.length;
  const count = images.length / pixels;
  const centred = new Float64Array(pixels);
  let sum = 0;
  for (let image = 0; image < count; image++) {
    for (let i = 0; i < pixels; i++) {
      centred[i] = images[image * pixels + i]! / 255 - mean[i]!;
      sum += centred[i]! ** 2;
    }
    for (const direction of directions.slice(0, components)) {
      let along = 0;
      for (let i = 0; i < pixels; i++) along += centred[i]! * direction[i]!;
      sum -= along ** 2;
    }
    if (image % IMAGES_PER_PIECE === IMAGES_PER_PIECE - 1) yield;
  }
  return sum / count;
}
