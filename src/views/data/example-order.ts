/**
 * The order in which held-out images are shown as examples: the first of every class,
 * then the second of every class, and so on. A function of the labels alone, so that
 * a class that presses the button together sees the same images.
 */

/** Indices into `labels`, each once. */
export function exampleOrder(labels: ArrayLike<number>): number[] {
  const byClass = new Map<number, number[]>();
  for (let index = 0; index < labels.length; index++) {
    const known = byClass.get(labels[index]!);
    if (known === undefined) byClass.set(labels[index]!, [index]);
    else known.push(index);
  }
  const classes = [...byClass.keys()].toSorted((a, b) => a - b);
  const longest = Math.max(0, ...[...byClass.values()].map(({ length }) => length));
  const order: number[] = [];
  for (let round = 0; round < longest; round++) {
    for (const label of classes) {
      const index = byClass.get(label)![round];
      if (index !== undefined) order.push(index);
    }
  }
  return order;
}

/** The next `count` examples after `shown`; the first ones when `shown` is no part of the order, and after the last. */
export function nextExamples(order: readonly number[], shown: readonly number[], count: number): number[] {
  const at = order.indexOf(shown[0] ?? -1);
  const isPart = at >= 0 && shown.every((index, i) => order[at + i] === index);
  const first = isPart && at + shown.length < order.length ? at + shown.length : 0;
  return order.slice(first, first + count);
}
