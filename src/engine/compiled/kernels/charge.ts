/** Where β multiplies something other than the KL: the penalty of a batch and its slope, before the gradients. */
import type { RunConfig } from "../../../protocol/run-config";
import { declareBindings, padded, type Kernel } from "../kernel";
import { fillTemplate } from "../template";
import source from "./charge.wgsl?raw";
import { ELEMENTARY_WGSL } from "./elementary";
import { maskCode } from "./epilogue";
import { STATE_WGSL } from "./state";

/** Floats of the buffer `charge`. */
export function chargeFloats(latentDim: number): number {
  return 4 + padded(latentDim);
}

/** Bindings: `klTerms` (`[batch][padded(latentDim)]`), `state`, `charge`. @throws RangeError where the KL itself is charged */
export function chargeKernel({
  klMode,
  freeBits,
  capacity,
  scheduleSteps,
  latentDim,
  batchSize,
}: Pick<RunConfig, "klMode" | "freeBits" | "capacity" | "scheduleSteps" | "latentDim" | "batchSize">): Kernel {
  if (klMode === "plain") throw new RangeError("chargeKernel: a plain KL needs none");
  const bindings = [
    { name: "klTerms", access: "read" },
    { name: "state", access: "read" },
    { name: "charge", access: "read_write" },
  ] as const;
  const stride = padded(latentDim);
  const main = fillTemplate(source, {
    freeBits: klMode === "free-bits",
    threshold: freeBits,
    capacity,
    scheduleSteps,
    quads: stride / 4,
    batch: batchSize,
  });
  return {
    label: `charge ${klMode}`,
    code: [
      declareBindings(bindings, { klTerms: "array<vec4f>", state: "State", charge: "array<vec4f>" }),
      STATE_WGSL,
      ELEMENTARY_WGSL,
      maskCode({ size: latentDim, stride }),
      main,
    ].join("\n"),
    bindings,
    grid: { x: 1, rowsPerImage: 0, rowsPerTile: 1 },
  };
}
