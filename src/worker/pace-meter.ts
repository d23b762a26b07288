/**
 * Measures how fast a run trains and how many steps fit in one slice of it.
 *
 * Told when training time passes and what for; owns no clock.
 */
import type { Pace } from "../protocol/messages";

/** Between two looks at the inbox: short beside a blink, long beside the yield itself (well under 1 ms). */
const SLICE_MS = 16;
/** Between two readings of losses, of which two may be in flight: a pause then waits for about 0.1 s of queued work at worst. */
const WINDOW_MS = 50;
/** Speed shown is that of the last second or so. */
const SPEED_SPAN_MS = 1_500;
/** Snapshots come about once a second on slow backends: their share needs a longer look. */
const SHARE_SPAN_MS = 10_000;
/** One odd measurement (a reading that came at once) must not fill the next slice with seconds of work. */
const LARGEST_DROP = 0.5;

interface Entry {
  readonly at: number;
  readonly steps: number;
  readonly trainingMs: number;
  readonly overheadMs: number;
}

export class PaceMeter {
  #entries: Entry[] = [];
  /** Smoothed; null before the first measurement. */
  #msPerStep: number | null = null;

  /** `steps` took `trainingMs`, overhead not counted. */
  trained(now: number, steps: number, trainingMs: number): void {
    if (steps === 0) return;
    const measured = trainingMs / steps;
    const old = this.#msPerStep ?? measured;
    this.#msPerStep = (old + Math.max(measured, old * LARGEST_DROP)) / 2;
    this.#add({ at: now, steps, trainingMs, overheadMs: 0 });
  }

  /** A snapshot, an evaluation or a checkpoint took `overheadMs`. */
  spent(now: number, overheadMs: number): void {
    this.#add({ at: now, steps: 0, trainingMs: 0, overheadMs });
  }

  /** Steps between two looks at the inbox; 1 before anything was measured. */
  get stepsPerSlice(): number {
    return stepsIn(SLICE_MS, this.#msPerStep);
  }

  /** Steps between two readings of losses. */
  get stepsPerWindow(): number {
    return stepsIn(WINDOW_MS, this.#msPerStep);
  }

  /** Steps per second count overhead in, milliseconds per step leave it out. Null before anything was measured. */
  pace(now: number): Pace | null {
    const all = sumOf(this.#entries);
    if (all.steps === 0) return null;
    const recent = sumOf(this.#entries.filter(({ at }) => now - at <= SPEED_SPAN_MS));
    const speed = recent.steps > 0 ? recent : all;
    return {
      stepsPerSecond: (1_000 * speed.steps) / atLeastAMoment(speed.trainingMs + speed.overheadMs),
      msPerStep: speed.trainingMs / speed.steps,
      snapshotShare: all.overheadMs / atLeastAMoment(all.trainingMs + all.overheadMs),
    };
  }

  #add(entry: Entry): void {
    this.#entries.push(entry);
    this.#entries = this.#entries.filter(({ at }) => entry.at - at <= SHARE_SPAN_MS);
  }
}

type Sums = Omit<Entry, "at">;

function sumOf(entries: readonly Entry[]): Sums {
  const sums = { steps: 0, trainingMs: 0, overheadMs: 0 };
  for (const { steps, trainingMs, overheadMs } of entries) {
    sums.steps += steps;
    sums.trainingMs += trainingMs;
    sums.overheadMs += overheadMs;
  }
  return sums;
}

function stepsIn(budgetMs: number, msPerStep: number | null): number {
  if (msPerStep === null) return 1;
  return Math.max(1, Math.floor(budgetMs / atLeastAMoment(msPerStep)));
}

/** Clocks are coarse: 0 ms stands for less than one tick of 0.1 ms. */
function atLeastAMoment(ms: number): number {
  return Math.max(ms, 0.05);
}
