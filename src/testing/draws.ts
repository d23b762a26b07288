/** Made-up numbers for tests, the same at every call with the same block, and what is done with them. */
import type * as tf from "../engine/tf";
import { fillNormal, fillUniform } from "../lib/random";

export const valuesOf = async (tensor: tf.Tensor) => (await tensor.data()) as Float32Array<ArrayBuffer>;

/** Normals times `scale`. */
export function draws(block: number, count: number, scale = 1): Float32Array<ArrayBuffer> {
  const out = new Float32Array(count);
  fillNormal({ seed: 11, stream: 99 }, block, out);
  return out.map((value) => value * scale);
}

export function uniforms(block: number, count: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(count);
  fillUniform({ seed: 12, stream: 99 }, block, out);
  return out;
}

/** Weighs outputs, so that the gradient of one number exercises all of them. */
export const weighted = (values: readonly number[], by: ArrayLike<number>) => values.reduce((sum, value, i) => sum + value * by[i]!, 0);
