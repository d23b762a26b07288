/** What can stand in a − b + c: names of the choices and the codes behind them. Pure functions. */
import { typicalExample, type ClassMean } from "../../../model/class-means";
import type { Floats } from "../../../protocol/messages";
import type { HandPicture, Pin } from "../../../store/explorer-store";

/** A choice: `mean:3`, `typical:3`, `pin:2`, `probe`, `hand` or `nearest`. */
export type OperandId = `mean:${number}` | `typical:${number}` | `pin:${number}` | "probe" | "hand" | "nearest";

export interface OperandSources {
  readonly latentDim: number;
  readonly means: readonly ClassMean[];
  /** Of the examples, `[examples, latentDim]`, and the class of each; null where nobody knows. */
  readonly codes: Floats;
  readonly labels: ArrayLike<number> | null;
  readonly pins: readonly Pin[];
  readonly probe: readonly number[];
  readonly hand: HandPicture | null;
  /** Index of the example nearest to the probe. */
  readonly nearest: number | null;
}

/** The choices there are, those of classes first. */
export function operandsOf({ means, pins, hand, nearest, latentDim }: OperandSources): OperandId[] {
  return [
    ...means.map(({ label }): OperandId => `mean:${label}`),
    ...means.map(({ label }): OperandId => `typical:${label}`),
    ...pins.filter(({ z }) => z.length === latentDim).map(({ id }): OperandId => `pin:${id}`),
    "probe",
    ...(hand === null ? [] : (["hand"] as const)),
    ...(nearest === null ? [] : (["nearest"] as const)),
  ];
}

/** The code behind a choice; null when there is no such thing any more. */
export function operandCode(id: OperandId, sources: OperandSources): readonly number[] | null {
  const { latentDim, means, codes, labels, pins, probe, hand, nearest } = sources;
  const example = (index: number | null) => {
    return index === null ? null : Array.from(codes.subarray(index * latentDim, (index + 1) * latentDim));
  };
  const [kind, number] = id.split(":");
  const mean = means.find(({ label }) => label === Number(number));
  switch (kind) {
    case "mean":
      return mean?.mean ?? null;
    case "typical":
      return mean === undefined || labels === null ? null : example(typicalExample(codes, labels, mean));
    case "pin":
      return pins.find(({ id: pinned, z }) => pinned === Number(number) && z.length === latentDim)?.z ?? null;
    case "hand":
      return hand?.mean.length === latentDim ? Array.from(hand.mean) : null;
    case "nearest":
      return example(nearest);
    default:
      return probe.length === latentDim ? probe : null;
  }
}

/** What a − b + c begins with: a typical image of one class, less the mean of it, plus the mean of another; without classes the probe. */
export function firstOperands(means: readonly ClassMean[]): readonly [OperandId, OperandId, OperandId] {
  const [from, to] = [means.find(({ label }) => label === 3) ?? means[0], means.find(({ label }) => label === 8) ?? means.at(-1)];
  if (from === undefined || to === undefined) return ["probe", "probe", "probe"];
  return [`typical:${from.label}`, `mean:${from.label}`, `mean:${to.label}`];
}
