/**
 * First values of every parameter, drawn on the CPU from the seed, so that every
 * trainer starts from the same numbers.
 *
 * Sources: PyTorch `nn.Linear` (Kaiming uniform with a = √5, which is U(±1/√fan_in), for weights and biases alike);
 * Keras `Dense` (Glorot & Bengio 2010, uniform ±√(6 / (fan_in + fan_out)); biases zero).
 */
import { fillUniform } from "../lib/random";
import type { Floats, WeightTable } from "../protocol/messages";
import type { InitialiserKind } from "../protocol/run-config";
import type { Network, ParameterSpec } from "./network";
import { STREAMS } from "./streams";

export function initialWeights(network: Network, initialiser: InitialiserKind, seed: number): WeightTable {
  const table: Record<string, Floats> = {};
  network.parameters.forEach((parameter, block) => {
    const values = new Float32Array(parameter.size);
    const limit = initialLimit(parameter, initialiser);
    if (limit > 0) {
      fillUniform({ seed, stream: STREAMS.weights }, block, values);
      for (let i = 0; i < values.length; i++) values[i] = (2 * values[i]! - 1) * limit;
    }
    table[parameter.name] = values;
  });
  return table;
}

/** Initial values are uniform in [−limit, limit). */
export function initialLimit({ kind, fanIn, fanOut }: ParameterSpec, initialiser: InitialiserKind): number {
  switch (initialiser) {
    case "pytorch":
      return 1 / Math.sqrt(fanIn);
    case "keras":
      return kind === "bias" ? 0 : Math.sqrt(6 / (fanIn + fanOut));
  }
}
