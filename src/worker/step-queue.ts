/**
 * Optimiser steps on their way through a trainer, and the reading of their losses.
 *
 * A backend may queue without limit (WebGPU does): at most two readings are in flight,
 * and what is queued beyond the last one is the caller's to bound. A trainer that tells
 * its submits apart bounds them more closely: a portion is one submit, and whoever
 * waits for room after each has two in flight at most. On backends that compute at
 * once a reading is there in the next task.
 */
import type { AnyTrainer } from "../engine/trainer";
import type { LossColumns } from "../protocol/messages";

type QueuedTrainer = Pick<AnyTrainer, "train" | "readLosses" | "submits">;

interface Reading {
  readonly columns: Promise<LossColumns>;
  arrived: LossColumns | null;
}

export class StepQueue {
  readonly #trainer: QueuedTrainer;
  readonly #onLosses: (columns: LossColumns) => void;
  #reading: Reading | null = null;
  #unread = 0;

  /** @param onLosses hears every reading once, in order; what it throws comes out of the call at hand */
  constructor(trainer: QueuedTrainer, onLosses: (columns: LossColumns) => void) {
    this.#trainer = trainer;
    this.#onLosses = onLosses;
  }

  /** Steps issued of which no reading has been asked for. */
  get unread(): number {
    return this.#unread;
  }

  /** Steps that should be issued at most at a time. */
  get portion(): number {
    return this.#trainer.submits?.stepsPerSubmit ?? Infinity;
  }

  /** Resolves when another portion may be issued. */
  room(): Promise<void> {
    return this.#trainer.submits?.room() ?? Promise.resolve();
  }

  /** @param start queues the steps in another way than `train` does */
  issue(steps: number, start: (steps: number) => void = (count) => this.#trainer.train(count)): void {
    start(steps);
    this.#unread += steps;
  }

  /** Asks for a reading of all that was issued, and waits for the reading before it. */
  async read(): Promise<void> {
    const before = this.#reading;
    this.#reading = this.#start();
    if (before !== null) this.#onLosses(await before.columns);
  }

  /** Takes a reading that has come in the meantime, without waiting. */
  collect(): void {
    const arrived = this.#reading?.arrived;
    if (arrived === null || arrived === undefined) return;
    this.#reading = null;
    this.#onLosses(arrived);
  }

  /** Waits until everything issued is done and read. */
  async drain(): Promise<void> {
    if (this.#unread > 0) await this.read();
    const last = this.#reading;
    this.#reading = null;
    if (last !== null) this.#onLosses(await last.columns);
  }

  #start(): Reading {
    this.#unread = 0;
    const reading: Reading = { columns: this.#trainer.readLosses(), arrived: null };
    reading.columns.then(
      (columns) => {
        reading.arrived = columns;
      },
      () => {}, // told to whoever waits for it
    );
    return reading;
  }
}
