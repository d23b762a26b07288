/** One piece of work put off until nothing newer has come for a while. */
export interface Delayed {
  readonly isPending: boolean;
  /** Runs `work` after the delay, in place of any that is waiting. */
  schedule(work: () => void): void;
  /** Runs what is waiting, if anything is, now. */
  flush(): void;
  cancel(): void;
}

export function createDelayed(delayMs: number): Delayed {
  let waiting: { readonly timer: ReturnType<typeof setTimeout>; readonly work: () => void } | null = null;

  const take = () => {
    const taken = waiting;
    if (taken !== null) clearTimeout(taken.timer);
    waiting = null;
    return taken?.work;
  };
  const flush = () => take()?.();
  return {
    get isPending() {
      return waiting !== null;
    },
    schedule(work) {
      take();
      waiting = { work, timer: setTimeout(flush, delayMs) };
    },
    flush,
    cancel: () => void take(),
  };
}
