/** Which half of the hourglass each layer belongs to, and the colour of a half. */
import type { LayerSpec, Network } from "../../model/network";
import type { RunConfig } from "../../protocol/run-config";
import type { Side } from "./architecture";

export type SideColor = Side | "adversarial";

/** Discriminator and generator are of one idea. */
export function sideColor({ model }: Pick<RunConfig, "model">, side: Side): SideColor {
  return model === "gan" ? "adversarial" : side;
}

export function layersOfSides({ encoder, mean, logVar, decoder, output }: Network): Readonly<Record<Side, readonly LayerSpec[]>> {
  return { encoder: [...encoder, mean, ...(logVar === null ? [] : [logVar])], decoder: [...decoder, output] };
}
