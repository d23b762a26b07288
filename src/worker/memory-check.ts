/** Turns a run away before it asks for memory that its backend is known not to have. */
import { estimateMemory } from "../model/memory";
import type { Network } from "../model/network";
import { FailureError } from "../protocol/failure";
import type { BackendName, RunConfig } from "../protocol/run-config";

/** The largest heap that the TensorFlow.js binaries were built for (emscripten's MAXIMUM_MEMORY). */
const WASM_BYTES = 2 ** 31;

const BYTES_PER_FLOAT = 4;

export interface MemoryOwner {
  readonly backend: BackendName;
  readonly device?: { readonly limits: Pick<GPUSupportedLimits, "maxBufferSize" | "maxStorageBufferBindingSize"> };
}

/**
 * How much a GPU has in all cannot be asked; how large one buffer may be can. On the CPU neither is known.
 *
 * @throws FailureError `out-of-memory`
 */
export function requireMemory({ backend, device }: MemoryOwner, config: RunConfig, network: Network): void {
  const bytes = estimateMemory(config, network);
  const refuse = (message: string) => new FailureError({ kind: "out-of-memory", backend, bytes, message });
  if (backend === "wasm" && bytes > WASM_BYTES) throw refuse(`WebAssembly has ${WASM_BYTES} bytes`);
  if (device === undefined) return;
  // All parameters lie in one buffer.
  const largest = network.parameterCount * BYTES_PER_FLOAT;
  const limit = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
  if (largest > limit) throw refuse(`the parameters are one buffer of ${largest} bytes, the device allows ${limit}`);
}
