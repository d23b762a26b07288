/**
 * The encoder's answer: a diagonal Gaussian q(z|x), a draw from it, and its
 * distance from the prior N(0, I), each with its gradient.
 *
 * Knows nothing of pixels or of the optimiser. An autoencoder's answer has no spread: log σ² is null, z is the mean, and
 * the KL term is 0.
 *
 * Source: Kingma & Welling 2013, arXiv:1312.6114, section 2.4 (sampling) and appendix B (closed-form KL).
 */
import { LOG_VAR_RANGE } from "../model/forward";
import { constant } from "./constants";
import * as tf from "./tf";

/** q(z|x) for one batch; every tensor is `[batch, latentDim]`. */
export interface Posterior {
  readonly mean: tf.Tensor2D;
  readonly spread: {
    /** As the encoder's head gives it. */
    readonly rawLogVar: tf.Tensor2D;
    /** log σ² held in `LOG_VAR_RANGE`. */
    readonly logVar: tf.Tensor2D;
  } | null;
}

export function posteriorOf(mean: tf.Tensor2D, rawLogVar: tf.Tensor2D | null): Posterior {
  if (rawLogVar === null) return { mean, spread: null };
  return { mean, spread: { rawLogVar, logVar: tf.clipByValue(rawLogVar, LOG_VAR_RANGE.min, LOG_VAR_RANGE.max) } };
}

/** `z = μ + e^{½ log σ²} · ε`; μ itself where there is no spread. @param epsilon `[batch, latentDim]`, standard normal */
export function sampleLatent({ mean, spread }: Posterior, epsilon: tf.Tensor2D | null): tf.Tensor2D {
  if (spread === null || epsilon === null) return mean;
  const sigma = tf.exp(tf.mul(spread.logVar, constant(0.5)));
  return tf.add(mean, tf.mul(sigma, epsilon));
}

/** `½ Σ (μ² + σ² − 1 − log σ²)` over latent dimensions, `[batch]`, nats. */
export function klToPrior(posterior: Posterior): tf.Tensor1D {
  if (posterior.spread === null) return tf.zeros([posterior.mean.shape[0]]);
  return tf.mul(tf.sum(klTerms(posterior), 1), constant(0.5));
}

/** Twice the KL of each latent dimension, `[batch, latentDim]`; 0 without a spread. */
export function klTerms({ mean, spread }: Posterior): tf.Tensor2D {
  if (spread === null) return tf.zeros(mean.shape);
  const { logVar } = spread;
  return tf.sub(tf.add(tf.square(mean), tf.sub(tf.exp(logVar), constant(1))), logVar);
}

/**
 * Gradients by the encoder's heads of `(what comes through z) + Σ klScale · kl`.
 *
 * @param z the draw, from `sampleLatent`
 * @param dz gradient by z, `[batch, latentDim]`
 * @param klScale β over the batch size, for all latent dimensions or for each, `[1, latentDim]`
 */
export function posteriorGradients(
  { mean, spread }: Posterior,
  z: tf.Tensor2D,
  dz: tf.Tensor2D,
  klScale: tf.Tensor,
): { readonly mean: tf.Tensor2D; readonly logVar: tf.Tensor2D | null } {
  if (spread === null) return { mean: dz, logVar: null };
  const { rawLogVar, logVar } = spread;
  const throughDraw = tf.mul(dz, tf.sub(z, mean)); // twice ∂z/∂logσ² · dz, as z − μ = σ ε
  const throughKl = tf.mul(klScale, tf.sub(tf.exp(logVar), constant(1)));
  const byLogVar = tf.mul(constant(0.5), tf.add(throughDraw, throughKl));
  return {
    mean: tf.add(dz, tf.mul(klScale, mean)),
    // Beyond the range the clamp lets no gradient through.
    logVar: tf.mul(byLogVar, tf.cast(tf.equal(rawLogVar, logVar), "float32")),
  };
}
