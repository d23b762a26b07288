/** What each rung of the ladder hands to `backend.ts`. */
import type { KernelBackend } from "./tf";
import type { BackendLoss } from "./backend";

export interface StartedBackend {
  readonly kernels: KernelBackend;
  readonly adapter: string;
  readonly device?: GPUDevice;
  readonly onLost: (callback: (loss: BackendLoss) => void) => void;
  /** After TensorFlow.js has let go of `kernels`. */
  readonly close: () => void;
}

/** URL, or path in Node, of each binary; the browser decides which it can run. */
export interface WasmUrls {
  readonly plain: string;
  readonly simd: string;
}
