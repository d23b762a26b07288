/** The decoder alone in float64 loops, and what is measured along curves of its codes. */
import type { Network } from "../model/network";
import { activationTwin, layerTwin, stackTwin, type TwinWeights } from "./model-twin";

/** One code's pixels after the output activation. */
export function decoderTwin(network: Network, weights: TwinWeights, z: readonly number[], label = 0): number[] {
  const logits = layerTwin(network.output, weights, stackTwin(network.decoder, weights, z, label), label);
  return logits.map((logit) => activationTwin(network.outputActivation, logit));
}
