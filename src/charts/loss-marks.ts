/** Changes of rate as marks on the x axis: those too close to be told apart stand as one. */
import type { LossChartData, LossRates } from "./loss-data";
import type { Scale } from "./scale";

export interface MarkGroup {
  /** Of the last change. */
  readonly x: number;
  readonly before: LossRates;
  readonly after: LossRates;
  /** How many changes the mark stands for. */
  readonly changes: number;
}

/** A dragged slider leaves a trail of changes: nearer to each other than a finger's width they are one mark. */
const GROUP_GAP = 24;

export function groupMarks(rates: LossChartData["rates"], x: Scale): MarkGroup[] {
  const groups: MarkGroup[] = [];
  let before = rates[0];
  for (const after of rates.slice(1)) {
    const group = groups.at(-1);
    const at = x(after.step);
    if (group !== undefined && at - group.x < GROUP_GAP) {
      groups[groups.length - 1] = { ...group, x: at, after, changes: group.changes + 1 };
    } else groups.push({ x: at, before, after, changes: 1 });
    before = after;
  }
  return groups;
}

/** The rates that hold at `step`. */
export function ratesAt(rates: LossChartData["rates"], step: number): LossRates {
  return rates.findLast((each) => each.step < step) ?? rates[0];
}
