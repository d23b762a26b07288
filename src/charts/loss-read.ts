/**
 * Reads the loss data at a step, and as the rows of a table.
 *
 * Says exactly what is known: which steps a training value is the mean of, and at
 * which step the held-out one was measured.
 */
import { rowAt } from "../lib/capped-series";
import type { CurveColor, LossChartData } from "./loss-data";

export interface Reading {
  /** Steps the training values are the means of; equal for a single step. */
  readonly fromStep: number;
  readonly toStep: number;
  /** Epochs completed by `toStep`. */
  readonly epoch: number;
  /** In the order of panels and their curves. */
  readonly values: readonly CurveReading[];
  /** Step of the last evaluation not after `toStep`; null before the first. */
  readonly heldOutStep: number | null;
}

export interface CurveReading {
  readonly id: string;
  readonly name: string;
  readonly color: CurveColor;
  readonly training: number;
  readonly heldOut: number | null;
}

/** What is known at the row that covers `step`; null before the first row. */
export function readAt(data: LossChartData, step: number): Reading | null {
  const { rows, heldOutSteps } = data;
  const row = rowAt(rows, step);
  if (row < 0) return null;
  const toStep = rows.step[row]!;
  const evaluation = heldOutSteps.findLastIndex((each) => each <= toStep);
  return {
    fromStep: toStep - rows.count[row]! + 1,
    toStep,
    epoch: Math.floor(toStep / data.stepsPerEpoch),
    heldOutStep: heldOutSteps[evaluation] ?? null,
    values: data.panels.flatMap(({ curves }) =>
      curves.map(({ id, name, color, training, heldOut }) => ({
        id,
        name,
        color,
        training: training[row]!,
        heldOut: heldOut[evaluation] ?? null,
      })),
    ),
  };
}

/**
 * The step to read after moving by `pixels` from `step`: at least one row on, so that a key always moves.
 *
 * @param toX step → pixels, rising
 */
export function stepBeside({ rows }: LossChartData, toX: (step: number) => number, step: number, pixels: number): number {
  const last = rows.length - 1;
  let row = rowAt(rows, step);
  const direction = Math.sign(pixels);
  const goal = toX(rows.step[row]!) + pixels;
  do row += direction;
  while (row > 0 && row < last && (goal - toX(rows.step[row]!)) * direction > 0);
  return rows.step[Math.max(0, Math.min(last, row))]!;
}

/** Most rows of a table: enough to follow a run, few enough to read. */
const TABLE_ROWS = 40;

/**
 * One reading per evaluation (thinned when there are many) and one for the last row; training values are the means of the
 * steps since the reading before.
 */
export function tableReadings(data: LossChartData): Reading[] {
  const { rows, heldOutSteps } = data;
  if (rows.length === 0) return [];
  const lastStep = rows.step[rows.length - 1]!;
  const ends = [...new Set([...heldOutSteps.filter((step) => step > 0 && step < lastStep), lastStep])];
  const every = Math.ceil(ends.length / TABLE_ROWS);
  const kept = ends.filter((_, i) => (ends.length - 1 - i) % every === 0);
  let row = 0;
  return kept.flatMap((end) => {
    const first = row;
    while (row < rows.length && rows.step[row]! <= end) row++;
    const reading = readAt(data, rows.step[row - 1] ?? 0);
    if (reading === null || row === first) return [];
    const values = reading.values.map((value, i) => ({ ...value, training: meanOf(data, i, first, row) }));
    return [{ ...reading, fromStep: rows.step[first]! - rows.count[first]! + 1, values }];
  });
}

/** Mean of curve `index` over rows `from` … `to` − 1, by the steps they stand for. */
function meanOf({ panels, rows }: LossChartData, index: number, from: number, to: number): number {
  const { training } = panels.flatMap(({ curves }) => curves)[index]!;
  let sum = 0;
  let steps = 0;
  for (let row = from; row < to; row++) {
    sum += training[row]! * rows.count[row]!;
    steps += rows.count[row]!;
  }
  return sum / steps;
}
