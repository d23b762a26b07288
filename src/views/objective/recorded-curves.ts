/** The curves of a recorded run take the place of a run's own while the recording is what is shown: they belong to the model on screen. */
import { appendRows, emptySeries, type CappedSeries, type SeriesRows } from "../../lib/capped-series";
import { lossTermsOf, type LossTerm } from "../../protocol/loss-terms";
import type { RecordedRun } from "../../protocol/recorded";
import type { RunState } from "../../store/run-store";

/** The run, with the curves of what is shown. */
export function withShownCurves(run: RunState): RunState {
  const { recorded, shown } = run;
  if (shown.kind !== "recorded" || recorded === null) return run;
  const { evaluations, step } = recorded;
  return { ...run, losses: seriesOf(recorded, run.losses.cap), evaluations, step, marks: [], failure: null, phase: "paused" };
}

/** Made once of each: a series is a new object only where rows were added. */
const made = new WeakMap<RecordedRun, CappedSeries<LossTerm>>();

function seriesOf(recorded: RecordedRun, cap: number): CappedSeries<LossTerm> {
  const kept = made.get(recorded);
  if (kept !== undefined) return kept;
  const series = appendRows(emptySeries(lossTermsOf(recorded.config), cap), recorded.losses as SeriesRows<LossTerm>);
  made.set(recorded, series);
  return series;
}
