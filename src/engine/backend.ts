/**
 * The ladder of backends: webgpu, then wasm, then cpu. A rung is taken when it has
 * run a small training step and got the numbers right; some drivers answer zeros.
 *
 * TensorFlow.js has one active backend for a whole worker: close one before opening the next.
 */
import { FailureError, type Failure } from "../protocol/failure";
import type { BackendReport } from "../protocol/messages";
import { BACKENDS, type BackendName } from "../protocol/run-config";
import { disposeConstants } from "./constants";
import { selfTest } from "./self-test";
import * as tf from "./tf";
import type { StartedBackend, WasmUrls } from "./started-backend";

export interface BackendLoss {
  /** `destroyed`, `unknown`, or `out-of-memory`. */
  readonly reason: string;
  readonly message: string;
}

export interface OpenBackend {
  readonly backend: BackendName;
  /** The adapter's own description, empty where there is none. */
  readonly adapter: string;
  /** Rungs tried before this one, and why they were left. */
  readonly skipped: BackendReport["skipped"];
  /** On webgpu only; ours, shared with TensorFlow.js. */
  readonly device?: GPUDevice;
  /** Calls back once when the device goes away by itself, at once if it already has. Whatever waits for it rejects. */
  readonly onLost: (callback: (loss: BackendLoss) => void) => void;
  /** Frees the device. Dispose trainers first; tensors of a closed backend are of no use. */
  readonly close: () => void;
}

export interface OpenOptions {
  /** Where the WASM binaries lie, when not where Vite put them. */
  readonly wasmUrls?: WasmUrls;
}

/**
 * Opens the first rung that works, or the one wished for.
 *
 * @throws FailureError when the named backend, or with `auto` every backend, fails.
 */
export async function openBackend(wish: "auto" | BackendName, options: OpenOptions = {}): Promise<OpenBackend> {
  // Without it TensorFlow.js comments on the console: on Node, on slow readbacks, on what it thinks it should.
  tf.enableProdMode();
  const skipped: { readonly backend: BackendName; readonly failure: Failure }[] = [];
  for (const backend of wish === "auto" ? BACKENDS : [wish]) {
    try {
      return await openRung(backend, options, skipped);
    } catch (error) {
      skipped.push({ backend, failure: failureOf(backend, error) });
    }
  }
  throw new FailureError(skipped.at(-1)!.failure);
}

function failureOf(backend: BackendName, error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  return { kind: "backend-unavailable", backend, message: error instanceof Error ? error.message : String(error) };
}

async function openRung(backend: BackendName, options: OpenOptions, skipped: BackendReport["skipped"]): Promise<OpenBackend> {
  const started = await start(backend, options);
  // Ours in place of the factory that the package registers by itself, so that the device is ours too.
  if (isRegistered(backend)) tf.removeBackend(backend);
  tf.registerBackend(backend, () => started.kernels);
  const close = () => {
    disposeConstants();
    tf.removeBackend(backend);
    started.close();
  };
  try {
    if (!(await tf.setBackend(backend))) throw new Error(`tf.setBackend(${backend}) failed`);
    await selfTest(backend);
  } catch (error) {
    close();
    throw error;
  }
  const { adapter, device } = started;
  return { backend, adapter, skipped, ...(device === undefined ? {} : { device }), onLost: started.onLost, close };
}

function isRegistered(backend: BackendName): boolean {
  return (tf.findBackendFactory(backend) as unknown) !== null; // typed as always there
}

async function start(backend: BackendName, { wasmUrls }: OpenOptions): Promise<StartedBackend> {
  switch (backend) {
    case "webgpu":
      return (await import("./backend-webgpu")).startWebGpu();
    case "wasm":
      return (await import("./backend-wasm")).startWasm(wasmUrls);
    case "cpu":
      return (await import("./backend-cpu")).startCpu();
  }
}
