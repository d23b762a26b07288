/** Means over parts of the loss series, by the steps its rows stand for. */
import type { LossRows } from "../../charts/loss-data";

/** Mean of the last `epochSteps` steps, or of all there are; NaN when there are none. */
export function meanOfLastEpoch(rows: LossRows, values: ArrayLike<number>, epochSteps: number): number {
  let sum = 0;
  let steps = 0;
  for (let row = rows.length - 1; row >= 0 && steps < epochSteps; row--) {
    sum += values[row]! * rows.count[row]!;
    steps += rows.count[row]!;
  }
  return sum / steps;
}
