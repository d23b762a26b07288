/** Loss rows on their way to the page: read often, posted a few times a second. */
import { LOSS_TERMS, type LossTerm } from "../protocol/loss-terms";
import type { LossColumns } from "../protocol/messages";

/** Ten posts a second look continuous in a curve; more would only cost messages. */
export const POST_INTERVAL_MS = 100;

export class LossBuffer {
  #parts: LossColumns[] = [];
  #postedAt = -Infinity;

  add(columns: LossColumns): void {
    if (columns.step.length > 0) this.#parts.push(columns);
  }

  isDue(now: number): boolean {
    return this.#parts.length > 0 && now - this.#postedAt >= POST_INTERVAL_MS;
  }

  /** All rows since the last call as one table, or null when there are none. */
  take(now: number): LossColumns | null {
    if (this.#parts.length === 0) return null;
    const columns = joinColumns(this.#parts);
    this.#parts = [];
    this.#postedAt = now;
    return columns;
  }

  clear(): void {
    this.#parts = [];
  }
}

/** The terms that a table has columns for. */
export function termsIn(columns: LossColumns): LossTerm[] {
  return LOSS_TERMS.filter((term) => columns[term] !== undefined);
}

/** One table of all rows, in order; its arrays are new. @param parts tables of the same terms, at least one */
export function joinColumns(parts: readonly LossColumns[]): LossColumns {
  const rows = parts.reduce((sum, { step }) => sum + step.length, 0);
  const joined: LossColumns = { step: new Uint32Array(rows), ...tableOf(termsIn(parts[0]!), () => new Float32Array(rows)) };
  let at = 0;
  for (const part of parts) {
    joined.step.set(part.step, at);
    for (const term of termsIn(joined)) joined[term]!.set(part[term]!, at);
    at += part.step.length;
  }
  return joined;
}

/** The first `rows` rows, in arrays of their own. */
export function firstRows(columns: LossColumns, rows: number): LossColumns {
  return { step: columns.step.slice(0, rows), ...tableOf(termsIn(columns), (term) => columns[term]!.slice(0, rows)) };
}

function tableOf<Value>(terms: readonly LossTerm[], column: (term: LossTerm) => Value): { readonly [Term in LossTerm]?: Value } {
  return Object.fromEntries(terms.map((term) => [term, column(term)]));
}
