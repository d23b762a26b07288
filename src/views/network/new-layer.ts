/** The layer that a press on ＋ puts in: of a size between its neighbours, and with the activation of one of them. */
import { DATASETS, type ImageShape } from "../../protocol/datasets";
import { isConvLayer, RANGES, type ConvLayer, type DenseLayer, type HiddenLayer } from "../../protocol/run-config";
import { clamp } from "../../lib/clamp";
import { gridSize } from "../../store/fit-decoder";
import type { Architecture, Side } from "./architecture";
import { draftNetwork } from "./draft-network";
import type { LayerKind } from "./layer-edits";
import { COMMON_UNITS } from "./layer-sizes";

/** Keras' convolutional VAE: 32 filters at the image, 64 below. */
const FIRST_FILTERS = 32;
const MOST_FILTERS = 128;

export function newLayer(config: Architecture, side: Side, index: number, kind: LayerKind, mirror: boolean): HiddenLayer {
  return kind === "dense" ? newDense(config, side, index) : newConv(config, side, index, mirror);
}

/** The geometric mean of its neighbours' widths, taken to a common one. */
function newDense(config: Architecture, side: Side, index: number): DenseLayer {
  const network = draftNetwork(config);
  const layers = network[side];
  const [first, last] = side === "encoder" ? [network.pixels, config.latentDim] : [config.latentDim, network.pixels];
  const before = layers[index - 1]?.units ?? first;
  const after = layers[index]?.units ?? last;
  const middle = Math.sqrt(before * after);
  const distance = (units: number) => Math.abs(Math.log(units / middle));
  const units = Number.isFinite(middle) ? COMMON_UNITS.reduce((best, each) => (distance(each) < distance(best) ? each : best)) : 128;
  return { units: clamp(units, RANGES.units.min, RANGES.units.max), activation: neighbourOf(config[side], index) };
}

/** Twice the filters of the neighbour towards the image, half those of the one towards the code; stride 2 as long as that divides. */
function newConv(config: Architecture, side: Side, index: number, mirror: boolean): ConvLayer {
  const layers = config[side];
  const [outer, inner] = side === "encoder" ? [layers[index - 1], layers[index]] : [layers[index], layers[index - 1]];
  const near = [outer, inner].find((layer): layer is ConvLayer => layer !== undefined && isConvLayer(layer));
  const isAtImage = outer === undefined || !isConvLayer(outer);
  const wanted = near === undefined ? FIRST_FILTERS : isAtImage ? near.filters / 2 : near.filters * 2;
  const filters = Number.isFinite(wanted) ? clamp(Math.round(wanted), 1, MOST_FILTERS) : FIRST_FILTERS;
  const conv = { filters, kernel: near?.kernel ?? 3, activation: neighbourOf(layers, index) };
  const doubled: ConvLayer = { ...conv, stride: 2 };
  return divides(layers.toSpliced(index, 0, doubled), DATASETS[config.data].image, mirror) ? doubled : { ...conv, stride: 1 };
}

/** With a mirror the decoder has to come out at the image's size again; without one it is still the tidier choice. */
function divides(layers: readonly HiddenLayer[], image: ImageShape, mirror: boolean): boolean {
  const size = gridSize(layers, image);
  return size !== null && (mirror || Math.min(size.height, size.width) > 1);
}

function neighbourOf(layers: readonly HiddenLayer[], index: number): HiddenLayer["activation"] {
  return (layers[index - 1] ?? layers[index])?.activation ?? "relu";
}
