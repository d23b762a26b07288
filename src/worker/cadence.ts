/**
 * When a training run may stop for something else: a snapshot, an evaluation, a
 * checkpoint.
 *
 * All three are paid for in training time, so that together they take less than a
 * fifth of it however slow the backend is. Told what time passes; owns no clock.
 *
 * Training never waits for the page. The first few snapshots, at steps 1, 2, 4, …, do not wait for it either: they are sent
 * before the last one has been painted, for the page to keep as the beginning of the run's film.
 */

/**
 * Earned per millisecond of training: one seventh of the whole goes into overhead. The allowance is a fifth; the rest of
 * it is for what is saved up at the start and for an evaluation that has just been made and is still being paid for.
 */
const EARNED = 1 / 6;
/** Of what is earned, an evaluation's debt takes at most this part: one that takes seconds must not freeze the picture. */
const EVALUATION_PART = 0.5;
/** What may be saved up: enough for a few snapshots right at the start, when most is to be seen. */
const SAVINGS_MS = 200;
/** Five snapshots a second glide as well as sixty; the page paints each of them whole. */
const SNAPSHOT_INTERVAL_MS = 200;
/**
 * Up to this step snapshots are spaced by step (1, 2, 4, …) besides, so that a fast GPU's run has a film of its beginning too:
 * at 5,000 steps a second the clock alone would show step 1,000 first.
 */
const EARLY_STEPS = 512;
/** Where an epoch takes a moment, its end is not evaluated every time. */
const EVALUATION_INTERVAL_MS = 1_000;
/** What a reload or a lost device may cost the visitor. */
const CHECKPOINT_INTERVAL_MS = 5_000;

export class Cadence {
  /** Negative: a debt. */
  #savingsMs = SAVINGS_MS;
  #evaluationDebtMs = 0;
  #snapshotAt = -Infinity;
  #evaluationAt = -Infinity;
  #checkpointAt = 0;
  #nextEarlyStep = 1;

  /** The first checkpoint is due a while after; coming to rest makes one anyway. */
  started(now: number): void {
    this.#checkpointAt = now;
  }

  trained(ms: number): void {
    const earned = EARNED * ms;
    const paidBack = Math.min(this.#evaluationDebtMs, EVALUATION_PART * earned);
    this.#evaluationDebtMs -= paidBack;
    this.#savingsMs = Math.min(SAVINGS_MS, this.#savingsMs + earned - paidBack);
  }

  isSnapshotDue(now: number, step: number): boolean {
    if (this.#savingsMs < 0) return false;
    return now - this.#snapshotAt >= SNAPSHOT_INTERVAL_MS || this.isEarlySnapshotDue(step);
  }

  /** Of the first few: it need not wait for the one before it to be painted. They are ten at most in a run, and paid for like all others. */
  isEarlySnapshotDue(step: number): boolean {
    return this.#savingsMs >= 0 && step >= this.#nextEarlyStep && step <= EARLY_STEPS;
  }

  /** Steps that may go by before an early snapshot is due; infinite once there are none to come, or while they cannot be paid for. */
  stepsToEarlySnapshot(step: number): number {
    if (this.#savingsMs < 0 || this.#nextEarlyStep > EARLY_STEPS || step >= this.#nextEarlyStep) return Infinity;
    return this.#nextEarlyStep - step;
  }

  /** Asked at the end of an epoch. */
  isEvaluationDue(now: number): boolean {
    return this.#evaluationDebtMs <= 0 && now - this.#evaluationAt >= EVALUATION_INTERVAL_MS;
  }

  isCheckpointDue(now: number): boolean {
    return now - this.#checkpointAt >= CHECKPOINT_INTERVAL_MS;
  }

  /** @param costMs 0 when nobody was training */
  snapshotTaken(now: number, step: number, costMs: number): void {
    this.#snapshotAt = now;
    this.#savingsMs -= costMs;
    while (this.#nextEarlyStep <= step && this.#nextEarlyStep <= EARLY_STEPS) this.#nextEarlyStep *= 2;
  }

  evaluated(now: number, costMs: number): void {
    this.#evaluationAt = now;
    this.#evaluationDebtMs += costMs;
  }

  checkpointTaken(now: number, costMs: number): void {
    this.#checkpointAt = now;
    this.#savingsMs -= costMs;
  }
}
