/**
 * A bench for one kernel: a device at WebGPU's floor of limits, whose every error is
 * remembered, and a run of a kernel on arrays.
 *
 * Throws rather than expects, so that it also serves outside a test (Node on Dawn, given that package's `gpu` and its globals).
 */
import type { Kernel } from "../engine/compiled/kernel";
import { workgroups } from "../engine/compiled/kernel";

/** What devices said that no error scope caught. */
const uncaptured: string[] = [];

/**
 * A device without a raised limit or a feature: what runs on it runs on every WebGPU device. The caller destroys it.
 *
 * @param requiredFeatures for kernels that have a second variant for devices without
 * @throws Error when there is no adapter, or it lacks a feature: a missing backend fails its tier
 */
export async function openTestDevice(gpu: GPU = navigator.gpu, requiredFeatures: readonly GPUFeatureName[] = []): Promise<GPUDevice> {
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new Error("openTestDevice: no WebGPU adapter");
  const device = await adapter.requestDevice({ requiredFeatures: [...requiredFeatures] });
  device.addEventListener("uncapturederror", ({ error }) => uncaptured.push(error.message));
  void device.lost.then(({ reason, message }) => {
    if (reason !== "destroyed") uncaptured.push(`device lost: ${message}`);
  });
  return device;
}

/**
 * Throws what the devices of `openTestDevice` have complained about since the last call. For `afterEach`.
 *
 * @param device one to wait for first, as errors of its queue come late
 */
export async function expectNoGpuErrors(device?: GPUDevice): Promise<void> {
  // There and back again: what the device said before, it says first.
  device?.pushErrorScope("validation");
  await device?.popErrorScope();
  await device?.queue.onSubmittedWorkDone();
  await new Promise((resolve) => setTimeout(resolve)); // an event is a task of its own
  const messages = uncaptured.splice(0);
  if (messages.length > 0) throw new Error(`WebGPU errors:\n${messages.join("\n")}`);
}

/** What a binding holds before the kernel runs: numbers, or so many bytes of zeros. */
export type BufferContents = Float32Array | Uint32Array | number;

/**
 * Runs a kernel once over `images` images and reads back every binding it may write.
 *
 * @param contents for each of the kernel's bindings
 * @throws Error on a message of the compiler, a validation error, or a binding without contents
 */
export async function runKernel(
  device: GPUDevice,
  kernel: Kernel,
  contents: Readonly<Record<string, BufferContents>>,
  images = 1,
): Promise<Record<string, ArrayBuffer>> {
  const buffers = kernel.bindings.map(({ name }) => createBuffer(device, name, contents[name]));
  const pipeline = await compileKernel(device, kernel);
  device.pushErrorScope("validation"); // nothing may throw until it is popped
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, bindGroup(device, pipeline, buffers));
  pass.dispatchWorkgroups(...workgroups(kernel.grid, images));
  pass.end();
  const written = kernel.bindings.flatMap(({ name, access }, i) => (access === "read_write" ? [{ name, buffer: buffers[i]! }] : []));
  const copies = written.map(({ name, buffer }) => ({ name, copy: copyForReading(device, encoder, buffer) }));
  device.queue.submit([encoder.finish()]);
  const error = await device.popErrorScope();
  if (error !== null) throw new Error(`runKernel: ${kernel.label}: ${error.message}`);
  const results = await Promise.all(copies.map(async ({ name, copy }) => [name, await readAndDestroy(copy)] as const));
  for (const buffer of buffers) buffer.destroy();
  return Object.fromEntries(results);
}

/**
 * Compiles a kernel with an explicit layout, so that a binding it declares and never reads is no error.
 *
 * @throws Error with the compiler's messages and the lines they are about
 */
export async function compileKernel(device: GPUDevice, { label, code, bindings }: Kernel): Promise<GPUComputePipeline> {
  device.pushErrorScope("validation"); // the messages below say more
  const module = device.createShaderModule({ label, code });
  const { messages } = await module.getCompilationInfo();
  await device.popErrorScope();
  if (messages.length > 0) {
    const lines = code.split("\n");
    throw new Error(messages.map(({ lineNum, message }) => `${label}:${lineNum}: ${message}\n  ${lines[lineNum - 1] ?? ""}`).join("\n"));
  }
  const entries = bindings.map(({ access }, binding): GPUBindGroupLayoutEntry => {
    return { binding, visibility: GPUShaderStage.COMPUTE, buffer: { type: access === "read" ? "read-only-storage" : "storage" } };
  });
  const layout = device.createPipelineLayout({ bindGroupLayouts: [device.createBindGroupLayout({ label, entries })] });
  return device.createComputePipelineAsync({ label, layout, compute: { module, entryPoint: "main" } });
}

function bindGroup(device: GPUDevice, pipeline: GPUComputePipeline, buffers: readonly GPUBuffer[]): GPUBindGroup {
  return device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
}

function createBuffer(device: GPUDevice, name: string, contents: BufferContents | undefined): GPUBuffer {
  if (contents === undefined) throw new Error(`runKernel: ${name} has no contents`);
  const size = typeof contents === "number" ? contents : contents.byteLength;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = device.createBuffer({ label: name, size, usage });
  if (typeof contents !== "number") device.queue.writeBuffer(buffer, 0, contents as GPUAllowSharedBufferSource);
  return buffer;
}

function copyForReading(device: GPUDevice, encoder: GPUCommandEncoder, buffer: GPUBuffer): GPUBuffer {
  const copy = device.createBuffer({ size: buffer.size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  encoder.copyBufferToBuffer(buffer, 0, copy, 0, buffer.size);
  return copy;
}

async function readAndDestroy(copy: GPUBuffer): Promise<ArrayBuffer> {
  await copy.mapAsync(GPUMapMode.READ);
  const bytes = copy.getMappedRange().slice(0);
  copy.destroy();
  return bytes;
}
