/**
 * The points a run can go back to.
 *
 * A checkpoint counts as good only once its weights were judged: the losses of step s
 * are those of the weights after s − 1 updates, so that a step that ruins the weights
 * still reports a fine loss.
 */
import type { Checkpoint } from "../engine/trainer";

export class CheckpointKeeper {
  #good: Checkpoint;
  #unjudged: Checkpoint | null = null;
  readonly #onGood: (checkpoint: Checkpoint) => void;

  /** @param start what the run began with, known to be good */
  constructor(start: Checkpoint, onGood: (checkpoint: Checkpoint) => void) {
    this.#good = start;
    this.#onGood = onGood;
  }

  /** The last one known to be good. */
  get good(): Checkpoint {
    return this.#good;
  }

  /** The last one, judged or not. */
  get newest(): Checkpoint {
    return this.#unjudged ?? this.#good;
  }

  keep(checkpoint: Checkpoint): void {
    this.#unjudged = checkpoint;
  }

  /** The weights after `step` updates gave losses that are losses. */
  judgedGood(step: number): void {
    if (this.#unjudged === null || this.#unjudged.step > step) return;
    this.#good = this.#unjudged;
    this.#unjudged = null;
    this.#onGood(this.#good);
  }

  judgedBad(): void {
    this.#unjudged = null;
  }
}
