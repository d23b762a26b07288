/**
 * Small tensors that never change, made once for each backend: a number given to an
 * op becomes a tensor, which on WebGPU is a buffer and an upload at every step.
 */
import * as tf from "./tf";

interface Made {
  readonly scalars: Map<number, tf.Scalar>;
  readonly rows: Map<number, tf.Tensor2D>;
}

const made = new WeakMap<object, Made>();

function madeFor(backend: object): Made {
  let found = made.get(backend);
  if (found === undefined) made.set(backend, (found = { scalars: new Map(), rows: new Map() }));
  return found;
}

/** A kept scalar of the current backend; nobody disposes it but `disposeConstants`. */
export function constant(value: number): tf.Scalar {
  const { scalars } = madeFor(tf.engine().backend);
  let scalar = scalars.get(value);
  if (scalar === undefined) scalars.set(value, (scalar = tf.keep(tf.scalar(value))));
  return scalar;
}

/** Ones, `[1, length]`; kept, as `constant`. */
export function onesRow(length: number): tf.Tensor2D {
  const { rows } = madeFor(tf.engine().backend);
  let row = rows.get(length);
  if (row === undefined) rows.set(length, (row = tf.keep(tf.ones<tf.Rank.R2>([1, length]))));
  return row;
}

/** Frees those of the current backend, before it is closed. */
export function disposeConstants(): void {
  const { backend } = tf.engine();
  const { scalars, rows } = madeFor(backend);
  for (const kept of [...scalars.values(), ...rows.values()]) kept.dispose();
  made.delete(backend);
}
