/**
 * Cuts short what a run waits for: it was ended, its device went away, its data will
 * not come.
 *
 * One wait at a time, as a run does one thing at a time. Not a `Promise.race` against
 * one long-lived promise: that keeps every wait there ever was.
 */
export class Interruption {
  #raised: { readonly error: unknown } | null = null;
  #reject: ((error: unknown) => void) | null = null;

  /** The first one counts until `clear`. */
  raise(error: unknown): void {
    this.#raised ??= { error };
    this.#reject?.(this.#raised.error);
  }

  clear(): void {
    this.#raised = null;
  }

  throwIfRaised(): void {
    if (this.#raised !== null) throw this.#raised.error;
  }

  /** Settles as `work` does, or rejects when something is raised before that. */
  async within<T>(work: Promise<T>): Promise<T> {
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#reject = reject;
        work.then(resolve, reject);
        if (this.#raised !== null) reject(this.#raised.error);
      });
    } finally {
      this.#reject = null;
    }
  }
}
