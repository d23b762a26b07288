/**
 * The network of a draft, which may not be one yet: whatever is being typed, there is
 * something to draw, with sizes that are no number where there is none.
 */
import { describeNetwork, type LayerSpec, type Network } from "../../model/network";
import { DATASETS } from "../../protocol/datasets";
import { isConvLayer, type HiddenLayer } from "../../protocol/run-config";
import { fitDecoder, gridIndex } from "../../store/fit-decoder";
import type { Architecture } from "./architecture";

export function draftNetwork(config: Architecture): Network {
  const { image } = DATASETS[config.data];
  try {
    return describeNetwork(config, image);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return standIn(config);
  }
}

/** As near to the draft as there is a network; what does not fit has no size. */
function standIn(config: Architecture): Network {
  const { image } = DATASETS[config.data];
  const grid = gridIndex(config.decoder);
  // The images after the first do not depend on its channels: they stay as they are while these are typed.
  const decoder = fitDecoder(
    config.decoder.map((layer, i) => (i === grid ? { units: 1, activation: layer.activation } : layer)),
    image,
  );
  try {
    const network = describeNetwork({ ...config, decoder: [...decoder] }, image);
    const lacking = decoder.length - config.decoder.length; // 1 where there is no layer yet that makes the image
    const unknown = (layer: LayerSpec, i: number): LayerSpec => (i === grid ? { ...layer, units: Number.NaN } : layer);
    return { ...network, decoder: network.decoder.slice(lacking).map(unknown), parameterCount: Number.NaN };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return describeNetwork({ ...config, encoder: sizeless(config.encoder), decoder: sizeless(config.decoder) }, image);
  }
}

function sizeless(layers: readonly HiddenLayer[]): HiddenLayer[] {
  return layers.map((layer) => (isConvLayer(layer) ? { units: Number.NaN, activation: layer.activation } : layer));
}
