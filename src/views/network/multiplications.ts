/** What a forward pass costs: so much of it fits beside everything else that a frame has to do. */
import type { LayerSpec } from "../../model/network";

/** Multiplications that fit a frame beside everything else, at about 0.5 per ns. */
export const LIGHT_PASS = 2_000_000;

/** Of one image or code through these layers. */
export function multiplications(layers: readonly LayerSpec[]): number {
  return layers.reduce((sum, layer) => sum + multiplicationsOf(layer), 0);
}

/** Of a convolution each number that comes out meets a window of all channels; transposed, each that goes in. */
function multiplicationsOf(layer: LayerSpec): number {
  if (layer.kind === "dense") return layer.inputs * layer.units;
  const { kind, kernel, from, to, inputs, units } = layer;
  return kernel * kernel * (kind === "conv" ? units * from.channels : inputs * to.channels);
}
