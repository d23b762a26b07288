/**
 * Limited-memory BFGS: what the last steps of a minimisation have told about curvature.
 *
 * Source: Nocedal & Wright 2006, Numerical Optimization, algorithm 7.4.
 */

/** Steps remembered. Fewer forget the curvature of a bent path, more remember one that has changed. */
const MEMORY = 10;
/** A step that the gradient answers with less than this cosine has seen no curvature that could be trusted. */
const LEAST_COSINE = 1e-10;

export interface QuasiNewton {
  /** An approximation of the inverse Hessian times `gradient`. @param rough the same without memory; symmetric, positive definite */
  direction(gradient: Float64Array, rough: (vector: Float64Array) => Float64Array): Float64Array;
  /** After a step: what was added, and by how much the gradient changed. */
  learn(step: Float64Array, change: Float64Array): void;
  forget(): void;
  readonly isEmpty: boolean;
}

export function createQuasiNewton(): QuasiNewton {
  let memory: { step: Float64Array; change: Float64Array; curvature: number }[] = [];
  return {
    direction(gradient, rough) {
      const q = gradient.slice();
      const shares = new Map<object, number>();
      for (const pair of memory.toReversed()) {
        const share = inner(pair.step, q) / pair.curvature;
        shares.set(pair, share);
        addScaled(q, pair.change, -share);
      }
      const r = rough(q);
      for (const pair of memory) addScaled(r, pair.step, shares.get(pair)! - inner(pair.change, r) / pair.curvature);
      return r;
    },
    learn(step, change) {
      const curvature = inner(step, change);
      if (!(curvature > LEAST_COSINE * Math.sqrt(inner(step, step) * inner(change, change)))) return;
      memory = [...memory.slice(1 - MEMORY), { step, change, curvature }];
    },
    forget() {
      memory = [];
    },
    get isEmpty() {
      return memory.length === 0;
    },
  };
}

export function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** In place. */
function addScaled(values: Float64Array, by: Float64Array, scale: number): void {
  for (let i = 0; i < values.length; i++) values[i]! += scale * by[i]!;
}
