/** Layers in figures: `32 × 14×14`, `3×3 ↓2`; and what of them is laid out as images. */
import { countText } from "../../lib/number-text";
import type { ConvSpec, LayerSpec, Network } from "../../model/network";
import type { ImageShape } from "../../protocol/datasets";
import { decoderGrid, type RunConfig } from "../../protocol/run-config";
import { gridIndex } from "../../store/fit-decoder";
import type { Side } from "./architecture";

/** What a side's layers are called: a key of the texts. */
export const LAYER_OF = {
  autoencoder: { encoder: "encoderLayer", decoder: "decoderLayer" },
  gan: { encoder: "discriminatorLayer", decoder: "generatorLayer" },
} as const;

export function unitsText(units: number): string {
  return Number.isFinite(units) ? countText(units) : "?";
}

export function sizeText({ height, width }: Pick<ImageShape, "height" | "width">): string {
  return `${height}×${width}`;
}

/** Channels first, as one says it: 32 maps of 14×14. */
export function mapsText(image: ImageShape): string {
  return `${unitsText(image.channels)} × ${sizeText(image)}`;
}

/** An arrow says by how much the images shrink or grow each way. */
export function kernelText({ kind, kernel, stride }: Pick<ConvSpec, "kind" | "kernel" | "stride">): string {
  const size = `${kernel}×${kernel}`;
  return stride === 1 ? size : `${size} ${kind === "conv" ? "↓" : "↑"}${stride}`;
}

/** What comes out of a hidden layer as images: of a convolution, and of the dense layer before transposed ones; else null. */
export function mapsOf({ decoder }: Pick<RunConfig, "decoder">, network: Network, side: Side, index: number): ImageShape | null {
  const layer = network[side][index];
  if (layer === undefined) return null;
  if (layer.kind !== "dense") return Number.isFinite(layer.units) ? layer.to : null;
  return side === "decoder" && gridIndex(decoder) === index ? decoderGrid(decoder, network.image) : null;
}

/** Weights and biases of one layer; NaN while a size is no number. */
export function parametersOf({ parameters }: Network, { name }: LayerSpec): number {
  return parameters.reduce((sum, parameter) => (parameter.name.startsWith(`${name}.`) ? sum + parameter.size : sum), 0);
}

/** `3 × 3 × 1 × 32 + 32`: the weights by their shape, then the biases. */
export function parameterSum({ parameters }: Network, { name }: LayerSpec): string {
  const [weight, bias] = parameters.filter((parameter) => parameter.name.startsWith(`${name}.`));
  return `${weight?.shape.map(countText).join(" × ")} + ${countText(bias?.size ?? 0)}`;
}
