/**
 * Runs a variant of a dense product on made-up numbers: what it computes, and how long
 * a dispatch takes, by the GPU's own clock where it has one.
 */
import { createCompiler } from "./executor-pipelines";
import { workgroups, type Kernel } from "./kernel";
import { denseProduct } from "./kernels/dense-product";
import type { Epilogue } from "./kernels/epilogue";
import type { OptimiserCode } from "./kernels/optimiser";
import type { DenseProduct, DenseVariant } from "./tuning-choice";

export interface Trial {
  readonly product: DenseProduct;
  readonly rows: number;
  readonly inputs: number;
  readonly units: number;
}

/** Of one buffer: more than any trial's operand or result. */
const BUFFER_FLOATS = 512 * 1024;
/** A submit long enough to be told from the noise and from what a submit costs by itself, ms; and dispatches of one at most. */
const SUBMIT_MS = 2;
const MOST_DISPATCHES = 64;
/** Of one race, ms of work when nothing disturbs: a few rounds of a large product, many of a small one, which a disturbance hits harder. */
const RACE_MS = 80;
const MOST_ROUNDS = 20;
const FEWEST_ROUNDS = 3;
/** A float32 sum over some hundred products of numbers below ½, contracted or not, is this exact by far; a wrong lane or tile is off by tenths. */
const TOLERANCE = 1e-3;
const STAMP_BYTES = 8;

/** Results that are held against a float64 sum, spread over all of them: a wrong tile, lane or row is many wrong results. */
const JUDGED = 97;

/** Every product writes what it has summed; nothing it reads is changed. */
const STORED = { bindings: [{ name: "y", access: "read_write" }], types: { y: "array<vec4f>" } } as const;
const GRADIENT: OptimiserCode = {
  label: "trial",
  ...STORED,
  code: "fn update(index: u32, gradient: vec4f) { y[index] = gradient; }",
};

interface Ready {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly grid: readonly [number, number, number];
}

interface Runner {
  readonly ready: Ready;
  /** Of one submit. */
  readonly dispatches: number;
  /** Of one dispatch, the fastest so far. */
  readonly ms: number;
}

