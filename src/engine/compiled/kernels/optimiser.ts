/**
 * The optimiser's update as a snippet of the kernel that computes the gradient, so that
 * a gradient never goes through memory: `fn update(index: u32, gradient: vec4f)`, index
 * counting `vec4f` in the matrix.
 *
 * The rules and their two families are those of `engine/optimisers.ts`.
 */
import { OPTIMISERS, type RunConfig } from "../../../protocol/run-config";
import { OPTIMISER_CONSTANTS, SLOT_NAMES } from "../../optimiser-constants";
import type { KernelBinding } from "../kernel";
import { fillTemplate, type TemplateValues } from "../template";
import source from "./optimiser.wgsl?raw";
import { STATE_WGSL } from "./state";

export interface OptimiserCode {
  /** For the kernel's label: `adam`. */
  readonly label: string;
  /** `parameters`, the slots by their names, `state`: four at most. */
  readonly bindings: readonly KernelBinding[];
  readonly types: Readonly<Record<string, string>>;
  readonly code: string;
}

export type OptimiserConfig = Pick<RunConfig, "optimiser" | "initialiser" | "momentum" | "adamBeta1">;

export function optimiserCode(config: OptimiserConfig): OptimiserCode {
  const changed = ["parameters", ...SLOT_NAMES[config.optimiser]];
  return {
    label: config.optimiser,
    bindings: [...changed.map((name) => ({ name, access: "read_write" }) as const), { name: "state", access: "read" }],
    types: { ...Object.fromEntries(changed.map((name) => [name, "array<vec4f>"])), state: "State" },
    code: `${STATE_WGSL}\n${fillTemplate(source, updateValues(config))}`,
  };
}

function updateValues({ optimiser, initialiser, momentum, adamBeta1: decay1 }: OptimiserConfig): TemplateValues {
  const chosen = Object.fromEntries(OPTIMISERS.map((name) => [name, name === optimiser]));
  const family = { ...chosen, keras: initialiser === "keras" };
  const constants = OPTIMISER_CONSTANTS[initialiser];
  switch (optimiser) {
    case "adam": {
      const { decay2 } = constants.adam;
      return { ...family, decay1, decay2, rest1: 1 - decay1, rest2: 1 - decay2 };
    }
    case "sgd":
      return { ...family, momentum };
    case "rmsprop":
    case "adadelta": {
      const { decay, epsilon } = constants[optimiser];
      return { ...family, decay, rest: 1 - decay, epsilon };
    }
  }
}
