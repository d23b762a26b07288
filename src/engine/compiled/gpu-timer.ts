/**
 * Milliseconds that the GPU itself worked on a submit, asked now and then where the
 * device has `timestamp-query`: what the clock of a busy page cannot tell.
 */
import type { Held, ReadBack } from "./read-back";

/** A reading costs a few copies; the pace of a GPU changes slowly. */
const INTERVAL_MS = 100;
const STAMP_BYTES = 8;

export class GpuTimer {
  readonly #readBack: ReadBack;
  readonly #now: () => number;
  readonly #onTimed: (steps: number, gpuMs: number) => void;
  readonly #stamps: GPUQuerySet;
  readonly #resolved: GPUBuffer;
  #nextAt = 0;
  #isReading = false;

  /** Null where the device cannot tell. @param onTimed hears of submits now and then */
  static create(
    device: GPUDevice,
    readBack: ReadBack,
    now: () => number,
    onTimed: (steps: number, gpuMs: number) => void,
  ): GpuTimer | null {
    return device.features.has("timestamp-query") ? new GpuTimer(device, readBack, now, onTimed) : null;
  }

  private constructor(device: GPUDevice, readBack: ReadBack, now: () => number, onTimed: (steps: number, gpuMs: number) => void) {
    this.#readBack = readBack;
    this.#now = now;
    this.#onTimed = onTimed;
    this.#stamps = device.createQuerySet({ type: "timestamp", count: 2 });
    this.#resolved = device.createBuffer({
      label: "timestamps",
      size: 2 * STAMP_BYTES,
      usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    });
  }

  /** For a compute pass that shall be timed; none is as long as one is under way or was lately. */
  begin(): GPUComputePassTimestampWrites | null {
    if (this.#isReading || this.#now() < this.#nextAt) return null;
    return { querySet: this.#stamps, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
  }

  /** After the pass, before the submit. @returns what to call after the submit */
  end(encoder: GPUCommandEncoder, steps: number): () => void {
    encoder.resolveQuerySet(this.#stamps, 0, 2, this.#resolved, 0);
    const held = this.#readBack.copy(encoder, [{ buffer: this.#resolved, bytes: 2 * STAMP_BYTES }]);
    this.#isReading = true;
    return () => void this.#read(held, steps);
  }

  async #read(held: Held, steps: number): Promise<void> {
    try {
      const ms = await held.read(([stamps]) => millisecondsOf(stamps!));
      // Clocks are set back now and then, and a driver may leave zeros.
      if (ms > 0) this.#onTimed(steps, ms);
    } catch {
      // The device is gone or was disposed of: told elsewhere.
    }
    this.#isReading = false;
    this.#nextAt = this.#now() + INTERVAL_MS;
  }

  dispose(): void {
    this.#stamps.destroy();
    this.#resolved.destroy();
  }
}

function millisecondsOf({ buffer, byteOffset }: Float32Array): number {
  const nanoseconds = new BigUint64Array(buffer, byteOffset, 2);
  return Number(nanoseconds[1]! - nanoseconds[0]!) / 1e6;
}