export class DenseTrial {
  readonly #device: GPUDevice;
  readonly #buffers: ReadonlyMap<string, GPUBuffer>;
  readonly #prepared = new Map<string, Promise<Ready>>();
  readonly #reading: GPUBuffer;
  readonly #stamps: GPUQuerySet | null;
  readonly #resolved: GPUBuffer;

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#buffers = new Map(["x", "dy", "parameters", "y"].map((name) => [name, numbers(device, name)]));
    this.#stamps = device.features.has("timestamp-query") ? device.createQuerySet({ type: "timestamp", count: 2 }) : null;
    const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    this.#resolved = device.createBuffer({ size: 2 * STAMP_BYTES, usage: QUERY_RESOLVE | COPY_SRC });
    this.#reading = device.createBuffer({ size: BUFFER_FLOATS * 4, usage: COPY_DST | MAP_READ });
  }

  get hasSubgroups(): boolean {
    return this.#device.features.has("subgroups");
  }

  get isSoftware(): boolean {
    // Typed as always there; newer than WebGPU itself.
    return (this.#device.adapterInfo as GPUAdapterInfo | undefined)?.isFallbackAdapter === true;
  }

  /** Whether the variant runs, and what it computes is right. */
  async isSound(trial: Trial, variant: DenseVariant): Promise<boolean> {
    const results = await this.#results(trial, variant);
    if (results === null) return false;
    const step = Math.max(1, Math.floor(results.length / JUDGED));
    for (let i = 0; i < results.length; i += step) {
      if (!(Math.abs(results[i]! - sumTwin(trial, i)) < TOLERANCE)) return false;
    }
    return true;
  }

  /** What the product gives, row by row; null when it does not run. */
  async #results(trial: Trial, variant: DenseVariant): Promise<Float32Array | null> {
    return this.#guarded(async () => {
      const ready = await this.#prepare(trial, variant);
      const rows = trial.product === "weightGradient" ? trial.inputs + 1 : trial.rows;
      const bytes = rows * columnsOf(trial) * 4;
      const encoder = this.#device.createCommandEncoder();
      encoder.clearBuffer(this.#buffers.get("y")!); // of another variant's results
      dispatch(encoder, ready, 1);
      encoder.copyBufferToBuffer(this.#buffers.get("y")!, 0, this.#reading, 0, bytes);
      this.#device.queue.submit([encoder.finish()]);
      return new Float32Array(await this.#read(bytes));
    });
  }

  /**
   * Of one dispatch of each variant, the fastest of a few submits; null for one that does not run. They take turns, so that a busy
   * machine slows them all.
   */
  async race(trial: Trial, variants: readonly DenseVariant[]): Promise<(number | null)[]> {
    const runners: (Runner | null)[] = [];
    for (const variant of variants) runners.push(await this.#guarded(() => this.#warmUp(trial, variant)));
    const roundMs = runners.reduce((sum, runner) => sum + (runner === null ? 0 : runner.ms * runner.dispatches), 0);
    const rounds = Math.min(MOST_ROUNDS, Math.max(FEWEST_ROUNDS, Math.ceil(RACE_MS / roundMs)));
    for (let round = 0; round < rounds; round++) {
      for (const [i, runner] of runners.entries()) runners[i] = runner && (await this.#guarded(() => this.#again(runner)));
    }
    return runners.map((runner) => runner?.ms ?? null);
  }

  async #warmUp(trial: Trial, variant: DenseVariant): Promise<Runner> {
    const ready = await this.#prepare(trial, variant);
    await this.#time(ready, 1); // a driver compiles the last of it now
    const ms = await this.#time(ready, 1);
    const dispatches = Math.min(MOST_DISPATCHES, Math.ceil(SUBMIT_MS / Math.max(ms, SUBMIT_MS / MOST_DISPATCHES)));
    return { ready, dispatches, ms };
  }

  async #again(runner: Runner): Promise<Runner> {
    const ms = (await this.#time(runner.ready, runner.dispatches)) / runner.dispatches;
    return { ...runner, ms: Math.min(runner.ms, ms) };
  }

  /** Null for whatever goes wrong with this variant; the next one is tried on a clean slate. */
  async #guarded<T>(work: () => Promise<T>): Promise<T | null> {
    this.#device.pushErrorScope("internal");
    this.#device.pushErrorScope("validation");
    const result = await work().catch(() => null);
    const errors = [await this.#device.popErrorScope(), await this.#device.popErrorScope()];
    return errors.every((error) => error === null) ? result : null;
  }

  /** Once for each variant of a product: compiling is most of a trial's time. */
  #prepare(trial: Trial, variant: DenseVariant): Promise<Ready> {
    const key = JSON.stringify([trial, variant]);
    const ready = this.#prepared.get(key) ?? this.#compile(trial, variant);
    this.#prepared.set(key, ready);
    return ready;
  }

  async #compile(trial: Trial, variant: DenseVariant): Promise<Ready> {
    const kernel = trialKernel(trial, variant);
    const compiler = await createCompiler(this.#device, [kernel]);
    const entries = kernel.bindings.map(({ name }, binding) => ({ binding, resource: { buffer: this.#buffers.get(name)! } }));
    const group = this.#device.createBindGroup({ layout: compiler.layoutOf(kernel), entries });
    return { pipeline: compiler.pipelineOf(kernel), group, grid: workgroups(kernel.grid, trial.rows) };
  }

  async #time(ready: Ready, dispatches: number): Promise<number> {
    const encoder = this.#device.createCommandEncoder();
    const stamps = this.#stamps;
    if (stamps === null) dispatch(encoder, ready, dispatches);
    else {
      dispatch(encoder, ready, dispatches, { querySet: stamps, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 });
      encoder.resolveQuerySet(stamps, 0, 2, this.#resolved, 0);
      encoder.copyBufferToBuffer(this.#resolved, 0, this.#reading, 0, 2 * STAMP_BYTES);
    }
    const start = performance.now();
    this.#device.queue.submit([encoder.finish()]);
    await this.#device.queue.onSubmittedWorkDone();
    const wall = performance.now() - start;
    if (stamps === null) return wall;
    const [begin, end] = new BigUint64Array(await this.#read(2 * STAMP_BYTES));
    const ms = Number(end! - begin!) / 1e6;
    return ms > 0 ? ms : wall; // drivers leave zeros, and clocks are coarse
  }

  async #read(bytes: number): Promise<ArrayBuffer> {
    await this.#reading.mapAsync(GPUMapMode.READ, 0, bytes);
    const copy = this.#reading.getMappedRange(0, bytes).slice(0);
    this.#reading.unmap();
    return copy;
  }

  dispose(): void {
    for (const buffer of [...this.#buffers.values(), this.#reading, this.#resolved]) buffer.destroy();
    this.#stamps?.destroy();
  }
}

function trialKernel(trial: Trial, variant: DenseVariant): Kernel {
  const store: Epilogue = {
    label: "trial",
    ...STORED,
    code: `fn finish(row: u32, column: u32, sum: vec4f) { y[row * ${columnsOf(trial) / 4}u + column / 4u] = sum; }`,
  };
  const end = trial.product === "weightGradient" ? GRADIENT : store;
  return denseProduct({ ...trial, source: "activations", end }, variant);
}

function columnsOf({ product, inputs, units }: Trial): number {
  return product === "inputGradient" ? inputs : units;
}

/** Result `index` of a trial in float64; operands all begin with the same numbers. */
function sumTwin(trial: Trial, index: number): number {
  const { product, rows, inputs, units } = trial;
  const columns = columnsOf(trial);
  const row = Math.floor(index / columns);
  const column = index % columns;
  switch (product) {
    case "forward":
      return sumOf(inputs, (k) => numberAt(row * inputs + k) * numberAt(k * units + column)) + numberAt(inputs * units + column);
    case "inputGradient":
      return sumOf(units, (k) => numberAt(row * units + k) * numberAt(column * units + k));
    case "weightGradient":
      return sumOf(rows, (k) => (row === inputs ? 1 : numberAt(k * inputs + row)) * numberAt(k * units + column));
  }
}

function sumOf(terms: number, term: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < terms; k++) sum += term(k);
  return sum;
}

function dispatch(encoder: GPUCommandEncoder, ready: Ready, times: number, timestampWrites?: GPUComputePassTimestampWrites): void {
  const pass = encoder.beginComputePass(timestampWrites === undefined ? {} : { timestampWrites });
  pass.setPipeline(ready.pipeline);
  pass.setBindGroup(0, ready.group);
  for (let i = 0; i < times; i++) pass.dispatchWorkgroups(...ready.grid);
  pass.end();
}

/** Between -½ and ½, all different: zeros would be dropped by a clever driver, and hide a wrong lane. */
function numberAt(i: number): number {
  return Math.fround(((i * 0.618034) % 1) - 0.5);
}

function numbers(device: GPUDevice, label: string): GPUBuffer {
  const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
  const buffer = device.createBuffer({
    label: `trial ${label}`,
    size: BUFFER_FLOATS * 4,
    usage: STORAGE | COPY_SRC | COPY_DST,
    mappedAtCreation: true,
  });
  const values = new Float32Array(buffer.getMappedRange());
  for (let i = 0; i < values.length; i++) values[i] = numberAt(i);
  buffer.unmap();
  return buffer;
}
