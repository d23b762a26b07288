/**
 * Work that can wait, a few milliseconds of every frame, its owners in turn. New work of
 * an owner takes the place of its former.
 */
export interface FrameWork {
  /** Every step of the iterator is one piece. */
  readonly begin: (owner: object, pieces: Iterator<unknown>) => void;
  readonly drop: (owner: object) => void;
}

/** Of each frame; at least one piece is done even where that takes longer. */
export const FRAME_BUDGET_MS = 8;

interface Clock {
  readonly now: () => number;
  readonly requestFrame: (onFrame: () => void) => unknown;
}

const BROWSER: Clock = { now: () => performance.now(), requestFrame: (onFrame) => requestAnimationFrame(onFrame) };

export function createFrameWork({ now, requestFrame }: Clock = BROWSER): FrameWork {
  // Whoever was cut off goes to the end, whoever begins anew keeps the turn: nobody's haste starves the others.
  const waiting = new Map<object, Iterator<unknown>>();
  let isScheduled = false;

  const schedule = () => {
    if (isScheduled || waiting.size === 0) return;
    isScheduled = true;
    requestFrame(work);
  };
  const work = () => {
    isScheduled = false;
    const end = now() + FRAME_BUDGET_MS;
    for (const [owner, pieces] of waiting) {
      while (waiting.get(owner) === pieces) {
        if (pieces.next().done === true) waiting.delete(owner);
        if (now() < end) continue;
        if (waiting.delete(owner)) waiting.set(owner, pieces);
        return schedule();
      }
    }
    schedule();
  };
  return {
    begin(owner, pieces) {
      waiting.set(owner, pieces);
      schedule();
    },
    drop: (owner) => void waiting.delete(owner),
  };
}

/** The page's own. */
export const frameWork = createFrameWork();
