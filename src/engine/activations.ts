/**
 * Activation functions and their derivatives, the latter from the output alone, so
 * that the input need not be kept.
 *
 * Sources: leaky relu with PyTorch's slope (`model/forward`); elu, Clevert et al. 2015, arXiv:1511.07289, with α = 1.
 */
import { LEAKY_SLOPE } from "../model/forward";
import type { Activation } from "../protocol/run-config";
import { constant } from "./constants";
import * as tf from "./tf";

/** What the fused dense kernels of every backend can apply by themselves. */
export const FUSED_ACTIVATION: Readonly<Partial<Record<Activation, "linear" | "relu" | "leakyrelu" | "elu" | "sigmoid">>> = {
  linear: "linear",
  relu: "relu",
  lrelu: "leakyrelu",
  elu: "elu",
  sigmoid: "sigmoid",
};

export function activate<T extends tf.Tensor>(activation: Activation, x: T): T {
  switch (activation) {
    case "linear":
      return x;
    case "relu":
      return tf.relu(x);
    case "lrelu":
      return tf.leakyRelu(x, LEAKY_SLOPE);
    case "elu":
      return tf.elu(x);
    case "softplus":
      return tf.softplus(x);
    case "tanh":
      return tf.tanh(x);
    case "sigmoid":
      return tf.sigmoid(x);
  }
}

/** The gradient by the input of `y = activation(x)`. @param dy gradient by y, shaped as y */
export function activationGradient(activation: Activation, y: tf.Tensor2D, dy: tf.Tensor2D): tf.Tensor2D {
  switch (activation) {
    case "linear":
      return dy;
    case "relu":
      return tf.mul(dy, tf.step(y));
    case "lrelu":
      return tf.mul(dy, tf.step(y, LEAKY_SLOPE));
    case "elu": // 1 above 0, else e^x = y + 1
      return tf.mul(dy, tf.sub(constant(1), tf.relu(tf.neg(y))));
    case "softplus": // σ(x) = 1 − e^−y
      return tf.mul(dy, tf.sub(constant(1), tf.exp(tf.neg(y))));
    case "tanh":
      return tf.mul(dy, tf.sub(constant(1), tf.square(y)));
    case "sigmoid":
      return tf.mul(dy, tf.mul(y, tf.sub(constant(1), y)));
  }
}
