/**
 * The GPU's own time in compute passes, whichever library records them: timestamps are
 * written around every pass while a measurement runs.
 *
 * Every device is asked for with `timestamp-query` where its adapter has it. A pass that writes timestamps of its own keeps them: empty
 * passes around it write ours.
 */
import { wrap } from "./wrap";

/** WebGPU allows a query set no more. */
const QUERIES = 4096;
/** A measurement of more passes says nothing. */
export const MOST_PASSES = QUERIES / 2;

interface Marks {
  readonly device: GPUDevice;
  readonly set: GPUQuerySet;
  used: number;
}

export interface GpuClock {
  /** Milliseconds in compute passes while `work` ran until its device was done; null where they could not be timed. */
  measure(work: () => Promise<void>): Promise<number | null>;
}

export function gpuClock(): GpuClock {
  if (!("GPUAdapter" in globalThis)) return { measure: (work) => work().then(() => null) };
  askForTimestamps();
  let isRunning = false;
  const marks = new Map<GPUDevice, Marks>();
  timePasses((device) => (isRunning && device.features.has("timestamp-query") ? nextMarks(marks, device) : null));
  return {
    measure: async (work) => {
      isRunning = true;
      await work();
      isRunning = false;
      const spans = await Promise.all([...marks.values()].map(passSpans));
      marks.clear();
      if (spans.length === 0 || spans.includes(null)) return null;
      return spans.reduce((sum, ofDevice) => sum + coveredNs(ofDevice!), 0) / 1e6;
    },
  };
}

/** @param marksFor where the next pass on a device writes its times, null when it is not timed */
function timePasses(marksFor: (device: GPUDevice) => GPUComputePassTimestampWrites | null): void {
  const deviceOf = new WeakMap<GPUCommandEncoder, GPUDevice>();
  const afterEnd = new WeakMap<GPUComputePassEncoder, () => void>();
  wrap(
    GPUDevice.prototype,
    "createCommandEncoder",
    (native) =>
      function (this: GPUDevice, ...args) {
        const encoder = native.apply(this, args);
        deviceOf.set(encoder, this);
        return encoder;
      },
  );
  wrap(
    GPUCommandEncoder.prototype,
    "beginComputePass",
    (native) =>
      function (this: GPUCommandEncoder, descriptor) {
        const ours = marksFor(deviceOf.get(this)!);
        if (ours === null) return native.call(this, descriptor);
        if (descriptor?.timestampWrites === undefined) return native.call(this, { ...descriptor, timestampWrites: ours });
        const { querySet, beginningOfPassWriteIndex, endOfPassWriteIndex } = ours;
        const mark = (writes: GPUComputePassTimestampWrites) => native.call(this, { timestampWrites: writes }).end();
        mark({ querySet, beginningOfPassWriteIndex: beginningOfPassWriteIndex! });
        const pass = native.call(this, descriptor);
        afterEnd.set(pass, () => mark({ querySet, endOfPassWriteIndex: endOfPassWriteIndex! }));
        return pass;
      },
  );
  wrap(
    GPUComputePassEncoder.prototype,
    "end",
    (native) =>
      function (this: GPUComputePassEncoder) {
        native.call(this);
        afterEnd.get(this)?.();
        return undefined;
      },
  );
}

function askForTimestamps(): void {
  wrap(
    GPUAdapter.prototype,
    "requestDevice",
    (native) =>
      function (this: GPUAdapter, descriptor) {
        const features = new Set(descriptor?.requiredFeatures);
        if (this.features.has("timestamp-query")) features.add("timestamp-query");
        return native.call(this, { ...descriptor, requiredFeatures: [...features] });
      },
  );
}

function nextMarks(marks: Map<GPUDevice, Marks>, device: GPUDevice): GPUComputePassTimestampWrites {
  let mark = marks.get(device);
  if (mark === undefined)
    marks.set(device, (mark = { device, set: device.createQuerySet({ type: "timestamp", count: QUERIES }), used: 0 }));
  const first = mark.used % QUERIES; // what comes round again spoils the sum, which is then not told
  mark.used += 2;
  return { querySet: mark.set, beginningOfPassWriteIndex: first, endOfPassWriteIndex: first + 1 };
}

/** Beginning and end of a pass, nanoseconds. */
export type Span = readonly [begin: bigint, end: bigint];

/** Nanoseconds in any of them: a GPU may mark the beginning of a pass while the one before it still runs. */
export function coveredNs(spans: readonly Span[]): number {
  let covered = 0n;
  let until = 0n;
  for (const [begin, end] of spans.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
    const from = begin > until ? begin : until;
    if (end > from) covered += end - from;
    if (end > until) until = end;
  }
  return Number(covered);
}

/** Of each pass; null when there were too many. */
async function passSpans({ device, set, used }: Marks): Promise<Span[] | null> {
  if (used > QUERIES) return null;
  const size = used * BigUint64Array.BYTES_PER_ELEMENT;
  const resolved = device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
  const staging = device.createBuffer({ size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  const encoder = device.createCommandEncoder();
  encoder.resolveQuerySet(set, 0, used, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const nanoseconds = new BigUint64Array(staging.getMappedRange().slice(0));
  for (const gone of [set, resolved, staging]) gone.destroy();
  return Array.from({ length: used / 2 }, (_, pass) => [nanoseconds[2 * pass]!, nanoseconds[2 * pass + 1]!]);
}
