/**
 * The ladder of backends: webgpu, then wasm, then cpu. A rung is taken when it has
 * run a small training step and got the numbers right; some drivers answer zeros.
 *
 * On webgpu two engines can prove it: the compiled one, which is tried first, and TensorFlow.js. Either is made ready when it
 * is first asked for and keeps the device's company with the other.
 */
import { FailureError, type Failure } from "../protocol/failure";
import type { BackendReport } from "../protocol/messages";
import { BACKENDS, type BackendName, type EngineName } from "../protocol/run-config";
import type { OpenCompiled, TuningStore } from "./compiled/open-compiled";
import type { StartedBackend, WasmUrls } from "./started-backend";

export interface BackendLoss {
  /** `destroyed`, `unknown`, `out-of-memory`, or `invalid`: the device turned a command down. */
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
  /** On webgpu only: what the compiled engine needs, once its self-test has passed; rejects where it has not, each time alike. */
  readonly compiled?: () => Promise<OpenCompiled>;
  /** TensorFlow.js is ready to compute on this backend; rejects where its self-test fails. */
  readonly tensorflow: () => Promise<void>;
  /** Calls back once when the device goes away by itself, at once if it already has. Whatever waits for it rejects. */
  readonly onLost: (callback: (loss: BackendLoss) => void) => void;
  /** Frees the device. Dispose trainers first; tensors of a closed backend are of no use. */
  readonly close: () => void;
}

export interface OpenOptions {
  /** Which engine proves a webgpu rung; `tfjs` leaves the compiled one alone. */
  readonly engine?: "auto" | EngineName;
  /** Where the WASM binaries lie, when not where Vite put them. */
  readonly wasmUrls?: WasmUrls;
  /** Keeps kernel choices by adapter from visit to visit. */
  readonly tunings?: TuningStore;
  /** Kernels measured, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Opens the first rung that works, or the one wished for.
 *
 * @throws FailureError when the named backend, or with `auto` every backend, fails.
 */
export async function openBackend(wish: "auto" | BackendName, options: OpenOptions = {}): Promise<OpenBackend> {
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
  const { adapter, gpu } = started;
  const tensorflow = new LazyTensorflow(backend, started.loadKernels);
  const compiled = gpu === undefined ? undefined : once(() => openCompiled(gpu, options));
  const close = () => {
    tensorflow.close();
    started.close();
  };
  const opened: OpenBackend = {
    backend,
    adapter,
    skipped,
    ...(gpu === undefined ? {} : { device: gpu.device }),
    ...(compiled === undefined ? {} : { compiled }),
    tensorflow: () => tensorflow.open(),
    onLost: started.onLost,
    close,
  };
  try {
    await prove(opened, options.engine ?? "auto");
  } catch (error) {
    close();
    throw error;
  }
  return opened;
}

/** One engine that computes rightly is enough. */
async function prove({ compiled, tensorflow }: OpenBackend, engine: "auto" | EngineName): Promise<void> {
  if (compiled !== undefined && engine !== "tfjs") {
    const isProven = await compiled().then(
      () => true,
      () => false, // told by whoever wants a compiled trainer
    );
    if (isProven) return;
  }
  await tensorflow();
}

async function openCompiled(gpu: NonNullable<StartedBackend["gpu"]>, options: OpenOptions): Promise<OpenCompiled> {
  const module = await import("./compiled/open-compiled");
  return module.openCompiled(gpu, options);
}

class LazyTensorflow {
  readonly #open: () => Promise<void>;
  #close = () => {};
  #isClosed = false;

  constructor(backend: BackendName, loadKernels: StartedBackend["loadKernels"]) {
    this.#open = once(async () => {
      const { openTensorflow } = await import("./tensorflow-backend");
      this.#requireUse();
      const close = await openTensorflow(backend, loadKernels);
      if (this.#isClosed) close();
      this.#requireUse();
      this.#close = close;
    });
  }

  /** @throws Error once closed: who still waits for an old backend must register nothing beside the next one */
  async open(): Promise<void> {
    this.#requireUse();
    await this.#open();
  }

  close(): void {
    this.#isClosed = true;
    this.#close();
    this.#close = () => {};
  }

  #requireUse(): void {
    if (this.#isClosed) throw new Error("the backend was closed");
  }
}

/** `make`, called at most once. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
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
