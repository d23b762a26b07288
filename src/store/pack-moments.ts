/**
 * Packs the moments of a run's past in the background: one at a time, never the newest,
 * which is on screen as it is and may be thinned out before it would be worth it.
 */
import { packMoment, type Moment } from "./moments";
import type { RunStore } from "./run-store";

/** @param whenQuiet runs a task once the page has painted and has nothing better to do. Returns what ends it. */
export function packMoments(run: RunStore, whenQuiet: (task: () => void) => void): () => void {
  let isBusy = false;
  const ended = new AbortController();

  const next = (): Moment | null => {
    const { moments, newest } = run.getState();
    return moments.find(({ model }) => model.kind === "whole" && model.snapshot !== newest) ?? null;
  };
  const work = async () => {
    for (let moment = next(); moment !== null && !ended.signal.aborted; moment = next()) {
      const whole = moment;
      const packed = await packMoment(whole);
      // Meanwhile it may have been thinned out, or belong to a run that is gone.
      run.setState(({ moments }) => ({ moments: moments.map((each) => (each === whole ? packed : each)) }));
    }
    isBusy = false;
  };
  const stop = run.subscribe(({ moments }, before) => {
    if (moments === before.moments || isBusy || next() === null) return;
    isBusy = true;
    whenQuiet(() => void work());
  });
  return () => {
    ended.abort();
    stop();
  };
}
