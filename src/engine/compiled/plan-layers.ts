/**
 * A network as the kernels see it: one entry for each matrix of parameters (the two
 * heads are one), and how the activations between them are padded.
 *
 * The padding of an image's channels travels with it: through a flattening into the rows of the dense layer behind it, and out
 * of the dense layer whose units the decoder lays out as an image.
 */
import type { ConvSpec, LayerSpec, Network } from "../../model/network";
import type { ImageShape } from "../../protocol/datasets";
import type { Activation } from "../../protocol/run-config";
import { padded } from "./kernel";
import { toldLayout } from "./kernels/tell";
import type { RowLayout } from "./plan";

/** Of a layer that is told the label. */
export interface Told {
  /** What the layer would read by itself, its first numbers; `input` of the layer is what it reads with the label behind it. */
  readonly from: RowLayout;
  /** Numbers of an image before the label. */
  readonly count: number;
  readonly classes: number;
}

export interface PlanLayer {
  /** As in the network's description; `heads` for the two heads together. */
  readonly name: string;
  readonly activation: Activation;
  readonly input: RowLayout;
  readonly output: RowLayout;
  readonly told: Told | null;
  /** Null of a dense layer. */
  readonly conv: ConvSpec | null;
  /** The network's own layers: one, or mean and log-variance. */
  readonly specs: readonly LayerSpec[];
}

export interface PlanLayers {
  /** How an image lies as floats, for an encoder that does not read its bytes. */
  readonly image: RowLayout;
  readonly encoder: readonly PlanLayer[];
  readonly heads: PlanLayer;
  /** What the decoder starts from: z, or in an autoencoder the heads themselves. */
  readonly code: RowLayout;
  /** The last one is the output. */
  readonly decoder: readonly PlanLayer[];
}

export function planLayers(network: Network): PlanLayers {
  const { encoder, mean, logVar, decoder, output, latentDim, pixels } = network;
  const code = rowOf(latentDim);
  const encoderLayers = chained(encoder, packedImages(pixels), () => null);
  const heads: PlanLayer = {
    name: "heads",
    activation: mean.activation,
    ...inputOf(mean, encoderLayers.at(-1)?.output ?? packedImages(pixels)),
    output: logVar === null ? code : { columns: 2 * code.columns, group: code.group },
    conv: null,
    specs: logVar === null ? [mean] : [mean, logVar],
  };
  const image = encoder[0]?.kind === "conv" ? rowOfImage(network.image) : packedImages(pixels);
  const specs = [...decoder, output];
  const decoderLayers = chained(specs, code, (i) => imageBefore(specs[i + 1]));
  return { image, encoder: encoderLayers, heads, code, decoder: decoderLayers };
}

/** In the order of a forward pass. */
export function allLayers({ encoder, heads, decoder }: PlanLayers): readonly PlanLayer[] {
  return [...encoder, heads, ...decoder];
}

/** A vector of `size` numbers. */
function rowOf(size: number): RowLayout {
  return { columns: padded(size), group: { size, stride: padded(size) } };
}

/** An image `[height][width][padded(channels)]`. */
function rowOfImage({ height, width, channels }: ImageShape): RowLayout {
  return { columns: height * width * padded(channels), group: { size: channels, stride: padded(channels) } };
}

/** The images of the data set, where channels are not padded. */
function packedImages(pixels: number): RowLayout {
  return rowOf(pixels);
}

/** @param imageAfter the image that layer i's units are laid out as, where they are one */
function chained(specs: readonly LayerSpec[], first: RowLayout, imageAfter: (i: number) => ImageShape | null): PlanLayer[] {
  let input = first;
  return specs.map((spec, i) => {
    const layer = planLayer(spec, input, imageAfter(i));
    input = layer.output;
    return layer;
  });
}

function planLayer(spec: LayerSpec, input: RowLayout, image: ImageShape | null): PlanLayer {
  const { name, activation } = spec;
  const conv = spec.kind === "dense" ? null : spec;
  const shape = conv?.to ?? image;
  const output = shape === null ? rowOf(spec.units) : rowOfImage(shape);
  return { name, activation, ...inputOf(spec, input), output, conv, specs: [spec] };
}

/** @param from what the layer below makes */
function inputOf(spec: LayerSpec, from: RowLayout): Pick<PlanLayer, "input" | "told"> {
  if (spec.kind !== "dense" || spec.classes === 0) return { input: from, told: null };
  const { classes } = spec;
  const count = spec.inputs - classes;
  return { input: toldLayout(from, count, classes), told: { from, count, classes } };
}

function imageBefore(next: LayerSpec | undefined): ImageShape | null {
  return next === undefined || next.kind === "dense" ? null : next.from;
}
