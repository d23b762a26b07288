/** The last rung: plain JavaScript, slow and always there. */
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import type { StartedBackend } from "./started-backend";

export function startCpu(): StartedBackend {
  return { loadKernels: () => Promise.resolve(new MathBackendCPU()), adapter: "", onLost: () => {}, close: () => {} };
}
