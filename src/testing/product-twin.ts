/** A matrix product in float64 loops: the judge of the dense kernels. */

/** Read as one `[rows][columns]`, element (r, c), whatever lies in memory. */
export type Operand = (row: number, column: number) => number;

export interface ProductTwin {
  /** `Σ_k left(r, k) · right(k, c)`, `[rows][columns]`. */
  readonly sums: Float64Array;
  /** The same of the absolute values: what rounding is measured by. */
  readonly magnitudes: Float64Array;
}

export function productTwin(left: Operand, right: Operand, rows: number, depth: number, columns: number): ProductTwin {
  const sums = new Float64Array(rows * columns);
  const magnitudes = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < depth; k++) {
      const l = left(r, k);
      for (let c = 0; c < columns; c++) {
        const term = l * right(k, c);
        sums[r * columns + c]! += term;
        magnitudes[r * columns + c]! += Math.abs(term);
      }
    }
  }
  return { sums, magnitudes };
}
