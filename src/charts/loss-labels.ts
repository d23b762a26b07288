/**
 * Moves labels apart that would lie on each other, no further than needed.
 *
 * Labels that touch form a group whose middle is the mean of where they wanted to
 * be; groups that touch are merged (pool adjacent violators, least squares).
 */

interface Group {
  readonly members: number[];
  /** Sum over members of the wanted place less the offset within the group. */
  sum: number;
}

/**
 * @param wanted middles, in any order
 * @param gap least distance between two middles
 * @param low least middle allowed, and `high` the greatest; more labels than fit overflow beyond `high`
 * @returns middles in the order of `wanted`
 */
export function spreadLabels(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).toSorted((a, b) => wanted[a]! - wanted[b]! || a - b);
  const groups: Group[] = [];
  const startOf = ({ members, sum }: Group) => {
    const last = high - (members.length - 1) * gap;
    return Math.max(low, Math.min(last, sum / members.length));
  };
  for (const index of order) {
    let group: Group = { members: [index], sum: wanted[index]! };
    for (let before = groups.at(-1); before !== undefined; before = groups.at(-1)) {
      if (startOf(before) + before.members.length * gap <= startOf(group)) break;
      groups.pop();
      const shift = before.members.length * gap;
      group = { members: [...before.members, ...group.members], sum: before.sum + group.sum - shift * group.members.length };
    }
    groups.push(group);
  }
  const placed: number[] = Array.from({ length: wanted.length }, () => 0);
  for (const group of groups) {
    const start = startOf(group);
    group.members.forEach((index, i) => {
      placed[index] = start + i * gap;
    });
  }
  return placed;
}
