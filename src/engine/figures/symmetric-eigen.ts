/**
 * All eigenvalues and eigenvectors of a symmetric matrix, in pieces: of the covariance
 * of 784 pixels they are seconds of work, in which a worker should still hear a command.
 *
 * Householder reflections make the matrix tridiagonal, implicit QL steps make that diagonal. Both run along rows, as arrays lie in
 * memory. Knows nothing of images.
 *
 * Sources: Golub & Van Loan, "Matrix Computations", algorithms 5.1.1 and 8.3.1; Dubrulle, Martin & Wilkinson 1968, "The implicit QL
 * algorithm", Numer. Math. 12.
 */

export interface Eigen {
  /** Largest first, `[size]`. */
  readonly values: Float64Array;
  /** Orthonormal, one for each value. */
  readonly vectors: readonly Float64Array[];
}

/** Multiplications between two yields: some tens of milliseconds. */
const WORK_PER_PIECE = 1e7;

/** Yields of `symmetricEigen`, about: ⅔ size³ for either half of the first part, some 3 size³ for the QL steps. */
export function eigenPieces(size: number): number {
  return Math.floor((4.3 * size ** 3) / WORK_PER_PIECE);
}

/** @param matrix row by row, symmetric and finite; overwritten */
export function* symmetricEigen(matrix: Float64Array, size: number): Generator<void, Eigen> {
  const rows = Array.from({ length: size }, (_, i) => matrix.subarray(i * size, (i + 1) * size));
  const reflections: Reflection[] = [];
  const breath = new Breath();
  const offDiagonal = new Float64Array(size);
  for (let k = 0; k < size - 1; k++) {
    const { reflection, landing } = reflectionOf(rows[k]!, k + 1);
    offDiagonal[k] = landing;
    reflections.push(reflection);
    if (reflection.scale !== 0) reflectBothSides(rows, reflection);
    if (breath.isDueAfter(2 * (size - k) ** 2)) yield;
  }
  const diagonal = Float64Array.from(rows, (row, i) => row[i]!);
  const vectors = Array.from({ length: size }, (_, i) => new Float64Array(size).fill(1, i, i + 1));
  for (const reflection of reflections.toReversed()) {
    for (const row of vectors.slice(reflection.from)) reflect(row, reflection);
    if (breath.isDueAfter(2 * (size - reflection.from) ** 2)) yield;
  }
  yield* diagonalise(diagonal, offDiagonal, vectors, breath);
  const order = Array.from(diagonal, (_, i) => i).toSorted((a, b) => diagonal[b]! - diagonal[a]!);
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors: order.map((i) => vectors[i]!) };
}

class Breath {
  #work = 0;

  /** Whether it is time to yield. @param work multiplications done since the last question */
  isDueAfter(work: number): boolean {
    this.#work += work;
    if (this.#work < WORK_PER_PIECE) return false;
    this.#work = 0;
    return true;
  }
}

/** x ← x − scale · (vᵀx) v */
interface Reflection {
  /** 0 before `from`. */
  readonly v: Float64Array;
  readonly from: number;
  /** 2 / vᵀv; 0 where nothing is to be done. */
  readonly scale: number;
}

/** What turns all of `x` from number `from` on into one number there, `landing`. */
function reflectionOf(x: Float64Array, from: number): { readonly reflection: Reflection; readonly landing: number } {
  const first = x[from]!;
  const v = new Float64Array(x.length);
  v.set(x.subarray(from), from);
  const rest = dot(v, v, from + 1);
  if (rest === 0) return { reflection: { v, from, scale: 0 }, landing: first };
  // To the side away from `first`, so that no digits cancel.
  const landing = -Math.sign(first || 1) * Math.sqrt(first ** 2 + rest);
  v[from] = first - landing;
  return { reflection: { v, from, scale: 2 / (v[from] ** 2 + rest) }, landing };
}

function dot(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function reflect(x: Float64Array, { v, from, scale }: Reflection): void {
  const along = scale * dot(v, x, from);
  for (let i = from; i < x.length; i++) x[i]! -= along * v[i]!;
}

/** A ← H A H of the rows and columns from `from` on, as A − v wᵀ − w vᵀ. */
function reflectBothSides(rows: readonly Float64Array[], { v, from, scale }: Reflection): void {
  const w = new Float64Array(v.length);
  for (let i = from; i < w.length; i++) w[i] = scale * dot(rows[i]!, v, from);
  const half = (scale / 2) * dot(w, v, from);
  for (let i = from; i < w.length; i++) w[i]! -= half * v[i]!;
  for (let i = from; i < w.length; i++) {
    const [row, vi, wi] = [rows[i]!, v[i]!, w[i]!];
    for (let j = from; j < w.length; j++) row[j]! -= vi * w[j]! + wi * v[j]!;
  }
}

/** QL steps until nothing is left beside the diagonal, which then holds the eigenvalues. @param vectors turned along with it */
function* diagonalise(d: Float64Array, e: Float64Array, vectors: readonly Float64Array[], breath: Breath): Generator<void, void> {
  const size = d.length;
  // What is lost in rounding beside the largest of them is nothing, as in every eigenvalue to follow.
  const negligible = Number.EPSILON * d.reduce((most, value, i) => Math.max(most, Math.abs(value) + Math.abs(e[i]!)), 0);
  for (let first = 0; first < size; first++) {
    for (;;) {
      let last = first;
      while (last < size - 1 && Math.abs(e[last]!) > negligible) last++;
      if (last === first) break;
      qlStep(d, e, vectors, first, last);
      if (breath.isDueAfter(4 * size * (last - first))) yield;
    }
  }
}

/** One implicit step on `first` … `last`, with Wilkinson's shift. */
function qlStep(d: Float64Array, e: Float64Array, vectors: readonly Float64Array[], first: number, last: number): void {
  const ratio = (d[first + 1]! - d[first]!) / (2 * e[first]!);
  const shift = d[first]! - e[first]! / (ratio + Math.sign(ratio || 1) * Math.hypot(ratio, 1));
  let g = d[last]! - shift;
  let [sine, cosine, carried] = [1, 1, 0];
  for (let i = last - 1; i >= first; i--) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    const length = Math.hypot(f, g);
    e[i + 1] = length;
    if (length === 0) {
      // Falls apart in two here.
      d[i + 1]! -= carried;
      e[last] = 0;
      return;
    }
    [sine, cosine] = [f / length, g / length];
    const below = d[i + 1]! - carried;
    const turned = (d[i]! - below) * sine + 2 * cosine * b;
    carried = sine * turned;
    d[i + 1] = below + carried;
    g = cosine * turned - b;
    rotate(vectors[i]!, vectors[i + 1]!, sine, cosine);
  }
  d[first]! -= carried;
  e[first] = g;
  e[last] = 0;
}

function rotate(a: Float64Array, b: Float64Array, sine: number, cosine: number): void {
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k]!, b[k]!];
    a[k] = cosine * x - sine * y;
    b[k] = sine * x + cosine * y;
  }
}
