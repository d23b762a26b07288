/**
 * Keeps a decoder's dense layers and its transposed convolutions fitting each other:
 * the last dense layer is laid out as the image that these enlarge, so its units
 * follow from the picture, the strides and a number of channels.
 *
 * Pure functions from one list of layers to the next; what cannot be made to fit is
 * left as it is, for `protocol/config-issues` to name.
 */
import { clamp } from "../lib/clamp";
import type { ImageShape } from "../protocol/datasets";
import { isConvLayer, RANGES, type ConvLayer, type DenseLayer, type HiddenLayer } from "../protocol/run-config";

export interface GridSize {
  readonly height: number;
  readonly width: number;
}

/** Index of the dense layer that is laid out as an image; −1 where no layer is. */
export function gridIndex(decoder: readonly HiddenLayer[]): number {
  return decoder.some(isConvLayer) ? decoder.findLastIndex((layer) => !isConvLayer(layer)) : -1;
}

/** How many times larger the transposed convolutions make an image, each way. */
export function enlargement(decoder: readonly HiddenLayer[]): number {
  return decoder.filter(isConvLayer).reduce((product, { stride }) => product * stride, 1);
}

/** The image before the first transposed convolution; null where the strides do not divide the picture. */
export function gridSize(decoder: readonly HiddenLayer[], image: ImageShape): GridSize | null {
  const scale = enlargement(decoder);
  const [height, width] = [image.height / scale, image.width / scale];
  return Number.isInteger(height) && Number.isInteger(width) ? { height, width } : null;
}

/** Channels that a dense layer of at most `RANGES.units.max` units has room for. */
export function mostChannels({ height, width }: GridSize): number {
  return Math.max(1, Math.floor(RANGES.units.max / (height * width)));
}

/** As many channels as the convolution after them has filters; where there is no room for them, the largest power of 2 there is. */
export function usualChannels({ filters }: Pick<ConvLayer, "filters">, size: GridSize): number {
  const most = mostChannels(size);
  return filters <= most ? filters : 2 ** Math.floor(Math.log2(most));
}

/**
 * The same layers with the units of the grid's layer taken to the nearest number that fills it, or with such a layer before
 * them all where there is none. Units that are no number, as while they are typed, stay.
 */
export function fitDecoder(decoder: readonly HiddenLayer[], image: ImageShape): readonly HiddenLayer[] {
  const first = decoder.find(isConvLayer);
  const size = gridSize(decoder, image);
  if (first === undefined || size === null) return decoder;
  const index = gridIndex(decoder);
  if (index < 0) return [gridLayer(usualChannels(first, size), size, first.activation), ...decoder];
  const grid = decoder[index] as DenseLayer;
  const channels = clamp(Math.round(grid.units / (size.height * size.width)), 1, mostChannels(size));
  const fitting = gridLayer(channels, size, grid.activation);
  return Number.isNaN(grid.units) || fitting.units === grid.units ? decoder : decoder.with(index, fitting);
}

export function gridLayer(channels: number, { height, width }: GridSize, activation: DenseLayer["activation"]): DenseLayer {
  return { units: height * width * channels, activation };
}
