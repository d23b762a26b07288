/** Lets one snapshot at a time be on its way to the page: the next may follow once it has been painted. */
export class SnapshotGate {
  #last = 0;
  #acknowledged = 0;

  get isOpen(): boolean {
    return this.#acknowledged === this.#last;
  }

  /** The id of the snapshot that goes through now. */
  pass(): number {
    this.#last += 1;
    return this.#last;
  }

  acknowledge(id: number): void {
    if (id <= this.#last) this.#acknowledged = Math.max(this.#acknowledged, id);
  }
}
