/**
 * The first rung: a WebGPU device that we own, so that its loss is seen (TensorFlow.js
 * never looks) and that the compiled engine and TensorFlow.js share.
 */
import { FailureError } from "../protocol/failure";
import type { BackendLoss } from "./backend";
import type { StartedBackend } from "./started-backend";

/** Asked for as far as the adapter has them; all else stays at the floor that every WebGPU device offers. No f16. */
const RAISED_LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxStorageBuffersPerShaderStage",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupsPerDimension",
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/**
 * Taken where they are there: one tells how long the GPU itself worked, the other lets neighbouring invocations swap registers, which
 * doubles the speed of the compiled engine's products on a software adapter.
 */
const WISHED_FEATURES = ["timestamp-query", "subgroups"] as const satisfies readonly GPUFeatureName[];

export async function startWebGpu(): Promise<StartedBackend> {
  const adapter = await requestAdapter();
  const device = await requestDevice(adapter);
  const watch = watchDevice(device);
  return {
    loadKernels: async () => new (await import("@tensorflow/tfjs-backend-webgpu")).WebGPUBackend(device, adapter.info),
    adapter: describe(adapter.info),
    gpu: { device, info: adapter.info },
    onLost: watch.onLost,
    close: () => {
      watch.stop();
      device.destroy();
    },
  };
}

async function requestAdapter(): Promise<GPUAdapter> {
  // Typed as always there; absent without a secure context, in older browsers and in Node.
  const gpu = "navigator" in globalThis ? (navigator.gpu as GPU | undefined) : undefined;
  if (gpu === undefined) throw new FailureError({ kind: "no-webgpu", detail: "no-api" });
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (adapter === null) throw new FailureError({ kind: "no-webgpu", detail: "no-adapter" });
  return adapter;
}

async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const requiredFeatures = WISHED_FEATURES.filter((feature) => adapter.features.has(feature));
  const requiredLimits = Object.fromEntries(RAISED_LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  try {
    return await adapter.requestDevice({ requiredLimits, requiredFeatures });
  } catch (error) {
    throw new FailureError({ kind: "adapter-refused", message: error instanceof Error ? error.message : String(error) });
  }
}

function describe({ vendor, architecture, description }: GPUAdapterInfo): string {
  return description || [vendor, architecture].filter((part) => part !== "").join(" ");
}

/**
 * Remembers a loss for whoever asks later. Memory that cannot be had counts as one, as results are undefined from there on,
 * and so does a command that the device turned down: what it should have computed is missing.
 */
function watchDevice(device: GPUDevice) {
  const callbacks: ((loss: BackendLoss) => void)[] = [];
  let lost: BackendLoss | null = null;
  let isWatching = true;
  const report = (loss: BackendLoss) => {
    if (!isWatching || lost !== null) return;
    lost = loss;
    for (const callback of callbacks) callback(loss);
  };
  void device.lost.then(({ reason, message }) => report({ reason, message }));
  device.addEventListener("uncapturederror", ({ error }) => {
    report({ reason: error instanceof GPUOutOfMemoryError ? "out-of-memory" : "invalid", message: error.message });
  });
  return {
    onLost: (callback: (loss: BackendLoss) => void) => {
      if (lost === null) callbacks.push(callback);
      else callback(lost);
    },
    stop: () => {
      isWatching = false;
    },
  };
}
