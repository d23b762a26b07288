/**
 * Reconstruction losses, summed over pixels, nats per image, and their gradients by
 * the logits.
 *
 * `bce` and `bernoulli`, which differ in what x is: cross-entropy from logits, `max(l, 0) − l·x + log(1 + e^−|l|)`, which neither
 * overflows nor takes the logarithm of 0; its last term as −log σ(|l|), the same in half the time on wasm, whose σ is XNNPACK's.
 * `gaussian`: −log N(x; x̂, σ²), `Σ (x − x̂)² / 2σ² + ½ log 2πσ²`, below 0 where σ is small and x̂ near. `mse`: `Σ (x − x̂)²` without
 * the ½: a Gaussian with σ² = ½, up to a constant.
 */
import type { OutputActivation, RunConfig } from "../protocol/run-config";
import { activationGradient } from "./activations";
import { constant } from "./constants";
import * as tf from "./tf";

export type Likelihood = Pick<RunConfig, "reconstruction" | "sigma">;

/** One batch decoded, and what it should have been; all `[batch, pixels]`. */
export interface Decoded {
  readonly logits: tf.Tensor2D;
  /** After the output activation. */
  readonly reconstruction: tf.Tensor2D;
  readonly x: tf.Tensor2D;
}

/** `[batch]` */
export function reconstructionLosses({ reconstruction: kind, sigma }: Likelihood, { logits, reconstruction, x }: Decoded): tf.Tensor1D {
  switch (kind) {
    case "bce":
    case "bernoulli": {
      const linear = tf.sub(tf.relu(logits), tf.mul(logits, x));
      return tf.sum(tf.sub(linear, tf.log(tf.sigmoid(tf.abs(logits)))), 1);
    }
    case "gaussian": {
      const squared = tf.sum<tf.Tensor1D>(tf.square(tf.sub(reconstruction, x)), 1);
      return tf.add(tf.mul(squared, constant(1 / (2 * sigma ** 2))), constant(gaussianFloor(sigma, x.shape[1])));
    }
    case "mse":
      return tf.sum(tf.square(tf.sub(reconstruction, x)), 1);
  }
}

/** −log N of a perfect reconstruction: what `gaussian` never falls below, nats. */
function gaussianFloor(sigma: number, pixels: number): number {
  return (pixels / 2) * Math.log(2 * Math.PI * sigma ** 2);
}

/** By the logits, of the sum of losses times `scale`. @returns `[batch, pixels]` */
export function reconstructionGradient(
  { reconstruction: kind, sigma }: Likelihood,
  outputActivation: OutputActivation,
  { reconstruction, x }: Decoded,
  scale: number,
): tf.Tensor2D {
  const difference = tf.sub(reconstruction, x);
  switch (kind) {
    case "bce":
    case "bernoulli": // σ(l) − x
      return tf.mul(difference, constant(scale));
    case "gaussian":
      return activationGradient(outputActivation, reconstruction, tf.mul(difference, constant(scale / sigma ** 2)));
    case "mse":
      return activationGradient(outputActivation, reconstruction, tf.mul(difference, constant(2 * scale)));
  }
}
