/**
 * Lowers the energy of a path step by step: limited-memory BFGS with a backtracking line
 * search, which starts from the chain's own Laplacian.
 *
 * Source: Nocedal & Wright 2006, Numerical Optimization, sections 3.1 and 7.2.
 */
import type { Floats } from "../protocol/messages";
import type { PathEnergy } from "./path-energy";
import { createQuasiNewton, inner } from "./quasi-newton";

/** Done when this many steps in a row have each lowered the energy by less than this share of it. */
const PATIENCE = 2;
const LEAST_GAIN = 1e-4;
/** Share of the promised decrease that a step has to keep (section 3.1), and how much of one that does not is tried next. */
const ARMIJO = 1e-4;
const SHORTEN = 0.4;
/** A smaller share of a step moves no float32. */
const LEAST_SHARE = 1e-5;
/** Of the mean weight: no step is free, so that points do not run away where the picture stands still. */
const WEIGHT_FLOOR = 0.01;

export interface PathDescent {
  readonly best: PathEnergy;
  readonly isDone: boolean;
  /** Measures one path; when it keeps its promise it is the best. */
  trial(): void;
}

/** @param isFixed of each point */
export function createPathDescent(
  start: PathEnergy,
  isFixed: readonly boolean[],
  latentDim: number,
  measure: (path: Floats) => PathEnergy,
): PathDescent {
  const memory = createQuasiNewton();
  const freeOnly = (gradient: Float64Array) => gradient.map((value, i) => (isFixed[Math.floor(i / latentDim)]! ? 0 : value));
  let best = start;
  let gradient = freeOnly(start.gradient());
  let step: Float64Array | null = null;
  let share = 1;
  let idle = 0;

  function accept(next: PathEnergy): void {
    const nextGradient = freeOnly(next.gradient());
    memory.learn(
      Float64Array.from(next.path, (value, i) => value - best.path[i]!),
      nextGradient.map((value, i) => value - gradient[i]!),
    );
    idle = best.energy - next.energy < LEAST_GAIN * best.energy ? idle + 1 : 0;
    best = next;
    gradient = nextGradient;
    step = null;
  }

  /** What was learnt misleads: the plain Laplacian is tried once more, and if that leads nowhere either this is the least. */
  function giveUpStep(): void {
    if (memory.isEmpty) idle = PATIENCE;
    memory.forget();
    step = null;
  }

  return {
    get best() {
      return best;
    },
    get isDone() {
      return idle >= PATIENCE;
    },
    trial() {
      if (step === null) {
        const weights = stepWeights(best, latentDim);
        step = memory.direction(gradient, (vector) => solveLaplacian(weights, isFixed, latentDim, vector));
        share = 1;
      }
      const [towards, taken] = [step, share];
      const slope = -inner(gradient, step);
      if (!(slope < 0)) return giveUpStep();
      const next = measure(best.path.map((value, i) => value - taken * towards[i]!));
      if (next.energy <= best.energy + ARMIJO * share * slope) return accept(next);
      share *= SHORTEN;
      if (share < LEAST_SHARE) giveUpStep();
    },
  };
}

/** E as a chain of springs, Σ w ‖Δz‖² with w as the steps are now: twice the weights are the Hessian's, `[points − 1]`. */
function stepWeights({ path, squares }: PathEnergy, latentDim: number): Float64Array {
  const steps = squares.length;
  const stiffness = squares.map((square, step) => {
    let length = 0;
    for (let i = step * latentDim; i < (step + 1) * latentDim; i++) length += (path[i + latentDim]! - path[i]!) ** 2;
    return length > 0 ? square / length : 0;
  });
  const floor = (WEIGHT_FLOOR * stiffness.reduce((sum, value) => sum + value, 0)) / steps;
  return stiffness.map((value) => 2 * steps * (value + floor));
}

/**
 * Solves L x = b for every dimension by elimination (Thomas), L the Laplacian of a chain whose steps have these weights. Fixed
 * points do not move: x is 0 there.
 */
function solveLaplacian(weights: Float64Array, isFixed: readonly boolean[], latentDim: number, b: Float64Array): Float64Array {
  const x = b.slice();
  const diagonal = new Float64Array(isFixed.length).fill(1);
  for (let point = 1; point < isFixed.length; point++) {
    if (isFixed[point]!) continue; // the last is
    diagonal[point] = weights[point - 1]! + weights[point]!;
    if (isFixed[point - 1]!) continue;
    const share = weights[point - 1]! / diagonal[point - 1]!;
    diagonal[point]! -= share * weights[point - 1]!;
    for (let d = 0; d < latentDim; d++) x[point * latentDim + d]! += share * x[(point - 1) * latentDim + d]!;
  }
  for (let point = isFixed.length - 2; point > 0; point--) {
    if (isFixed[point]!) continue;
    for (let d = 0; d < latentDim; d++) {
      const at = point * latentDim + d;
      const after = isFixed[point + 1]! ? 0 : weights[point]! * x[at + latentDim]!;
      x[at] = (x[at]! + after) / diagonal[point]!;
    }
  }
  return x;
}
