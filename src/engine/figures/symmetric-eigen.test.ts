import { expect, test } from "vitest";
import { fillNormal } from "../../lib/random";
import { eigenPieces, symmetricEigen, type Eigen } from "./symmetric-eigen";

function eigenOf(matrix: readonly (readonly number[])[]): Eigen {
  const work = symmetricEigen(Float64Array.from(matrix.flat()), matrix.length);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** Σ of `rank` outer products of normal vectors: eigenvalues apart, all but `rank` of them 0. */
function gram(size: number, rank: number, stream: number): number[][] {
  const noise = new Float32Array(size * rank);
  fillNormal({ seed: 3, stream }, 0, noise);
  const row = (i: number) => noise.subarray(i * rank, (i + 1) * rank);
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (__, j) => row(i).reduce((sum, value, r) => sum + value * row(j)[r]!, 0)),
  );
}

const identity = (size: number) => Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => (i === j ? 2 : 0)));
const minus = (matrix: number[][]) => matrix.map((row) => row.map((value) => -value));

// Rounding of float64, times the number of terms in a sum.
const TOLERANCE = 1e-12;

test.each([
  ["of every rank", gram(24, 40, 70)],
  ["odd", gram(37, 50, 71)],
  ["with many eigenvalues of 0", gram(30, 4, 72)],
  ["below 0", minus(gram(12, 20, 73))],
  ["diagonal, all eigenvalues equal", identity(9)],
  ["in blocks", gram(6, 8, 74).map((row, i) => row.map((value, j) => (i < 3 === j < 3 ? value : 0)))],
  [
    "0",
    [
      [0, 0],
      [0, 0],
    ],
  ],
  ["of one number", [[-5]]],
  [
    "of two",
    [
      [1, 2],
      [2, 1],
    ],
  ],
])("a matrix %s is what its eigenvectors make of it", (_, matrix) => {
  const size = matrix.length;
  const { values, vectors } = eigenOf(matrix);
  const scale = Math.max(1, ...matrix.flat().map(Math.abs)) * size;
  expect([...values]).toEqual([...values].toSorted((a, b) => b - a));
  for (const [k, vector] of vectors.entries()) {
    for (const [l, other] of vectors.entries()) {
      const along = vector.reduce((sum, value, i) => sum + value * other[i]!, 0);
      expect(Math.abs(along - (k === l ? 1 : 0))).toBeLessThan(TOLERANCE * size);
    }
    for (const [i, row] of matrix.entries()) {
      const image = row.reduce((sum, value, j) => sum + value * vector[j]!, 0);
      expect(Math.abs(image - values[k]! * vector[i]!)).toBeLessThan(TOLERANCE * scale);
    }
  }
});

test("of [[1, 2], [2, 1]] the eigenvalues are 3 and −1", () => {
  const { values } = eigenOf([
    [1, 2],
    [2, 1],
  ]);
  expect(values[0]).toBeCloseTo(3, 14);
  expect(values[1]).toBeCloseTo(-1, 14);
});

test("a large one can be left, after about as many pieces as told", () => {
  const size = 250;
  const work = symmetricEigen(Float64Array.from(gram(size, 300, 75).flat()), size);
  let pieces = 0;
  while (work.next().done !== true) pieces++;
  expect(eigenPieces(size)).toBe(6);
  // How many QL steps it takes hangs on the matrix.
  expect(pieces).toBeGreaterThanOrEqual(4);
  expect(pieces).toBeLessThanOrEqual(8);
});
