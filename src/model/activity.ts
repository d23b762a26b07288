/**
 * Which units of a network ever answer: the plain forward pass over images a few at
 * a time, so that whoever runs it decides how long the page may wait.
 *
 * Counts units that are exactly 0 on every image seen, as a relu's can be: such a unit has no gradient on any of them either.
 * Knows nothing of verdicts (`diagnosis`).
 */
import type { Floats, WeightTable } from "../protocol/messages";
import { decode, decoderActivations, encoderActivations } from "./forward";
import type { LayerSpec, Network } from "./network";

/** One hidden layer of relu units. */
export interface LayerActivity {
  readonly side: "encoder" | "decoder";
  /** From 1, among the hidden layers of its side. */
  readonly number: number;
  /** Of a convolution its filters, which look everywhere; a filter lives if it answers anywhere. */
  readonly units: number;
  readonly dead: number;
}

export interface Activity {
  readonly images: number;
  /** Layers without relu are left out: their units do not come to rest at 0. */
  readonly layers: readonly LayerActivity[];
  /** Of the decoded codes, over all pixels; null where the output was not looked at. */
  readonly output: OutputRange | null;
}

export interface OutputRange {
  readonly least: number;
  readonly greatest: number;
  /** Shares of all pixels, 0 to 1. */
  readonly below0: number;
  readonly above1: number;
}

/** What one call adds; arrays row by row. */
export interface ActivityBatch {
  readonly weights: WeightTable;
  /** As the encoder sees them, `[count, pixels]` */
  readonly x: Float32Array;
  /** Their codes, `[count, latentDim]` */
  readonly z: Float32Array;
  readonly count: number;
  /** `[count]`, of a conditional network */
  readonly labels?: ArrayLike<number>;
}

export interface ActivityTally {
  add(batch: ActivityBatch): void;
  read(): Activity;
}

/** @param looksAtOutput whether codes are decoded to pixels too, which takes the decoder a second time */
export function tallyActivity(network: Network, looksAtOutput: boolean): ActivityTally {
  const encoder = network.encoder.map(aliveFlags);
  const decoder = network.decoder.map(aliveFlags);
  const range = { least: Infinity, greatest: -Infinity, below0: 0, above1: 0 };
  let images = 0;
  return {
    add({ weights, x, z, count, labels }) {
      images += count;
      encoderActivations(network, weights, x, count, labels).forEach((values, i) => mark(encoder[i]!, values));
      decoderActivations(network, weights, z, count, labels).forEach((values, i) => mark(decoder[i]!, values));
      if (!looksAtOutput) return;
      for (const pixel of decode(network, weights, Float32Array.from(z), count, labels)) {
        if (pixel < range.least) range.least = pixel;
        if (pixel > range.greatest) range.greatest = pixel;
        if (pixel < 0) range.below0++;
        else if (pixel > 1) range.above1++;
      }
    },
    read() {
      const pixels = images * network.pixels;
      const output = looksAtOutput && pixels > 0 ? { ...range, below0: range.below0 / pixels, above1: range.above1 / pixels } : null;
      return {
        images,
        layers: [...layersOf("encoder", network.encoder, encoder), ...layersOf("decoder", network.decoder, decoder)],
        output,
      };
    },
  };
}

/** Channels innermost: a unit of a dense layer is a channel of an image of one pixel. */
function channelsOf(layer: LayerSpec): number {
  return layer.kind === "dense" ? layer.units : layer.to.channels;
}

function aliveFlags(layer: LayerSpec): Uint8Array {
  return new Uint8Array(channelsOf(layer));
}

function mark(alive: Uint8Array, values: Floats): void {
  const units = alive.length;
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) alive[i % units] = 1;
}

function layersOf(side: LayerActivity["side"], layers: readonly LayerSpec[], flags: readonly Uint8Array[]): LayerActivity[] {
  return layers.flatMap((layer, i) => {
    if (layer.activation !== "relu") return [];
    const units = flags[i]!.length;
    return [{ side, number: i + 1, units, dead: units - flags[i]!.reduce((sum, flag) => sum + flag, 0) }];
  });
}

/** Multiplications for one image, there and back; the least a pass can take is about half a nanosecond for each. */
export function multiplications({ encoder, mean, logVar, decoder, output }: Network): number {
  const layers = [...encoder, mean, ...(logVar === null ? [] : [logVar]), ...decoder, output];
  return layers.reduce((sum, layer) => {
    if (layer.kind === "dense") return sum + layer.inputs * layer.units;
    // Each number that comes out meets a window of all channels; of a transposed convolution each that goes in does.
    const { kind, kernel, from, to, inputs, units } = layer;
    return sum + kernel * kernel * (kind === "conv" ? units * from.channels : inputs * to.channels);
  }, 0);
}
