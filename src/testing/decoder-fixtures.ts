/** Decoders with weights set by hand, whose surfaces in pixel space are known in closed form. */
import { initialWeights } from "../model/initial-weights";
import { describeNetwork, type Network } from "../model/network";
import type { WeightTable } from "../protocol/messages";
import { DEFAULT_CONFIG, type DenseLayer, type OutputActivation, type RunConfig } from "../protocol/run-config";
import { floats } from "./golden";

export interface FixedDecoder {
  readonly network: Network;
  readonly weights: WeightTable;
}

/**
 * @param given by name, `[inputs, units]` row by row; biases not given are 0
 */
export function fixedDecoder(
  shape: {
    readonly latentDim: number;
    readonly pixels: number;
    readonly decoder?: readonly DenseLayer[];
    readonly outputActivation?: OutputActivation;
  },
  given: Readonly<Record<string, readonly number[]>>,
): FixedDecoder {
  const { latentDim, pixels, decoder = [], outputActivation = "linear" } = shape;
  const config: RunConfig = { ...DEFAULT_CONFIG, model: "ae", encoder: [], latentDim, decoder: [...decoder], outputActivation };
  const network = describeNetwork(config, { height: 1, width: pixels, channels: 1 });
  const table = Object.fromEntries(Object.entries(given).map(([name, values]) => [name, floats(values)]));
  return { network, weights: { ...initialWeights(network, "keras", 1), ...table } };
}

/**
 * Pixels σ(z₁) and σ(z₂): the plane under another ruler. Its shortest ways are straight in pixel space.
 */
export function squashedPlane(): FixedDecoder {
  return fixedDecoder({ latentDim: 2, pixels: 2, outputActivation: "sigmoid" }, { "output.weight": [1, 0, 0, 1] });
}

/**
 * Pixels (z₁, max(z₂, 0), `stretch` · max(−z₂, 0)): a sheet folded square along z₂ = 0 and stretched on one side. Unfolded it is a
 * plane again, in which the shortest ways are straight.
 */
export function foldedSheet(stretch: number): FixedDecoder {
  return fixedDecoder(
    { latentDim: 2, pixels: 3, decoder: [{ units: 4, activation: "relu" }] },
    {
      "decoder.0.weight": [1, -1, 0, 0, 0, 0, 1, -1], // z₁, −z₁, z₂, −z₂
      "output.weight": [1, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, stretch],
    },
  );
}

/**
 * Pixels (z₁, z₂, hill): a plane with a hill of `height` around 0, which falls off over about 1. `z₁` and `z₂` go through tanh far
 * inside its straight part.
 */
export function hill(height: number): FixedDecoder {
  const small = 1 / 64; // tanh(z / 64) · 64 is z to 1e-3 of it for |z| < 3
  return fixedDecoder(
    {
      latentDim: 2,
      pixels: 3,
      decoder: [
        { units: 6, activation: "tanh" },
        { units: 3, activation: "tanh" },
      ],
    },
    {
      // z₁, z₂, then the two flanks of a ridge along either: tanh(2 (z + 1)) − tanh(2 (z − 1)) is near 2 inside, 0 outside
      "decoder.0.weight": [small, 0, 2, 2, 0, 0, 0, small, 0, 0, 2, 2],
      "decoder.0.bias": [0, 0, 2, -2, 2, -2],
      // both ridges together are above 3 on the hill only
      "decoder.1.weight": [1, 0, 0, 0, 1, 0, 0, 0, 1.5, 0, 0, -1.5, 0, 0, 1.5, 0, 0, -1.5],
      "decoder.1.bias": [0, 0, -4.5],
      "output.weight": [64, 0, 0, 0, 64, 0, 0, 0, height / 2],
      "output.bias": [0, 0, height / 2],
    },
  );
}
