/**
 * The pictures a side of the network has learnt: columns of the first encoder
 * matrix, rows of the last decoder matrix.
 */
import { incomingWeights, outgoingWeights, shownUnits, symmetricScale } from "../../charts/network-weights";
import type { Network } from "../../model/network";
import type { WeightTable } from "../../protocol/messages";
import type { Side } from "./architecture";

export interface UnitPictures {
  /** Unit numbers, in the order of the pictures. */
  readonly shown: readonly number[];
  /** Each `[height, width, channels]` of the images. */
  readonly pictures: readonly Float32Array[];
  /** Shared by all of them. */
  readonly scale: number;
}

/** Units of the stage next to the pixels: the first encoder layer (or the means), the last decoder layer (or the code). */
export function outerUnits({ encoder, mean, output }: Network, side: Side): number {
  return side === "encoder" ? (encoder[0] ?? mean).units : output.inputs;
}

/** Pictures of at most `count` evenly spread units; null when the weights are not those of `network`. */
export function unitPictures(network: Network, weights: WeightTable, side: Side, count: number): UnitPictures | null {
  const { pixels } = network;
  const units = outerUnits(network, side);
  const weight = weights[`${side === "encoder" ? (network.encoder[0] ?? network.mean).name : network.output.name}.weight`];
  if (weight?.length !== pixels * units) return null;
  const shown = shownUnits(units, count);
  const pictures = shown.map((unit) =>
    side === "encoder" ? incomingWeights(weight, pixels, units, unit) : outgoingWeights(weight, pixels, unit),
  );
  return { shown, pictures, scale: symmetricScale(pictures) };
}
