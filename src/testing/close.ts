/** Are two arrays of numbers the same up to rounding? */
import { expect } from "vitest";

/**
 * Fails unless every |actual − expected| ≤ tolerance · (|expected| + root mean square of all expected), and says which is
 * worst. The second term, as a sum that comes out near 0 carries the rounding of what went into it.
 */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what = "values"): void {
  expect(actual.length, `length of ${what}`).toBe(expected.length);
  let squares = 0;
  for (let i = 0; i < expected.length; i++) squares += expected[i]! ** 2;
  const scale = Math.sqrt(squares / expected.length);
  let worst = { at: -1, excess: 0, text: "" };
  for (let i = 0; i < expected.length; i++) {
    const allowed = tolerance * (Math.abs(expected[i]!) + scale);
    const error = Math.abs(actual[i]! - expected[i]!);
    if (error <= allowed) continue; // NaN is not
    const excess = Number.isNaN(error) ? Infinity : error / allowed;
    if (excess > worst.excess) worst = { at: i, excess, text: `${actual[i]} is not ${expected[i]} ± ${allowed}` };
  }
  expect.soft(worst.at, `${what}[${worst.at}]: ${worst.text}`).toBe(-1);
}
