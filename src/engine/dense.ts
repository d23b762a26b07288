/**
 * A dense layer, forwards and backwards: `y = activation(x · W + b)`.
 *
 * One that is told a label has it one-hot after its inputs. Setting it beside x costs a copy of x, which is less than a copy of
 * the weight's rows would be, and leaves one product each way.
 */
import { LEAKY_SLOPE } from "../model/forward";
import type { DenseSpec } from "../model/network";
import { activate, activationGradient, FUSED_ACTIVATION } from "./activations";
import type { LayerParameters } from "./parameters";
import { columnSums, multipliesFromTheLeft, timesTransposed, transposedTimes } from "./products";
import * as tf from "./tf";

/** What the backward pass needs of a layer's forward pass. */
export interface DensePass {
  readonly layer: DenseSpec;
  readonly weight: tf.Tensor2D;
  /** `[batch, inputs]`, the label among them. */
  readonly x: tf.Tensor2D;
  /** `[inputs, batch]`, where the forward pass has made it. */
  readonly xTransposed: tf.Tensor2D | null;
  /** `[batch, units]` */
  readonly y: tf.Tensor2D;
}

/**
 * @param input `[batch, inputs − classes]`
 * @param told labels one-hot, `[batch, classes]`; null where the layer is told none
 */
export function denseForward(
  layer: DenseSpec,
  { weight: table, bias }: LayerParameters,
  input: tf.Tensor2D,
  told: tf.Tensor2D | null = null,
): DensePass {
  const weight = table as tf.Tensor2D;
  const x = layer.classes === 0 ? input : besideLabel(layer, input, told);
  if (multipliesFromTheLeft(x, weight)) {
    const xTransposed = tf.transpose(x);
    const y = tf.tidy(() => {
      const product = tf.transpose(tf.matMul(tf.transpose(weight), xTransposed)); // [batch, units]
      return activate(layer.activation, tf.add<tf.Tensor2D>(product, bias));
    });
    return { layer, weight, x, xTransposed, y };
  }
  const activation = FUSED_ACTIVATION[layer.activation];
  const fused = tf.fused.matMul({ a: x, b: weight, bias, activation: activation ?? "linear", leakyreluAlpha: LEAKY_SLOPE }) as tf.Tensor2D;
  const y = activation === undefined ? activate(layer.activation, fused) : fused; // [batch, units]
  return { layer, weight, x, xTransposed: null, y };
}

function besideLabel({ name, classes }: DenseSpec, input: tf.Tensor2D, told: tf.Tensor2D | null): tf.Tensor2D {
  if (told?.shape[1] !== classes)
    throw new RangeError(`denseForward: ${name} is told one of ${classes} labels, here of ${told?.shape[1] ?? 0}`);
  return tf.concat([input, told], 1);
}

export interface DenseGradients {
  readonly weight: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
  /** By the layer's input before bias and activation, `[batch, units]`. */
  readonly sum: tf.Tensor2D;
}

/**
 * Gradients by the layer's parameters.
 *
 * @param dy by y, `[batch, units]`
 * @param ones `[1, batch]`
 */
export function denseGradients({ layer, x, xTransposed, y }: DensePass, dy: tf.Tensor2D, ones: tf.Tensor2D): DenseGradients {
  const sum = activationGradient(layer.activation, y, dy);
  return { weight: xTransposed === null ? transposedTimes(x, sum) : tf.matMul(xTransposed, sum), bias: columnSums(sum, ones), sum };
}

/** The gradient by what comes into the layer, `[batch, inputs − classes]`: nobody wants one by a label. */
export function denseInputGradient({ layer, weight }: DensePass, { sum }: Pick<DenseGradients, "sum">): tf.Tensor2D {
  const { inputs, classes } = layer;
  const dx = timesTransposed(sum, weight);
  return classes === 0 ? dx : tf.slice(dx, [0, 0], [dx.shape[0], inputs - classes]);
}
