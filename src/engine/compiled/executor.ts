/**
 * A plan on a device: pipelines, buffers and bind groups, all made once, and the
 * recording of passes from them.
 *
 * Knows no network and no step counter; what the buffers mean is `compiled-trainer`'s business.
 */
import { createCompiler, type Compiler } from "./executor-pipelines";
import { workgroups, type Grid } from "./kernel";
import type { CompiledPlan, DispatchPlan } from "./plan";

const PASSES = ["training", "encode", "decode", "reconstruct", "evaluate", "judge"] as const;
export type PassName = (typeof PASSES)[number];

export interface ExecutorOptions {
  /** Pipelines that are ready, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a pass issues, as columns, so that recording one looks nothing up and allocates nothing. */
interface Recording {
  /** Null where it is that of the dispatch before. */
  readonly pipelines: readonly (GPUComputePipeline | null)[];
  readonly groups: readonly GPUBindGroup[];
  readonly x: Uint32Array;
  /** For `images` images. */
  readonly y: Uint32Array;
  readonly grids: readonly Grid[];
  images: number;
}

export class Executor {
  readonly #buffers: ReadonlyMap<string, GPUBuffer>;
  readonly #recordings: Readonly<Record<PassName, Recording>>;

  constructor(buffers: ReadonlyMap<string, GPUBuffer>, recordings: Readonly<Record<PassName, Recording>>) {
    this.#buffers = buffers;
    this.#recordings = recordings;
  }

  /** @throws RangeError when the plan has none of this name */
  buffer(name: string): GPUBuffer {
    const buffer = this.#buffers.get(name);
    if (buffer === undefined) throw new RangeError(`Executor: the plan has no buffer ${name}`);
    return buffer;
  }

  dispatchesOf(pass: PassName): number {
    return this.#recordings[pass].grids.length;
  }

  /** Issues one run of a pass over `images` images; WebGPU keeps the dispatches of a compute pass in order. */
  record(encoder: GPUComputePassEncoder, pass: PassName, images: number): void {
    const recording = this.#recordings[pass];
    if (recording.images !== images) resize(recording, images);
    const { pipelines, groups, x, y } = recording;
    for (let i = 0; i < x.length; i++) {
      const pipeline = pipelines[i]!;
      if (pipeline !== null) encoder.setPipeline(pipeline);
      encoder.setBindGroup(0, groups[i]);
      encoder.dispatchWorkgroups(x[i]!, y[i]);
    }
  }

  /** Frees every buffer; recording is of no use afterwards. */
  dispose(): void {
    for (const buffer of this.#buffers.values()) buffer.destroy();
  }
}

/**
 * Makes everything a plan names.
 *
 * @throws Error with the kernel's label and the compiler's messages, or when the device has not the memory
 */
export async function createExecutor(plan: CompiledPlan, device: GPUDevice, { onProgress }: ExecutorOptions = {}): Promise<Executor> {
  const buffers = await createBuffers(plan, device);
  try {
    const kernels = PASSES.flatMap((pass) => plan[pass].dispatches.map(({ kernel }) => kernel));
    const compiler = await createCompiler(device, kernels, onProgress);
    const recordings = await checked(device, "bind groups", () => {
      const record = (pass: PassName) => recordingOf(plan[pass].dispatches, plan.batchSize, device, compiler, buffers);
      return Object.fromEntries(PASSES.map((pass) => [pass, record(pass)])) as Record<PassName, Recording>;
    });
    return new Executor(buffers, recordings);
  } catch (error) {
    for (const buffer of buffers.values()) buffer.destroy();
    throw error;
  }
}

/** Copied both ways besides: weights come and go, tests look everywhere. New buffers hold 0. */
const usage = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

async function createBuffers(plan: CompiledPlan, device: GPUDevice): Promise<Map<string, GPUBuffer>> {
  const buffers = new Map<string, GPUBuffer>();
  try {
    await checked(device, "buffers", () => {
      for (const { name, bytes } of plan.buffers) buffers.set(name, device.createBuffer({ label: name, size: bytes, usage: usage() }));
    });
  } catch (error) {
    for (const buffer of buffers.values()) buffer.destroy();
    throw error;
  }
  return buffers;
}

function recordingOf(
  dispatches: readonly DispatchPlan[],
  images: number,
  device: GPUDevice,
  compiler: Compiler,
  buffers: ReadonlyMap<string, GPUBuffer>,
): Recording {
  const pipelines = dispatches.map(({ kernel }) => compiler.pipelineOf(kernel));
  const groups = dispatches.map((dispatch) => bindGroup(dispatch, device, compiler, buffers));
  const grids = dispatches.map(({ kernel }) => kernel.grid);
  const recording: Recording = {
    pipelines: pipelines.map((pipeline, i) => (pipeline === pipelines[i - 1] ? null : pipeline)),
    groups,
    x: Uint32Array.from(grids, ({ x }) => x),
    y: new Uint32Array(grids.length),
    grids,
    images,
  };
  resize(recording, images);
  return recording;
}

function resize(recording: Recording, images: number): void {
  recording.images = images;
  recording.grids.forEach((grid, i) => {
    recording.y[i] = workgroups(grid, images)[1];
  });
}

function bindGroup(
  { label, kernel, buffers: names }: DispatchPlan,
  device: GPUDevice,
  compiler: Compiler,
  buffers: ReadonlyMap<string, GPUBuffer>,
): GPUBindGroup {
  if (names.length !== kernel.bindings.length) {
    throw new RangeError(`Executor: ${label} binds ${names.length} buffers, ${kernel.label} has ${kernel.bindings.length}`);
  }
  const entries = names.map((name, binding): GPUBindGroupEntry => {
    const buffer = buffers.get(name);
    if (buffer === undefined) throw new RangeError(`Executor: ${label} binds ${name}, which the plan does not have`);
    return { binding, resource: { buffer } };
  });
  return device.createBindGroup({ label, layout: compiler.layoutOf(kernel), entries });
}

/** Runs `work`, which must not wait, and throws what the device has to say about it. */
async function checked<T>(device: GPUDevice, what: string, work: () => T): Promise<T> {
  device.pushErrorScope("out-of-memory");
  device.pushErrorScope("validation");
  let result: T;
  let errors: Promise<(GPUError | null)[]>;
  try {
    result = work();
  } finally {
    errors = Promise.all([device.popErrorScope(), device.popErrorScope()]);
    errors.catch(() => {}); // where `work` threw, that is what is told
  }
  const error = (await errors).find((one) => one !== null);
  if (error) throw new Error(`Executor: ${what}: ${error.message}`);
  return result;
}
