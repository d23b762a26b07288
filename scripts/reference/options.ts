/** What the command line of `verify-reference` says, checked. */
import { parseArgs } from "node:util";
import { ENGINES, type BackendName, type EngineName } from "../../src/protocol/run-config";
import { FAMILY_PARTS } from "./families";
import { EPOCHS, LATENT_DIMS, SEEDS, type LatentDim, type ReferenceEpoch } from "./pytorch-results";

export const PARTS = ["curves", "reference", ...FAMILY_PARTS] as const;
export type Part = (typeof PARTS)[number];

export interface VerifyOptions {
  readonly parts: readonly Part[];
  readonly engines: readonly EngineName[];
  readonly models: readonly LatentDim[];
  readonly seeds: readonly number[];
  /** Those of the reference up to the last wished for. */
  readonly epochs: readonly ReferenceEpoch[];
  /** Of TensorFlow.js. */
  readonly backend: BackendName;
}

/** Its webgpu on a software adapter would take hours. */
const TFJS_BACKENDS = ["wasm", "cpu", "webgpu"] as const;

/** @throws RangeError on a name that there is not */
export function readOptions(args: string[]): VerifyOptions {
  const { values } = parseArgs({
    args,
    options: {
      parts: { type: "string", default: PARTS.join(",") },
      engines: { type: "string", default: ENGINES.join(",") },
      models: { type: "string", default: LATENT_DIMS.join(",") },
      seeds: { type: "string", default: SEEDS.join(",") },
      epochs: { type: "string", default: "10" },
      backend: { type: "string", default: "wasm" },
    },
  });
  const last = Number(values.epochs);
  return {
    parts: pick("parts", values.parts, PARTS),
    engines: pick("engines", values.engines, ENGINES),
    models: pick("models", values.models, LATENT_DIMS),
    seeds: values.seeds.split(",").map(Number),
    epochs: EPOCHS.filter((epoch) => epoch <= last),
    backend: pick("backend", values.backend, TFJS_BACKENDS)[0]!,
  };
}

function pick<Name extends string | number>(option: string, text: string, names: readonly Name[]): Name[] {
  return text.split(",").map((given) => {
    const name = names.find((candidate) => String(candidate) === given);
    if (name === undefined) throw new RangeError(`--${option}: no ${given}; there are ${names.join(", ")}`);
    return name;
  });
}
