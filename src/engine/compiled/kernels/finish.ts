/** The last dispatch of a step: its loss terms into the ring, its number one up. */
import { declareBindings, type Kernel, type KernelBinding } from "../kernel";
import { fillTemplate } from "../template";
import sumSource from "./finish-sum.wgsl?raw";
import source from "./finish.wgsl?raw";
import { STATE_WGSL } from "./state";

/** Steps whose loss terms the buffer `metrics` holds: step s, counted from 0, at element s % RING. */
export const RING = 4096;
/** Of one element: reconstruction loss, KL, penalty, and s + 1 modulo 2²⁴, float32. */
export const METRICS_BYTES = 16;

/** Numbers that a round of all threads takes: 256 threads, 16 lanes. */
const ROUND = 4096;

/**
 * Bindings: `losses`, `kls` (none in an autoencoder) or `charge` (where there is one), `state`, `metrics`.
 *
 * @param lossPartials length of `losses`
 * @param klPartials length of `kls`; 0 in an autoencoder
 * @param charged whether KL and penalty are summed already, by `chargeKernel`; then there are no partials
 */
export function finishKernel({
  batch,
  lossPartials,
  klPartials,
  charged = false,
}: {
  readonly batch: number;
  readonly lossPartials: number;
  readonly klPartials: number;
  readonly charged?: boolean;
}): Kernel {
  const bindings: KernelBinding[] = [{ name: "losses", access: "read" }];
  if (klPartials > 0) bindings.push({ name: "kls", access: "read" });
  if (charged) bindings.push({ name: "charge", access: "read" });
  bindings.push({ name: "state", access: "read_write" }, { name: "metrics", access: "read_write" });
  const types = { losses: "array<f32>", kls: "array<f32>", charge: "array<vec4f>", state: "State", metrics: "array<vec4f>" };
  return {
    label: "finish step",
    code: [
      declareBindings(bindings, types),
      STATE_WGSL,
      shareCode("Losses", "losses", lossPartials),
      ...(klPartials > 0 ? [shareCode("Kls", "kls", klPartials)] : []),
      fillTemplate(source, { batch, klPartials, charged, ring: RING }),
    ].join("\n"),
    bindings,
    grid: { x: 1, rowsPerImage: 0, rowsPerTile: 1 },
  };
}

/** @param Name of the function `shareOf<Name>`; @param name of the binding */
function shareCode(Name: string, name: string, count: number): string {
  return fillTemplate(sumSource, { Name, name, count, full: Math.floor(count / ROUND) * ROUND });
}
