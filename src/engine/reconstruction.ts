/**
 * Reconstruction losses, summed over pixels, nats per image, and their gradients by
 * the logits.
 *
 * `bce`: Bernoulli cross-entropy from logits, `max(l, 0) − l·x + log(1 + e^−|l|)`, which neither overflows nor takes the
 * logarithm of 0; its last term as −log σ(|l|), the same in half the time on wasm, whose σ is XNNPACK's. `mse`: `Σ (x − x̂)²` without the ½: a Gaussian with σ² = ½, up to a constant.
 */
import type { OutputActivation, ReconstructionKind } from "../protocol/run-config";
import { activationGradient } from "./activations";
import { constant } from "./constants";
import * as tf from "./tf";

/** One batch decoded, and what it should have been; all `[batch, pixels]`. */
export interface Decoded {
  readonly logits: tf.Tensor2D;
  /** After the output activation. */
  readonly reconstruction: tf.Tensor2D;
  readonly x: tf.Tensor2D;
}

/** `[batch]` */
export function reconstructionLosses(kind: ReconstructionKind, { logits, reconstruction, x }: Decoded): tf.Tensor1D {
  switch (kind) {
    case "bce": {
      const linear = tf.sub(tf.relu(logits), tf.mul(logits, x));
      return tf.sum(tf.sub(linear, tf.log(tf.sigmoid(tf.abs(logits)))), 1);
    }
    case "mse":
      return tf.sum(tf.square(tf.sub(reconstruction, x)), 1);
  }
}

/** By the logits, of the sum of losses times `scale`. @returns `[batch, pixels]` */
export function reconstructionGradient(
  kind: ReconstructionKind,
  outputActivation: OutputActivation,
  { reconstruction, x }: Decoded,
  scale: number,
): tf.Tensor2D {
  const difference = tf.sub(reconstruction, x);
  switch (kind) {
    case "bce": // σ(l) − x
      return tf.mul(difference, constant(scale));
    case "mse":
      return activationGradient(outputActivation, reconstruction, tf.mul(difference, constant(2 * scale)));
  }
}
