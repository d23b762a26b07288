/** Loss rows on their way to the page: read often, posted a few times a second. */
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

/** One table of all rows, in order; its arrays are new. */
export function joinColumns(parts: readonly LossColumns[]): LossColumns {
  const rows = parts.reduce((sum, { step }) => sum + step.length, 0);
  const joined: LossColumns = {
    step: new Uint32Array(rows),
    reconstruction: new Float32Array(rows),
    kl: new Float32Array(rows),
    objective: new Float32Array(rows),
  };
  let at = 0;
  for (const part of parts) {
    joined.step.set(part.step, at);
    joined.reconstruction.set(part.reconstruction, at);
    joined.kl.set(part.kl, at);
    joined.objective.set(part.objective, at);
    at += part.step.length;
  }
  return joined;
}

/** The first `rows` rows, in arrays of their own. */
export function firstRows({ step, reconstruction, kl, objective }: LossColumns, rows: number): LossColumns {
  return {
    step: step.slice(0, rows),
    reconstruction: reconstruction.slice(0, rows),
    kl: kl.slice(0, rows),
    objective: objective.slice(0, rows),
  };
}
