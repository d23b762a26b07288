/**
 * Shares the worker's one thread among the questions that are open: each works for a
 * slice, then lets messages and the others in. So a cheap question never waits for
 * a long one to end, and one that was called off ends at its next turn.
 */
import { nextTask } from "../lib/next-task";

/** With one more piece of work begun at its very end a slice stays within 12 ms. */
const SLICE_MS = 9;

/** One question's share. */
export interface Turn {
  /** Asked between pieces of work of a millisecond or less. */
  readonly isOver: () => boolean;
  /**
   * Lets messages and other questions in; resolves in a slice of its own.
   *
   * @throws the reason with which the question was called off
   */
  readonly pass: () => Promise<void>;
}

export interface Clock {
  /** Milliseconds from any origin, never going back. */
  readonly now: () => number;
  /** Resolves in a fresh task, after the messages that wait. */
  readonly nextTask: () => Promise<void>;
}

export const WORKER_CLOCK: Clock = { now: () => performance.now(), nextTask };

export interface Turns {
  /** A slice begins: a message has come. */
  readonly begin: () => void;
  readonly of: (signal: AbortSignal) => Turn;
}

export function createTurns({ now, nextTask: task }: Clock): Turns {
  let began = now();
  const begin = () => {
    began = now();
  };
  return {
    begin,
    of: (signal) => ({
      isOver: () => now() - began >= SLICE_MS,
      async pass() {
        await task(); // waiters are served in order, each in a task: the questions take turns
        begin();
        signal.throwIfAborted();
      },
    }),
  };
}

/** A batch that takes longer is too large, and the next one smaller. */
const BATCH_MS = 3;
const MOST_IN_BATCH = 64;

/**
 * Works through `count` things in batches of a few milliseconds, whatever the machine and the model: they double while there
 * is time to spare.
 */
export async function inBatches(turn: Turn, count: number, work: (from: number, count: number) => void): Promise<void> {
  let size = 1;
  for (let from = 0; from < count;) {
    if (turn.isOver()) await turn.pass();
    const batch = Math.min(size, count - from);
    const began = performance.now();
    work(from, batch);
    from += batch;
    const took = performance.now() - began;
    if (took > BATCH_MS) size = Math.max(1, size >> 1);
    else if (took < BATCH_MS / 3) size = Math.min(MOST_IN_BATCH, size * 2);
  }
}
