/**
 * Changes of the drawn network: adding, removing and resizing layers, and what of the
 * decoder follows. Pure functions from one description to the next; whether the result
 * can run is `protocol/config-issues`' business. Fetched with the first editor.
 */
import { DATASETS } from "../../protocol/datasets";
import { isConvLayer, RANGES, type ConvLayer, type DenseLayer, type HiddenLayer, type RunConfig } from "../../protocol/run-config";
import { enlargement, fitDecoder, gridIndex, gridLayer, gridSize, usualChannels } from "../../store/fit-decoder";
import { unmirrored, type Architecture, type Side } from "./architecture";
import { newLayer } from "./new-layer";

export type LayerKind = "dense" | "conv";

/**
 * The decoder that undoes `encoder` layer by layer, each with its own activation; convolutions become transposed ones after a
 * dense layer that makes their image. Of the decoder there was, that layer is kept, as far as it fits.
 */
export function mirrored(encoder: readonly HiddenLayer[], former: readonly HiddenLayer[], data: RunConfig["data"]): HiddenLayer[] {
  const { image } = DATASETS[data];
  const layers = encoder.toReversed().map((layer) => ({ ...layer }));
  const first = layers.findIndex(isConvLayer);
  if (first < 0) return layers;
  const conv = layers[first] as ConvLayer;
  const size = gridSize(layers, image);
  const kept = keptGrid(former, data);
  const fresh = { units: size === null ? RANGES.units.max : gridLayer(usualChannels(conv, size), size, "relu").units };
  return [...fitDecoder(layers.toSpliced(first, 0, kept ?? { ...fresh, activation: conv.activation }), image)];
}

/** The layer that made the former image, where its channels are the visitor's rather than those that follow from the filters. */
function keptGrid(decoder: readonly HiddenLayer[], data: RunConfig["data"]): DenseLayer | null {
  const index = gridIndex(decoder);
  const first = decoder.find(isConvLayer);
  const size = gridSize(decoder, DATASETS[data].image);
  if (index < 0 || first === undefined || size === null) return null;
  const grid = decoder[index] as DenseLayer;
  const isUsual = grid.units === gridLayer(usualChannels(first, size), size, "relu").units && grid.activation === first.activation;
  return isUsual ? null : grid;
}

export type LayerEdit =
  | { readonly type: "add"; readonly index: number; readonly kind: LayerKind }
  | { readonly type: "remove"; readonly index: number }
  | { readonly type: "change"; readonly index: number; readonly layer: Partial<DenseLayer> | Partial<ConvLayer> };

/** What a config becomes by one edit of one side; with `mirror`, the other side follows. */
export function editLayers(config: Architecture, side: Side, edit: LayerEdit, mirror: boolean): Pick<Partial<RunConfig>, Side> {
  const { data } = config;
  const layers = edited(config, side, edit, mirror);
  if (side === "encoder") return mirror ? { encoder: layers, decoder: mirrored(layers, config.decoder, data) } : { encoder: layers };
  const decoder = fitted(config, mirror ? withoutSpareGrid(config.decoder, layers) : layers);
  return mirror ? { encoder: unmirrored(decoder), decoder } : { decoder };
}

/** Without its convolutions a decoder needs no layer that makes their image, and the encoder it mirrors has none. */
function withoutSpareGrid(former: readonly HiddenLayer[], layers: readonly HiddenLayer[]): readonly HiddenLayer[] {
  const grid = gridIndex(former);
  return grid < 0 || layers.some(isConvLayer) ? layers : layers.toSpliced(grid, 1);
}

/** A decoder made to fit; with the first transposed convolution the dense layer before it becomes what that one usually enlarges. */
function fitted({ data, decoder }: Architecture, layers: readonly HiddenLayer[]): HiddenLayer[] {
  const { image } = DATASETS[data];
  const first = layers.find(isConvLayer);
  const size = gridSize(layers, image);
  const grid = gridIndex(layers);
  const isFirst = first !== undefined && !decoder.some(isConvLayer);
  if (!isFirst || size === null || grid < 0) return [...fitDecoder(layers, image)];
  return layers.with(grid, gridLayer(usualChannels(first, size), size, layers[grid]!.activation));
}

function edited(config: Architecture, side: Side, edit: LayerEdit, mirror: boolean): HiddenLayer[] {
  const layers = config[side];
  switch (edit.type) {
    case "add":
      return layers.toSpliced(edit.index, 0, newLayer(config, side, edit.index, edit.kind, mirror));
    case "remove":
      return layers.toSpliced(edit.index, 1);
    case "change":
      return layers.map((layer, i) => (i === edit.index ? { ...layer, ...edit.layer } : layer));
  }
}

/**
 * What may stand at `index`: convolutions next to the image, dense layers next to the code. The dense layer that makes the image
 * of transposed convolutions stays next to them.
 */
export function kindsAt(config: Architecture, side: Side, index: number): readonly LayerKind[] {
  const layers = config[side];
  const convs = layers.filter(isConvLayer).length;
  if (side === "encoder") return index < convs ? ["conv"] : index > convs ? ["dense"] : ["dense", "conv"];
  const denses = layers.length - convs;
  if (convs > 0) return index < denses ? ["dense"] : ["conv"];
  return index < denses ? ["dense"] : ["dense", "conv"];
}

/** Whether a layer more, and what follows from it, leaves both sides within the depth that there may be. */
export function canAdd(config: Architecture, side: Side, index: number, kind: LayerKind, mirror: boolean): boolean {
  const { encoder = config.encoder, decoder = config.decoder } = editLayers(config, side, { type: "add", index, kind }, mirror);
  return Math.max(encoder.length, decoder.length) <= RANGES.layers.max;
}

/** Whether a layer may be taken out: not the one that makes the image of transposed convolutions, while there are any. */
export function canRemove({ decoder }: Architecture, side: Side, index: number): boolean {
  return side === "encoder" || gridIndex(decoder) !== index;
}

/** Whether the decoder still comes out at the size of the image with this stride; where it does not follow, an encoder always may. */
export function strideFits(config: Architecture, side: Side, index: number, stride: ConvLayer["stride"], mirror: boolean): boolean {
  if (side === "encoder" && !mirror) return true;
  const layers = config[side].map((layer, i) => (i === index && isConvLayer(layer) ? { ...layer, stride } : layer));
  return gridSize(layers, DATASETS[config.data].image) !== null || enlargement(layers) < enlargement(config[side]);
}
