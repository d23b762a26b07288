/**
 * A run's past: the model at log-spaced steps, in half precision, so that the loss curve
 * is a film that can be dragged. Closer together at the beginning, where the map forms.
 *
 * A moment holds the snapshot itself until it has been packed, which takes milliseconds
 * and is done in tasks of its own (`pack-moments`). Pure functions of lists.
 */
import { fromHalf, toHalf } from "../lib/half";
import { nextTask } from "../lib/next-task";
import type { AdversarialSnapshot, Floats, Snapshot } from "../protocol/messages";

type Halves = Uint16Array<ArrayBuffer>;

/** A snapshot in half precision, without what is made from it again: the examples. */
export interface PackedSnapshot {
  readonly id: number;
  readonly weights: Readonly<Record<string, Halves>>;
  readonly posteriorMean: Halves;
  readonly posteriorLogVar: Halves | null;
  /** As it is: a few hundred numbers. */
  readonly adversarial: AdversarialSnapshot | null;
}

/** The model as it stood at a step. */
export interface Moment {
  readonly step: number;
  readonly model: { readonly kind: "whole"; readonly snapshot: Snapshot } | { readonly kind: "packed"; readonly snapshot: PackedSnapshot };
}

/** More than this a film does not need, and a slider cannot tell apart. */
export const MOST_MOMENTS = 48;
/** Of all moments of a run, packed; a network of millions of parameters has fewer of them. */
const MOST_BYTES = 96 * 2 ** 20;
/** Its beginning and its end: without both there is no past to look at. */
const LEAST_MOMENTS = 2;
/** Converted without a break: a millisecond or two. */
const PIECE = 1 << 18;

/** Where a step stands on a film: equally far apart means equally much seen. log(1 + step), so that step 0 has a place. */
export function filmPlace(step: number): number {
  return Math.log1p(step);
}

/** The moments with one more, thinned out where they have become too many or too large. The first and the newest always stay. */
export function keepMoment(moments: readonly Moment[], snapshot: Snapshot): readonly Moment[] {
  const earlier = moments.filter(({ step }) => step < snapshot.step);
  const all: readonly Moment[] = [...earlier, { step: snapshot.step, model: { kind: "whole", snapshot } }];
  return thinned(all, mostMoments(snapshot));
}

function mostMoments(snapshot: Snapshot): number {
  return Math.min(MOST_MOMENTS, Math.max(LEAST_MOMENTS, Math.floor(MOST_BYTES / packedBytes(snapshot))));
}

/** What a snapshot takes once it is packed. */
export function packedBytes({ weights, posteriorMean, posteriorLogVar, adversarial }: Snapshot | PackedSnapshot): number {
  const halves = Object.values(weights).reduce((sum, { length }) => sum + length, posteriorMean.length + (posteriorLogVar?.length ?? 0));
  if (adversarial === null) return 2 * halves;
  const { draws, drawClasses, fakeScores, realScores } = adversarial;
  return 2 * halves + 4 * (draws.length + fakeScores.length + realScores.length) + (drawClasses?.length ?? 0);
}

/** What a moment takes, or will once it is packed. */
export function momentBytes({ model }: Moment): number {
  return packedBytes(model.snapshot);
}

/**
 * At most so many moments: again and again the one goes whose neighbours are nearest to each other, so that no gap that is made is
 * wider than 2 / (most − 1) of the film.
 */
function thinned(moments: readonly Moment[], most: number): readonly Moment[] {
  const kept = [...moments];
  while (kept.length > most) {
    let crowded = 1;
    let least = Infinity;
    for (let i = 1; i < kept.length - 1; i++) {
      const gap = filmPlace(kept[i + 1]!.step) - filmPlace(kept[i - 1]!.step);
      if (gap < least) [crowded, least] = [i, gap];
    }
    kept.splice(crowded, 1);
  }
  return kept;
}

/** What is left after a run went back to `step`. */
export function momentsUntil(moments: readonly Moment[], step: number): readonly Moment[] {
  return moments.filter((moment) => moment.step <= step);
}

/** The last moment at or before `step`, or the first there is; null without any. */
export function momentAt(moments: readonly Moment[], step: number): Moment | null {
  return moments.findLast((moment) => moment.step <= step) ?? moments[0] ?? null;
}

/** The same moment in half precision, made in pieces, between which other tasks get in. */
export async function packMoment(moment: Moment): Promise<Moment> {
  if (moment.model.kind === "packed") return moment;
  const { id, weights, posteriorMean, posteriorLogVar, adversarial } = moment.model.snapshot;
  const packed: Record<string, Halves> = {};
  for (const [name, values] of Object.entries(weights)) packed[name] = await halvesOf(values);
  const snapshot: PackedSnapshot = {
    id,
    weights: packed,
    posteriorMean: await halvesOf(posteriorMean),
    posteriorLogVar: posteriorLogVar === null ? null : await halvesOf(posteriorLogVar),
    adversarial,
  };
  return { step: moment.step, model: { kind: "packed", snapshot } };
}

async function halvesOf(values: Floats): Promise<Halves> {
  const halves = new Uint16Array(values.length);
  for (let from = 0; from < values.length; from += PIECE) {
    halves.set(toHalf(values.subarray(from, from + PIECE)), from);
    if (values.length > PIECE / 8) await nextTask();
  }
  return halves;
}

/**
 * A moment as a snapshot, its weights in single precision again; a new one at every call, to be kept while it is shown. Of a
 * packed one the examples are left out: `shown-model` makes them.
 */
export function unpackMoment({ step, model }: Moment): Snapshot {
  if (model.kind === "whole") return model.snapshot;
  const { id, weights, posteriorMean, posteriorLogVar, adversarial } = model.snapshot;
  return {
    id,
    step,
    weights: Object.fromEntries(Object.entries(weights).map(([name, halves]) => [name, fromHalf(halves)])),
    posteriorMean: fromHalf(posteriorMean),
    posteriorLogVar: posteriorLogVar === null ? null : fromHalf(posteriorLogVar),
    exampleIndices: [],
    reconstructions: new Float32Array(0),
    exampleLosses: new Float32Array(0),
    adversarial,
  };
}
