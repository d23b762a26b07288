/**
 * Which model is on screen: the newest, an earlier moment of the run, or a recorded run
 * of the same config. Every view reads `snapshot` and need not know.
 *
 * Pure: from a state to the fields that differ.
 */
import { activateOutput, decode, decodeLogits, encode } from "../model/forward";
import { reconstructionLosses } from "../model/reconstruction-loss";
import type { Material, Snapshot } from "../protocol/messages";
import type { RecordedRun } from "../protocol/recorded";
import { keepMoment, momentAt, unpackMoment } from "./moments";
import type { RunData } from "./run-changes";
import type { RunState } from "./run-store";
import { seenImage } from "./seen-image";

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

export function showNewest({ newest }: RunState): Pick<RunData, "shown" | "snapshot"> {
  return { shown: { kind: "newest" }, snapshot: newest };
}

/** The last moment at or before `step`; the newest one is the run as it stands. */
export function showMoment(state: RunState, step: number): Partial<RunData> {
  const moment = momentAt(state.moments, step);
  if (moment === null) return {};
  if (moment.step === state.newest?.step) return showNewest(state);
  if (state.shown.kind === "moment" && state.shown.step === moment.step) return {};
  const indices = state.newest?.exampleIndices ?? state.snapshot?.exampleIndices ?? [];
  return { shown: { kind: "moment", step: moment.step }, snapshot: withExamples(state, unpackMoment(moment), indices, state.material) };
}

/** Other examples, where what is shown is not what the worker will tell of. */
export function chooseShown(state: RunState, indices: readonly number[]): Partial<RunData> {
  if (state.shown.kind === "newest" || state.snapshot === null) return {};
  return { snapshot: withExamples(state, state.snapshot, indices, state.material) };
}

/** The snapshot with the reconstructions of these examples, from its own weights, as the worker would tell them. The weights stay the same object. */
export function withExamples(
  { config, network }: Pick<RunState, "config" | "network">,
  snapshot: Snapshot,
  indices: readonly number[],
  material: Material | null,
): Snapshot {
  const { adversarial, weights } = snapshot;
  if (adversarial !== null) {
    const { draws, fakeScores } = adversarial;
    const count = Math.min(indices.length, fakeScores.length);
    const reconstructions = decode(network, weights, draws.subarray(0, count * network.latentDim), count);
    return { ...snapshot, exampleIndices: [...indices], reconstructions, exampleLosses: fakeScores.slice(0, count) };
  }
  if (material === null) {
    const none = new Float32Array(0);
    return { ...snapshot, exampleIndices: [], reconstructions: none, exampleLosses: none };
  }
  const { pixels, labels } = material.examples;
  const chosen = indices.filter((index) => index >= 0 && index < labels.length);
  const told = chosen.map((index) => labels[index]!);
  const seen = new Float32Array(chosen.length * network.pixels);
  const target = new Float32Array(seen.length);
  chosen.forEach((index, i) => {
    const image = seenImage(config, pixels.subarray(index * network.pixels, (index + 1) * network.pixels), index);
    seen.set(image.seen, i * network.pixels);
    target.set(image.target, i * network.pixels);
  });
  const { mean } = encode(network, weights, seen, chosen.length, told);
  const output = decodeLogits(network, weights, mean, chosen.length, told);
  const exampleLosses = reconstructionLosses(config, output, target, chosen.length);
  activateOutput(network.outputActivation, output);
  return { ...snapshot, exampleIndices: chosen, reconstructions: output, exampleLosses };
}
