/**
 * A run's past: the model at log-spaced steps, in half precision, so that the loss curve
 * is a film that can be dragged. Closer together at the beginning, where the map forms.
 */
import type { Snapshot } from "../protocol/messages";

/** The model as it stood at a step. */
export interface Moment {
  readonly step: number;
  // stub
  readonly snapshot: Snapshot;
}

/** The moments with one more, thinned out where they have become too many or too large. */
export function keepMoment(moments: readonly Moment[], snapshot: Snapshot): readonly Moment[] {
  return [...moments.filter(({ step }) => step < snapshot.step), { step: snapshot.step, snapshot }].slice(-40);
}

/** What is left after a run went back to `step`. */
export function momentsUntil(moments: readonly Moment[], step: number): readonly Moment[] {
  return moments.filter((moment) => moment.step <= step);
}

/** The last moment at or before `step`, or the first there is; null without any. */
export function momentAt(moments: readonly Moment[], step: number): Moment | null {
  return moments.findLast((moment) => moment.step <= step) ?? moments[0] ?? null;
}

/** A moment as a snapshot, its weights in single precision again. Reconstructions of `exampleIndices` are for the caller to make. */
export function unpackMoment(moment: Moment): Snapshot {
  return moment.snapshot;
}
