/** Counts what reaches the GPU, whichever library sends it. */
import { wrap } from "./wrap";

/** @returns the number of dispatches since this was called, 0 for ever where there is no WebGPU */
export function countDispatches(): () => number {
  let count = 0;
  if (!("GPUComputePassEncoder" in globalThis)) return () => 0;
  for (const name of ["dispatchWorkgroups", "dispatchWorkgroupsIndirect"] as const) {
    wrap(GPUComputePassEncoder.prototype as Record<typeof name, (...args: unknown[]) => undefined>, name, (native) => {
      return function (this: GPUComputePassEncoder, ...args) {
        count++;
        return native.apply(this, args);
      };
    });
  }
  return () => count;
}
