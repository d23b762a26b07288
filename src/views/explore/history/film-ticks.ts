/** Where the moments of a run stand on its film's slider. */
import { filmPlace, type Moment } from "../../../store/moments";

export interface FilmTick {
  readonly step: number;
  /** 0 (the first moment) to 1 (now). */
  readonly at: number;
}

/** Oldest first; the last one is the newest model, which is now. */
export function filmTicks(moments: readonly Pick<Moment, "step">[]): readonly FilmTick[] {
  const [from, to] = [filmPlace(moments[0]?.step ?? 0), filmPlace(moments.at(-1)?.step ?? 0)];
  const length = Math.max(to - from, Number.MIN_VALUE);
  return moments.map(({ step }) => ({ step, at: (filmPlace(step) - from) / length }));
}

/** Index of the tick nearest to a place of the slider. */
export function nearestTick(ticks: readonly FilmTick[], at: number): number {
  let nearest = 0;
  ticks.forEach((tick, i) => {
    if (Math.abs(tick.at - at) < Math.abs(ticks[nearest]!.at - at)) nearest = i;
  });
  return nearest;
}

/** Index of the last tick that is not after `step`; the first where all are. */
export function tickOfStep(ticks: readonly FilmTick[], step: number): number {
  return Math.max(
    0,
    ticks.findLastIndex((tick) => tick.step <= step),
  );
}
