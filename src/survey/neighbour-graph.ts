/**
 * The graph a UMAP is laid out by: how strongly each code holds on to its neighbours, made mutual.
 *
 * umap-js makes the same graph of a map keyed by strings, a second of work for 5,000 codes that nobody can break off; this one is of typed
 * arrays and takes a few milliseconds. It has what umap-js reads of its own. Source: McInnes, Healy & Melville 2018, arXiv:1802.03426,
 * section 3.1: w = a + aᵀ − a ∘ aᵀ.
 */

export interface GraphEntry {
  readonly row: number;
  readonly col: number;
  readonly value: number;
}

/** Entries by row, then by column. */
export class NeighbourGraph {
  readonly nRows: number;
  readonly nCols: number;
  readonly #entries: readonly GraphEntry[];

  constructor(size: number, entries: readonly GraphEntry[]) {
    this.nRows = this.nCols = size;
    this.#entries = entries;
  }

  getAll(): GraphEntry[] {
    return [...this.#entries];
  }

  getValues(): number[] {
    return this.#entries.map(({ value }) => value);
  }

  map(change: (value: number, row: number, col: number) => number): NeighbourGraph {
    const changed = this.#entries.map(({ row, col, value }) => ({ row, col, value: change(value, row, col) }));
    return new NeighbourGraph(this.nRows, changed);
  }
}

/** One-sided strengths, as lists of entries. */
export interface Strengths {
  readonly rows: readonly number[];
  readonly cols: readonly number[];
  readonly vals: readonly number[];
}

/** Makes strengths mutual; a pair that has none has no entry. */
export function mutualGraph(size: number, { rows, cols, vals }: Strengths): NeighbourGraph {
  const strengths: Map<number, number>[] = Array.from({ length: size }, () => new Map<number, number>());
  for (let e = 0; e < vals.length; e++) if (vals[e]! > 0) strengths[rows[e]!]!.set(cols[e]!, vals[e]!);
  const entries: GraphEntry[] = [];
  const returned: number[][] = Array.from({ length: size }, () => []);
  strengths.forEach((row, i) => row.forEach((_, j) => returned[j]!.push(i)));
  for (let row = 0; row < size; row++) {
    const partners = new Set([...strengths[row]!.keys(), ...returned[row]!]);
    for (const col of [...partners].toSorted((a, b) => a - b)) {
      const there = strengths[row]!.get(col) ?? 0;
      const back = strengths[col]!.get(row) ?? 0;
      entries.push({ row, col, value: there + back - there * back });
    }
  }
  return new NeighbourGraph(size, entries);
}
