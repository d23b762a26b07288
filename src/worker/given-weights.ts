/** Weights that came with a `prepare`, held to the network they are for: the page has looked at them, and the page may be wrong. */
import type { Network } from "../model/network";
import { FailureError, type WeightProblem } from "../protocol/failure";
import type { WeightTable } from "../protocol/messages";

/**
 * Just the network's parameters, in its order.
 *
 * @throws FailureError `invalid-weights` that names the first parameter at fault
 */
export function givenWeights(table: WeightTable, { parameters }: Network): WeightTable {
  const names = new Set(parameters.map(({ name }) => name));
  const strange = Object.keys(table).find((name) => !names.has(name));
  if (strange !== undefined) throw invalid(strange, "unexpected");
  return Object.fromEntries(
    parameters.map(({ name, size }) => {
      const values: unknown = Object.hasOwn(table, name) ? table[name] : undefined;
      if (!(values instanceof Float32Array)) throw invalid(name, "missing");
      if (values.length !== size) throw invalid(name, "wrong-size");
      if (!values.every(Number.isFinite)) throw invalid(name, "not-finite");
      return [name, table[name]!];
    }),
  );
}

function invalid(name: string, problem: WeightProblem): FailureError {
  return new FailureError({ kind: "invalid-weights", name, problem });
}
