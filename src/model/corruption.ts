/**
 * What the encoder sees in place of an image, and what the loss compares with: pixels
 * drawn black or white, pixels spoilt. Pure functions of seed, place and image, the
 * same on the page, in every trainer and in the code a run is exported as.
 *
 * Sources: Vincent et al. 2008, "Extracting and composing robust features with denoising autoencoders" (masking), and 2010, JMLR 11,
 * section 3.3 (Gaussian, salt-and-pepper); dynamic binarisation, Salakhutdinov & Murray 2008.
 */
import { fillNormal, fillUniform, type RandomStream } from "../lib/random";
import type { RunConfig } from "../protocol/run-config";
import { STREAMS } from "./streams";

/** The draws for one stretch of images: those of `block`, from `first` on. */
export interface Draws {
  readonly purpose: "training" | "evaluation";
  /** Step before the update, from 0, in training; 0 in evaluation. */
  readonly block: number;
  /** Number of the first pixel's draw: place of the image · pixels. */
  readonly first: number;
}

/** Whether images reach the loss as anything but their bytes / 255. */
export function isBinarised({ reconstruction, model }: Pick<RunConfig, "reconstruction" | "model">): boolean {
  return reconstruction === "bernoulli" && model !== "gan";
}

/** Whether the encoder is shown anything but what the loss compares with. */
export function isCorrupted({ corruption, corruptionLevel, model }: Pick<RunConfig, "corruption" | "corruptionLevel" | "model">): boolean {
  return corruption !== "none" && corruptionLevel > 0 && model !== "gan";
}

/** Makes each grey value x a 1 with probability x, else a 0, in place. @param images any number of whole images, in [0, 1] */
export function binarise(seed: number, { purpose, block, first }: Draws, images: Float32Array): void {
  const stream = purpose === "training" ? STREAMS.trainingBinarisation : STREAMS.evaluationBinarisation;
  const u = new Float32Array(images.length);
  fillUniform({ seed, stream }, block, u, first);
  for (let i = 0; i < images.length; i++) images[i] = u[i]! < images[i]! ? 1 : 0;
}

/**
 * Spoils images in place. `gaussian` adds level · ε, which may leave [0, 1]; `masking` sets a pixel to 0 with probability level;
 * `salt` to 0 and to 1 with half of it each.
 */
export function corrupt(
  { corruption, corruptionLevel: level, seed }: Pick<RunConfig, "corruption" | "corruptionLevel" | "seed">,
  { purpose, block, first }: Draws,
  images: Float32Array,
): void {
  if (corruption === "none") return;
  const random: RandomStream = { seed, stream: purpose === "training" ? STREAMS.trainingCorruption : STREAMS.evaluationCorruption };
  const draws = new Float32Array(images.length);
  if (corruption === "gaussian") {
    fillNormal(random, block, draws, first);
    for (let i = 0; i < images.length; i++) images[i] = images[i]! + level * draws[i]!;
    return;
  }
  fillUniform(random, block, draws, first);
  const black = corruption === "masking" ? level : level / 2;
  for (let i = 0; i < images.length; i++) {
    if (draws[i]! < black) images[i] = 0;
    else if (draws[i]! < level) images[i] = 1;
  }
}
