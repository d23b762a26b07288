/**
 * How many steps go into one submit, and when there is room for another: a submit
 * should keep the GPU for 4–16 ms, as the page's own painting waits behind it, and no
 * more than two should be unfinished.
 *
 * Told when submits go out and come back; owns no clock and no GPU.
 */
import type { SubmitQueue } from "../trainer";

/** In the middle of what is allowed, so that an estimate may be off by a factor of 2 either way. */
const SUBMIT_MS = 8;
/** Bounds what a wrong first estimate can queue. */
const MAX_STEPS = 1_024;
/** A submit that seems to come back at once must not fill the next one with seconds of work. */
const LARGEST_DROP = 0.5;
/** Of a browser's clock; what takes less reads as nothing. */
const TICK_MS = 0.1;
/** Unfinished submits beyond which a caller should wait. */
const MAX_BEFORE_NEXT = 1;

interface Submit {
  readonly steps: number;
  readonly at: number;
}

export class SubmitPacer implements SubmitQueue {
  readonly dispatchesPerStep: number;
  readonly #now: () => number;
  readonly #unfinished: Submit[] = [];
  #waiting: (() => void)[] = [];
  /** Smoothed; null before the first measurement. */
  #msPerStep: number | null = null;
  #isTimedByGpu = false;
  #lastDoneAt = 0;
  #isOver = false;

  constructor(dispatchesPerStep: number, now: () => number) {
    this.dispatchesPerStep = dispatchesPerStep;
    this.#now = now;
  }

  get stepsPerSubmit(): number {
    if (this.#msPerStep === null) return 1;
    return Math.min(MAX_STEPS, Math.max(1, Math.floor(SUBMIT_MS / this.#msPerStep)));
  }

  /** A submit went out. @param done settles when the GPU has done with it; submits are done in their order */
  submitted(steps: number, done: Promise<unknown>): void {
    const submit = { steps, at: this.#now() };
    this.#unfinished.push(submit);
    const finish = () => this.#finish(submit);
    done.then(finish, finish);
  }

  room(): Promise<void> {
    if (this.#isOver || this.#unfinished.length <= MAX_BEFORE_NEXT) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** What the GPU itself measured, which from then on counts alone. */
  timed(steps: number, gpuMs: number): void {
    this.#isTimedByGpu = true;
    this.#measured(steps, gpuMs);
  }

  /** Nothing will come back any more: whoever waits is let go. */
  end(): void {
    this.#isOver = true;
    this.#unfinished.length = 0;
    this.#letGo();
  }

  #finish(submit: Submit): void {
    const now = this.#now();
    const at = this.#unfinished.indexOf(submit);
    if (at < 0) return; // ended meanwhile
    this.#unfinished.splice(0, at + 1);
    // A GPU begins with a submit when it has finished the one before.
    if (!this.#isTimedByGpu) this.#measured(submit.steps, now - Math.max(submit.at, this.#lastDoneAt));
    this.#lastDoneAt = now;
    if (this.#unfinished.length <= MAX_BEFORE_NEXT) this.#letGo();
  }

  #measured(steps: number, ms: number): void {
    const msPerStep = Math.max(ms, TICK_MS) / steps;
    const old = this.#msPerStep ?? msPerStep;
    this.#msPerStep = (old + Math.max(msPerStep, old * LARGEST_DROP)) / 2;
  }

  #letGo(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
