/**
 * Matrix products with their operands laid out as the backend multiplies fastest.
 *
 * The WASM backend has one fast kernel, for operands that are not transposed; with a transposed one it falls back to a
 * plain loop, 13 times slower at 128×784×400. There, operands are transposed in memory first, which costs 5 % of a product.
 *
 * What bounds a wasm step (784-400-20, batch 128, one thread, profiled): the multiplications, 0.2 G of them at 14 G a second,
 * are more than half of it; packing and transposing a tenth; exponentials, roots and the passes of Adam most of the rest.
 */
import * as tf from "./tf";

const transposesFirst = () => tf.getBackend() === "wasm";

/**
 * Whether `x · weight` is faster as `(weightᵀ · xᵀ)ᵀ`: the WASM kernel repacks its right operand, number by number, whenever that
 * is new, and parameters are new at every step. `xᵀ` is kept, as the gradient by the weight wants it too.
 */
export function multipliesFromTheLeft(x: tf.Tensor2D, weight: tf.Tensor2D): boolean {
  return transposesFirst() && 2 * x.size < weight.size;
}

/** `aᵀ · b` @param a `[k, m]` @param b `[k, n]` @returns `[m, n]` */
export function transposedTimes(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return transposesFirst() ? tf.matMul(tf.transpose(a), b) : tf.matMul(a, b, true, false);
}

/** `a · bᵀ` @param a `[m, k]` @param b `[n, k]` @returns `[m, n]` */
export function timesTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  if (!transposesFirst()) return tf.matMul(a, b, false, true);
  // The kernel repacks its right operand at every call: put the smaller one there.
  return a.size < b.size ? tf.transpose(tf.matMul(b, tf.transpose(a))) : tf.matMul(a, tf.transpose(b));
}

/** Sums of columns, as a product with a row of ones: the axis-0 sum of every backend transposes and then reduces. @returns `[n]` */
export function columnSums(a: tf.Tensor2D, ones: tf.Tensor2D): tf.Tensor1D {
  return tf.reshape(tf.matMul(ones, a), [a.shape[1]]);
}
