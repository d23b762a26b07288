/**
 * Which model is on screen: the newest, an earlier moment of the run, or a recorded run
 * of the same config. Every view reads `snapshot` and need not know.
 *
 * Pure: from a state to the fields that differ.
 */
import type { Material, Snapshot } from "../protocol/messages";
import type { RecordedRun } from "../protocol/recorded";
import { keepMoment, momentAt, unpackMoment } from "./moments";
import type { RunData } from "./run-changes";
import type { RunState } from "./run-store";

/** What a new snapshot of the worker changes. The first one of a trained model takes the place of a recorded run. */
export function snapshotChange(state: RunState, snapshot: Snapshot): Partial<RunData> {
  const moments = keepMoment(state.moments, snapshot);
  const isOutshone = state.shown.kind === "recorded" && snapshot.step > 0;
  if (state.shown.kind !== "newest" && !isOutshone) return { newest: snapshot, moments };
  return { newest: snapshot, snapshot, moments, shown: { kind: "newest" } };
}

export function showRecorded(state: RunState, recorded: RecordedRun): Partial<RunData> {
  const material = state.ready ?? recorded.material;
  if (state.step > 0 || (state.newest?.step ?? 0) > 0) return { recorded, material };
  return { recorded, material, shown: { kind: "recorded" }, snapshot: recorded.snapshot };
}

export function showNewest({ newest }: RunState): Partial<RunData> {
  return { shown: { kind: "newest" }, snapshot: newest };
}

export function showMoment(state: RunState, step: number): Partial<RunData> {
  const moment = momentAt(state.moments, step);
  if (moment === null) return {};
  if (state.shown.kind === "moment" && state.shown.step === moment.step) return {};
  const indices = state.snapshot?.exampleIndices ?? [];
  const snapshot = withExamples(state, unpackMoment(moment), indices, state.material);
  return { shown: { kind: "moment", step: moment.step }, snapshot };
}

/** Other examples, where what is shown is not what the worker will tell of. */
export function chooseShown(state: RunState, indices: readonly number[]): Partial<RunData> {
  if (state.shown.kind === "newest" || state.snapshot === null) return {};
  return { snapshot: withExamples(state, state.snapshot, indices, state.material) };
}

/** The snapshot with the reconstructions of these examples, from its own weights. */
function withExamples(_state: RunState, snapshot: Snapshot, _indices: readonly number[], _material: Material | null): Snapshot {
  return snapshot; // stub
}
