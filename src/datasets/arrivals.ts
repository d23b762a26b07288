/** Wakes those who wait for something to be here, or tells them that it will not come. */
export class Arrivals {
  #waiting: { readonly isMet: () => boolean; readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];
  #failure: { readonly error: unknown } | null = null;

  /** Resolves once `isMet`, which is asked at every arrival; rejects when it is not and nothing more will come. */
  until(isMet: () => boolean): Promise<void> {
    if (isMet()) return Promise.resolve();
    if (this.#failure !== null) return Promise.reject(this.#failure.error);
    return new Promise((resolve, reject) => this.#waiting.push({ isMet, resolve, reject }));
  }

  notify(): void {
    this.#waiting = this.#waiting.filter(({ isMet, resolve }) => {
      if (!isMet()) return true;
      resolve();
      return false;
    });
  }

  /** The first failure counts. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting = [];
  }
}
