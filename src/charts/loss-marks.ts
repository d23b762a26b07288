/** Changes of rate as marks on the x axis: those too close to be told apart stand as one. */
import type { LossMark } from "./loss-data";
import type { Scale } from "./loss-scales";

export interface MarkGroup {
  readonly x: number;
  /** In order; at least one. The rates of the last one hold afterwards. */
  readonly changes: readonly LossMark[];
}

/** A dragged slider leaves a trail of changes: nearer to each other than a finger's width they are one mark. */
const GROUP_GAP = 24;

export function groupMarks(marks: readonly LossMark[], x: Scale): MarkGroup[] {
  const groups: { x: number; changes: LossMark[] }[] = [];
  for (const mark of marks) {
    const at = x(mark.step);
    const group = groups.at(-1);
    if (group !== undefined && at - x(group.changes.at(-1)!.step) < GROUP_GAP) {
      group.changes.push(mark);
      group.x = at;
    } else groups.push({ x: at, changes: [mark] });
  }
  return groups;
}
