/** The decoder alone in float64 loops, and what is measured along curves of its codes. */
import type { Network } from "../model/network";
import { activationTwin, layerTwin, stackTwin, type TwinWeights } from "./model-twin";

/** One code's pixels after the output activation. */
export function decoderTwin(network: Network, weights: TwinWeights, z: readonly number[], label = 0): number[] {
  const logits = layerTwin(network.output, weights, stackTwin(network.decoder, weights, z, label), label);
  return logits.map((logit) => activationTwin(network.outputActivation, logit));
}

/**
 * The energy of a path, ∫ ‖d pixels / dt‖² dt by differences over `parts` pieces of each of its steps.
 *
 * @param path `[points, latentDim]`
 */
export function energyTwin(
  network: Network,
  weights: TwinWeights,
  path: readonly (readonly number[])[],
  label: number,
  parts: number,
): number {
  const dt = 1 / ((path.length - 1) * parts);
  let energy = 0;
  for (let step = 0; step < path.length - 1; step++) {
    const pictureAt = (share: number) =>
      decoderTwin(
        network,
        weights,
        path[step]!.map((value, d) => value * (1 - share) + path[step + 1]![d]! * share),
        label,
      );
    for (let part = 0; part < parts; part++) {
      const [from, to] = [pictureAt(part / parts), pictureAt((part + 1) / parts)];
      energy += to.reduce((sum, value, pixel) => sum + ((value - from[pixel]!) / dt) ** 2, 0) * dt;
    }
  }
  return energy;
}
