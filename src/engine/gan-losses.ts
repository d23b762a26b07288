/**
 * What either side of a GAN lowers, image by image, and the gradients by the
 * discriminator's scores, written by hand.
 *
 * `nonsaturating`: cross-entropies from scores, the generator's that of a real label, which has a gradient where the discriminator
 * is sure. `hinge`: scores beyond ±1 are let be, the generator raises its score without bound.
 *
 * Sources: Goodfellow et al. 2014, arXiv:1406.2661, section 3; one-sided label smoothing, Salimans et al. 2016, arXiv:1606.03498,
 * section 3.4; hinge, Lim & Ye 2017, arXiv:1705.02894, and Miyato et al. 2018, arXiv:1802.05957, equations 16 and 17.
 */
import type { RunConfig } from "../protocol/run-config";
import { constant } from "./constants";
import * as tf from "./tf";

export type GanLossConfig = Pick<RunConfig, "ganLoss" | "labelSmoothing">;

/** The discriminator's loss of real images. Scores and losses of all of these are `[rows, 1]`. */
export function realLosses({ ganLoss, labelSmoothing }: GanLossConfig, scores: tf.Tensor2D): tf.Tensor2D {
  switch (ganLoss) {
    case "hinge":
      return tf.relu(tf.sub<tf.Tensor2D>(constant(1), scores));
    case "nonsaturating": {
      const asReal = tf.mul<tf.Tensor2D>(constant(1 - labelSmoothing), tf.softplus(tf.neg(scores)));
      return labelSmoothing === 0 ? asReal : tf.add(asReal, tf.mul(constant(labelSmoothing), tf.softplus(scores)));
    }
  }
}

/** The discriminator's loss of generated images. */
export function fakeLosses({ ganLoss }: GanLossConfig, scores: tf.Tensor2D): tf.Tensor2D {
  return ganLoss === "hinge" ? tf.relu(tf.add<tf.Tensor2D>(constant(1), scores)) : tf.softplus(scores);
}

/** The generator's loss of its images. */
export function generatorLosses({ ganLoss }: GanLossConfig, scores: tf.Tensor2D): tf.Tensor2D {
  return ganLoss === "hinge" ? tf.neg(scores) : tf.softplus(tf.neg(scores));
}

/** Gradient by the scores of the mean of `realLosses`. */
export function realGradient({ ganLoss, labelSmoothing }: GanLossConfig, scores: tf.Tensor2D): tf.Tensor2D {
  const share = 1 / scores.shape[0];
  switch (ganLoss) {
    case "hinge":
      return tf.mul(tf.step(tf.sub<tf.Tensor2D>(constant(1), scores)), constant(-share));
    case "nonsaturating": {
      // −(1 − s) σ(−D) + s σ(D): σ(D) − (1 − s) without the difference of numbers near each other.
      const asReal = tf.mul<tf.Tensor2D>(tf.sigmoid(tf.neg(scores)), constant(-(1 - labelSmoothing) * share));
      return labelSmoothing === 0 ? asReal : tf.add(asReal, tf.mul(tf.sigmoid(scores), constant(labelSmoothing * share)));
    }
  }
}

/** Gradient by the scores of the mean of `fakeLosses`. */
export function fakeGradient({ ganLoss }: GanLossConfig, scores: tf.Tensor2D): tf.Tensor2D {
  const slope = ganLoss === "hinge" ? tf.step(tf.add<tf.Tensor2D>(constant(1), scores)) : tf.sigmoid(scores);
  return tf.mul(slope, constant(1 / scores.shape[0]));
}

/** Gradient by the scores of the mean of `generatorLosses`. */
export function generatorGradient({ ganLoss }: GanLossConfig, scores: tf.Tensor2D): tf.Tensor2D {
  const share = constant(-1 / scores.shape[0]);
  return ganLoss === "hinge" ? tf.mul(tf.ones<tf.Rank.R2>(scores.shape), share) : tf.mul(tf.sigmoid(tf.neg(scores)), share);
}
