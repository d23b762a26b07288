/** Which half of the hourglass each layer belongs to. */
import type { LayerSpec, Network } from "../../model/network";
import type { Side } from "./architecture";

export function layersOfSides({ encoder, mean, logVar, decoder, output }: Network): Readonly<Record<Side, readonly LayerSpec[]>> {
  return { encoder: [...encoder, mean, ...(logVar === null ? [] : [logVar])], decoder: [...decoder, output] };
}
