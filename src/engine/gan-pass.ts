/**
 * Both networks of a GAN, forwards and backwards: images to scores, codes to images,
 * and the gradient of either side's loss by its own parameters alone.
 *
 * Written by hand as `pass.ts`, judged by central differences of the float64 twin. Callers wrap it in `tf.tidy`.
 *
 * Source: Goodfellow et al. 2014, arXiv:1406.2661, algorithm 1.
 */
import type { Network } from "../model/network";
import { activate, activationGradient } from "./activations";
import { fakeGradient, generatorGradient, realGradient, type GanLossConfig } from "./gan-losses";
import { joinBlocks } from "./parameters";
import { outputOf, stackBackward, stackForward, stackInputGradient, type LayerPass, type Model } from "./stack";
import * as tf from "./tf";

/** One side's parameters of the moment. */
export type SideModel = Pick<Model, "layout" | "parameters">;

/** Images as a discriminator has seen them. */
export interface Judged {
  readonly passes: readonly LayerPass[];
  /** Before the logistic function, `[rows, 1]`. */
  readonly scores: tf.Tensor2D;
}

/** @param images `[rows, pixels]` */
export function discriminate(discriminator: SideModel, { encoder, mean }: Network, images: tf.Tensor2D): Judged {
  const passes = stackForward(discriminator, [...encoder, mean], images);
  return { passes, scores: outputOf(passes, images) };
}

export interface Generated {
  readonly passes: readonly LayerPass[];
  /** After the output activation, `[rows, pixels]`. */
  readonly images: tf.Tensor2D;
}

/** @param z `[rows, latentDim]` */
export function generate(generator: SideModel, { decoder, output, outputActivation }: Network, z: tf.Tensor2D): Generated {
  const passes = stackForward(generator, [...decoder, output], z);
  return { passes, images: activate(outputActivation, outputOf(passes, z)) };
}

/** Real images above generated ones, judged in one go. */
export interface Match extends Judged {
  /** `[real rows, 1]` */
  readonly realScores: tf.Tensor2D;
  /** `[generated rows, 1]` */
  readonly fakeScores: tf.Tensor2D;
}

/** @param real `[rows, pixels]`, as `fake` */
export function playMatch(discriminator: SideModel, network: Network, real: tf.Tensor2D, fake: tf.Tensor2D): Match {
  const judged = discriminate(discriminator, network, tf.concat([real, fake], 0));
  const rows = real.shape[0];
  return {
    ...judged,
    realScores: tf.slice(judged.scores, [0, 0], [rows, 1]),
    fakeScores: tf.slice(judged.scores, [rows, 0], [fake.shape[0], 1]),
  };
}

/** The gradient of the discriminator's loss by its parameters. */
export function discriminatorGradients(config: GanLossConfig, { layout }: SideModel, match: Match): tf.Tensor1D[] {
  const byScores = tf.concat([realGradient(config, match.realScores), fakeGradient(config, match.fakeScores)], 0);
  return joinBlocks(layout, stackBackward(match.passes, byScores, false).parameters);
}

/** The gradient of the generator's loss by its parameters; noise laid on its images in between changes nothing of it. */
export function generatorGradients(
  config: GanLossConfig,
  { layout }: SideModel,
  { outputActivation }: Network,
  { passes, images }: Generated,
  judged: Judged,
): tf.Tensor1D[] {
  const byImages = stackInputGradient(judged.passes, generatorGradient(config, judged.scores));
  const byLogits = activationGradient(outputActivation, images, byImages);
  return joinBlocks(layout, stackBackward(passes, byLogits, false).parameters);
}
