/**
 * What a posterior is charged for its distance from the prior: the KL of a run, the
 * penalty that stands for it, and the gradient of either.
 *
 * Sources: β-VAE, Higgins et al., ICLR 2017; free bits, Kingma et al. 2016, arXiv:1606.04934, section 2.3 and appendix C.8;
 * capacity, Burgess et al. 2018, arXiv:1804.03599, section 5. The mistakes are the ones `RunConfig.mistake` names.
 */
import type { RunConfig } from "../protocol/run-config";
import { constant, onesRow } from "./constants";
import { klTerms, klToPrior, posteriorGradients, type Posterior } from "./posterior";
import { columnSums } from "./products";
import * as tf from "./tf";

export type ChargeConfig = Pick<RunConfig, "model" | "klMode" | "freeBits" | "mistake">;

export interface Charge {
  /** Mean over the batch, nats, `[1]`. */
  readonly kl: tf.Tensor1D;
  /** What β is multiplied with, `[1]`; null where that is the KL. */
  readonly penalty: tf.Tensor1D | null;
  /** ∂penalty / ∂(mean KL of each latent dimension): `[1]`, or `[1, latentDim]`; null where it is 1. */
  readonly slope: tf.Tensor | null;
}

/** Of each image what the run calls its KL, `[batch]`. */
export function klOf({ mistake }: Pick<RunConfig, "mistake">, posterior: Posterior): tf.Tensor1D {
  switch (mistake) {
    case "none":
      return klToPrior(posterior);
    case "detached-kl":
      return tf.mul(tf.sum(tf.square(posterior.mean), 1), constant(0.5));
    case "code-mean":
      return tf.mean<tf.Tensor1D>(posterior.mean, 1);
  }
}

/** Mean KL of each latent dimension over the batch, `[latentDim]`; 0 without a spread. */
export function klPerDimension(posterior: Posterior): tf.Tensor1D {
  const [batch] = posterior.mean.shape;
  return tf.mul(columnSums(klTerms(posterior), onesRow(batch)), constant(0.5 / batch));
}

/** @param capacity C of this step */
export function chargeOf(config: ChargeConfig, posterior: Posterior, capacity: number): Charge {
  const klMode = config.model === "vae" ? config.klMode : "plain";
  if (klMode === "free-bits") return freeBitsCharge(posterior, config.freeBits);
  const kl = tf.mean<tf.Tensor1D>(klOf(config, posterior), 0, true); // [1]
  if (klMode === "plain") return { kl, penalty: null, slope: null };
  const excess = tf.sub<tf.Tensor1D>(kl, tf.scalar(capacity));
  return { kl, penalty: tf.abs(excess), slope: tf.sub(tf.step(excess), tf.step(tf.neg(excess))) };
}

/** `Σ_j max(λ, KL_j) = λ · latentDim + Σ_j relu(KL_j − λ)` */
function freeBitsCharge(posterior: Posterior, freeBits: number): Charge {
  const latentDim = posterior.mean.shape[1];
  const perDimension = klPerDimension(posterior);
  const excess = tf.sub(perDimension, constant(freeBits)); // [latentDim]
  return {
    kl: tf.sum(perDimension, 0, true),
    penalty: tf.add(tf.sum(tf.relu(excess), 0, true), constant(freeBits * latentDim)),
    slope: tf.reshape(tf.step(excess), [1, latentDim]),
  };
}

/**
 * Gradients by the encoder's heads of `(what comes through z) + β · penalty`; of a detached KL there is none.
 *
 * @param z the draw, from `sampleLatent`
 * @param dz gradient by z, `[batch, latentDim]`
 */
export function headGradients(
  { mistake }: Pick<RunConfig, "mistake">,
  posterior: Posterior,
  { slope }: Charge,
  z: tf.Tensor2D,
  dz: tf.Tensor2D,
  beta: number,
): { readonly mean: tf.Tensor2D; readonly logVar: tf.Tensor2D | null } {
  if (mistake === "code-mean") return { mean: tf.add(dz, tf.scalar(beta / z.size)), logVar: null };
  const perImage = tf.scalar(beta / z.shape[0]);
  return posteriorGradients(posterior, z, dz, slope === null ? perImage : tf.mul(slope, perImage));
}
