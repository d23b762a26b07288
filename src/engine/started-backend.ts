/** What each rung of the ladder hands to `backend.ts`. */
import type { KernelBackend } from "./tf";
import type { BackendLoss } from "./backend";

export interface StartedBackend {
  /** TensorFlow.js' kernels for it. */
  readonly loadKernels: () => Promise<KernelBackend>;
  readonly adapter: string;
  readonly gpu?: StartedGpu;
  readonly onLost: (callback: (loss: BackendLoss) => void) => void;
  /** After TensorFlow.js has let go of its kernels. */
  readonly close: () => void;
}

export interface StartedGpu {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
}

/** URL, or path in Node, of each binary; the browser decides which it can run. */
export interface WasmUrls {
  readonly plain: string;
  readonly simd: string;
}
