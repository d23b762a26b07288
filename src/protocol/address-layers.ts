/**
 * Hidden layers as an address may list them, mended until they fit each other and
 * the image: what `run-config` would refuse is dropped, or brought to the nearest
 * that can run.
 */
import { clamp } from "../lib/clamp";
import type { ImageShape } from "./datasets";
import { isConvLayer, RANGES, type ConvLayer, type DenseLayer, type HiddenLayer } from "./run-config";

/** Without the convolutions that stand after a dense layer. */
export function mendEncoder(layers: readonly HiddenLayer[]): readonly HiddenLayer[] {
  const firstDense = layers.findIndex((layer) => !isConvLayer(layer));
  return firstDense < 0 ? layers : layers.filter((layer, i) => i < firstDense || !isConvLayer(layer));
}

/**
 * Without the dense layers that stand after a transposed convolution. Strides that divide no whole grid out of the image become
 * 1; the last dense layer gets the nearest width that fills the grid, and where there is none, one is put in front.
 */
export function mendDecoder(layers: readonly HiddenLayer[], image: ImageShape): readonly HiddenLayer[] {
  const firstConv = layers.findIndex(isConvLayer);
  if (firstConv < 0) return layers;
  const dense = layers.slice(0, firstConv) as readonly DenseLayer[];
  const room = RANGES.layers.max - Math.max(1, dense.length);
  const { convs, positions } = fitStrides(layers.filter(isConvLayer).slice(0, room), image);
  const last = dense.at(-1) ?? { units: positions * convs[0]!.filters, activation: "relu" as const };
  return [...dense.slice(0, -1), { ...last, units: nearestFill(last.units, positions) }, ...convs];
}

/** From the image backwards, as that is where a stride's grid is finest. @returns also the pixels of the grid */
function fitStrides(layers: readonly ConvLayer[], image: ImageShape): { convs: ConvLayer[]; positions: number } {
  let scale = 1;
  const divides = (size: number) => image.height % size === 0 && image.width % size === 0;
  const convs = layers.toReversed().map((layer): ConvLayer => {
    if (!divides(scale * layer.stride)) return { ...layer, stride: 1 };
    scale *= layer.stride;
    return layer;
  });
  return { convs: convs.toReversed(), positions: (image.height * image.width) / scale ** 2 };
}

/** The whole number of channels nearest to `units` over `positions`, as units. */
function nearestFill(units: number, positions: number): number {
  return positions * clamp(Math.round(units / positions), 1, Math.floor(RANGES.units.max / positions));
}
