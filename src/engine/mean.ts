/** What an evaluation reports of its images' losses, alike on every trainer. */

/** The mean, summed in float64, so that ten thousand images do not round away. */
export function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
