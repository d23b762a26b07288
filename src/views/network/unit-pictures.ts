/**
 * The pictures a side of the network has learnt: columns of the first encoder
 * matrix, rows of the last decoder matrix; of convolutions their kernels.
 */
import { incomingWeights, outgoingWeights, shownUnits, symmetricScale } from "../../charts/network-weights";
import type { LayerSpec, Network } from "../../model/network";
import type { ImageShape } from "../../protocol/datasets";
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

/** The layer between the pixels and the stage next to them. */
function outerLayer({ encoder, mean, output }: Network, side: Side): LayerSpec {
  return side === "encoder" ? (encoder[0] ?? mean) : output;
}

/** Units of the stage next to the pixels: the first encoder layer (or the means), the last decoder layer (or the code). */
export function outerUnits({ encoder, mean, output }: Network, side: Side): number {
  return side === "encoder" ? (encoder[0] ?? mean).units : output.inputs;
}

/** Pictures of at most `count` evenly spread units; null when the weights are not those of `network`. */
export function unitPictures(network: Network, weights: WeightTable, side: Side, count: number): UnitPictures | null {
  const { pixels } = network;
  const units = outerUnits(network, side);
  const layer = outerLayer(network, side);
  const weight = weights[`${layer.name}.weight`];
  // A told label has weights of its own, after those of the pixels.
  if (layer.kind !== "dense" || weight?.length !== layer.inputs * layer.units) return null;
  const shown = shownUnits(units, count);
  const pictures = shown.map((unit) =>
    side === "encoder" ? incomingWeights(weight, pixels, units, unit) : outgoingWeights(weight, pixels, unit),
  );
  return { shown, pictures, scale: symmetricScale(pictures) };
}

export interface KernelPictures extends UnitPictures {
  /** Of each picture. */
  readonly shape: ImageShape;
  /** Filters in all. */
  readonly all: number;
}

/**
 * The kernels between the pixels and a convolution, each `[kernel, kernel, image channels]`, of at most `count` evenly spread
 * filters; null when that layer is none, or when the weights are not those of `network`.
 */
export function kernelPictures(network: Network, weights: WeightTable, side: Side, count: number): KernelPictures | null {
  const layer = outerLayer(network, side);
  if (layer.kind === "dense") return null;
  const { kernel, kind, from, to } = layer;
  const [near, far] = kind === "conv" ? [from.channels, to.channels] : [to.channels, from.channels];
  const size = kernel * kernel * near;
  const weight = weights[`${layer.name}.weight`]; // [kernel, kernel, near, far]
  if (weight?.length !== size * far) return null;
  const shown = shownUnits(far, count);
  const pictures = shown.map((filter) => incomingWeights(weight, size, far, filter));
  return { shown, pictures, scale: symmetricScale(pictures), shape: { height: kernel, width: kernel, channels: near }, all: far };
}
