/**
 * The judging under way, if any: figures of merit taken a piece at a time, and told how
 * far they have come.
 *
 * Decides neither when a piece is taken nor of which model. The code of the figures is fetched with the first one asked for.
 */
import type { FiguresInputs, FiguresProgress } from "../engine/figures/figures-of-merit";
import type { FiguresOfMerit } from "../protocol/figures";
import { failureOf } from "./failure-of";
import type { RunVoice } from "./run-voice";

/** A few times a second: a bar that moves, not a message for each draw. */
const TELL_INTERVAL_MS = 250;

/** Does one piece of work and nothing beside it. */
export type DoAlone = <T>(work: () => Promise<T>) => Promise<T>;

type Pieces = AsyncGenerator<FiguresProgress, FiguresOfMerit>;

export class Judging {
  readonly #now: () => number;
  readonly #voice: RunVoice;
  #wanted: FiguresInputs | null = null;
  #pieces: Pieces | null = null;
  #toldAt = -Infinity;

  constructor(now: () => number, voice: RunVoice) {
    this.#now = now;
    this.#voice = voice;
  }

  get isUnderWay(): boolean {
    return this.#wanted !== null;
  }

  /** What was under way is given up without a word: this one's answer comes instead. */
  begin(inputs: FiguresInputs): void {
    this.#wanted = inputs;
    this.#pieces = null;
    this.#toldAt = -Infinity;
  }

  /** Tells that nothing more is coming. */
  stop(): void {
    this.#clear();
    this.#voice.judged(null);
  }

  /** As `stop`, where there is anything to stop. */
  giveUp(): void {
    if (this.isUnderWay) this.stop();
  }

  /** The next piece; the last one tells the figures. What a trainer throws comes out. */
  async work(alone: DoAlone): Promise<void> {
    const inputs = this.#wanted;
    if (inputs === null) return;
    const pieces = this.#pieces ?? (await alone(() => this.#load(inputs)));
    this.#pieces = pieces;
    if (pieces === null) return;
    const { done: isDone, value } = await alone(() => pieces.next());
    if (isDone === true) {
      this.#clear();
      this.#voice.judged(value);
    } else this.#tell(value);
  }

  /** Code that cannot be fetched costs the figures, not the run. */
  async #load(inputs: FiguresInputs): Promise<Pieces | null> {
    try {
      const { figuresOfMerit } = await import("../engine/figures/figures-of-merit");
      return figuresOfMerit(inputs);
    } catch (error) {
      this.#voice.notice(failureOf(error));
      this.stop();
      return null;
    }
  }

  #tell({ done, total }: FiguresProgress): void {
    const now = this.#now();
    if (now - this.#toldAt < TELL_INTERVAL_MS) return;
    this.#toldAt = now;
    this.#voice.judging(done, total);
  }

  #clear(): void {
    this.#wanted = null;
    this.#pieces = null;
  }
}
