/**
 * Compiles the kernels of a plan: one shader module and one pipeline for each
 * distinct code, all at once and off the thread, as drivers take their time.
 *
 * Layouts are explicit: an automatic one leaves out a binding that a kernel declares and does not read. Pipelines stay with their
 * device for the next plan, which a reset or another seed makes of the same kernels.
 */
import type { Kernel } from "./kernel";

export interface Compiler {
  pipelineOf(kernel: Kernel): GPUComputePipeline;
  layoutOf(kernel: Kernel): GPUBindGroupLayout;
}

/** Pipelines of a device that are kept: those of a dozen plans. */
const KEPT_PIPELINES = 256;

/** By `keyOf`, the one used longest ago first. */
const kept = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/**
 * @param onProgress pipelines that are ready, of how many
 * @throws Error with the label of the first kernel that fails and the compiler's messages
 */
export async function createCompiler(
  device: GPUDevice,
  kernels: readonly Kernel[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Compiler> {
  const layouts = new Map<string, GPUBindGroupLayout>();
  const distinct = new Map<string, Kernel>();
  for (const kernel of kernels) {
    distinct.set(keyOf(kernel), kernel);
    const access = accessOf(kernel);
    if (!layouts.has(access)) layouts.set(access, bindGroupLayout(device, kernel));
  }
  const layoutOf = (kernel: Kernel) => found(layouts.get(accessOf(kernel)), kernel);
  let done = 0;
  let isOver = false; // with the first failure: the others go on compiling, and nobody should hear of them
  onProgress(done, distinct.size);
  const pipelines = await Promise.all(
    [...distinct].map(async ([key, kernel]) => {
      const pipeline = await keptPipeline(device, key, () => compile(device, kernel, layoutOf(kernel)));
      if (!isOver) onProgress(++done, distinct.size);
      return [key, pipeline] as const;
    }),
  ).finally(() => {
    isOver = true;
  });
  const byKey = new Map(pipelines);
  return { layoutOf, pipelineOf: (kernel) => found(byKey.get(keyOf(kernel)), kernel) };
}

function keptPipeline(device: GPUDevice, key: string, make: () => Promise<GPUComputePipeline>): Promise<GPUComputePipeline> {
  const pipelines = kept.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  kept.set(device, pipelines);
  const pipeline = pipelines.get(key) ?? make();
  pipelines.delete(key);
  pipelines.set(key, pipeline);
  pipeline.catch(() => pipelines.delete(key));
  const [oldest] = pipelines.keys();
  if (pipelines.size > KEPT_PIPELINES) pipelines.delete(oldest!);
  return pipeline;
}

function found<T>(value: T | undefined, { label }: Kernel): T {
  if (value === undefined) throw new RangeError(`createCompiler: ${label} was not among the kernels`);
  return value;
}

/** Two kernels of the same code and bindings are one pipeline. */
function keyOf(kernel: Kernel): string {
  return `${accessOf(kernel)}\n${kernel.code}`;
}

function accessOf({ bindings }: Kernel): string {
  return bindings.map(({ access }) => access).join(" ");
}

function bindGroupLayout(device: GPUDevice, { bindings }: Kernel): GPUBindGroupLayout {
  return device.createBindGroupLayout({
    entries: bindings.map(({ access }, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: access === "read" ? "read-only-storage" : "storage" },
    })),
  });
}

async function compile(device: GPUDevice, { label, code }: Kernel, layout: GPUBindGroupLayout): Promise<GPUComputePipeline> {
  // An invalid module says so twice: here, unheard, and as the reason why its pipeline fails.
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ label, code });
  const pipelineLayout = device.createPipelineLayout({ bindGroupLayouts: [layout] });
  const unheard = device.popErrorScope();
  try {
    const descriptor: GPUComputePipelineDescriptor = { label, layout: pipelineLayout, compute: { module, entryPoint: "main" } };
    const [pipeline] = await Promise.all([device.createComputePipelineAsync(descriptor), unheard]);
    return pipeline;
  } catch (error) {
    throw new Error(`${label}: ${await reasonOf(error, module, code)}`, { cause: error });
  }
}

async function reasonOf(error: unknown, module: GPUShaderModule, code: string): Promise<string> {
  const lines = code.split("\n");
  const { messages } = await module.getCompilationInfo();
  const errors = messages.filter(({ type }) => type === "error");
  if (errors.length === 0) return error instanceof Error ? error.message : String(error);
  return errors.map(({ lineNum, message }) => `line ${lineNum}: ${message}\n  ${lines[lineNum - 1] ?? ""}`).join("\n");
}
