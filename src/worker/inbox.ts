/**
 * What was sent to a run and not yet taken up, in order.
 *
 * A run takes its commands one at a time between pieces of work, so that nothing
 * ever touches its trainer from two sides.
 */
export class Inbox<Item> {
  readonly #items: Item[] = [];
  #wake: (() => void)[] = [];

  put(item: Item): void {
    this.#items.push(item);
    this.wake();
  }

  take(): Item | undefined {
    return this.#items.shift();
  }

  /** Resolves when there is something to take, or at the next `wake`. */
  arrival(): Promise<void> {
    if (this.#items.length > 0) return Promise.resolve();
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  /** Rouses who waits although nothing came. */
  wake(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const resolve of waiting) resolve();
  }
}
