/** Derivatives measured rather than derived: the judge of every gradient. */

/**
 * Half-width of a difference in float64: the error of the formula (∝ h²) and that of rounding (∝ 1/h) are both near 1e-9 for
 * functions of order 1 to 10.
 */
const HALF_WIDTH = 1e-5;

/** ∂f/∂values[i] for every i; `values` is moved and put back. */
export function centralDifferences(values: Float64Array | number[], f: () => number): Float64Array {
  return Float64Array.from(values, (_, i) => {
    const here = values[i]!;
    values[i] = here + HALF_WIDTH;
    const above = f();
    values[i] = here - HALF_WIDTH;
    const below = f();
    values[i] = here;
    return (above - below) / (2 * HALF_WIDTH);
  });
}
