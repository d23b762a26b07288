/**
 * Numbers out of GPU buffers: copied at the moment of asking, read when they are done,
 * through staging buffers that are used again.
 *
 * A copy and its reading are two calls, so that what is about to be overwritten can be put aside for whoever asks later.
 */

/** A stretch of a buffer; offset and length are multiples of 4. */
export interface Source {
  readonly buffer: GPUBuffer;
  readonly offset?: number;
  readonly bytes: number;
}

/** What was copied. Read it or drop it, once. */
export interface Held {
  /**
   * @param take gets one view for each source, of no use after it returns
   * @throws whatever the device says when it goes away or the buffers are destroyed meanwhile
   */
  read<T>(take: (parts: readonly Float32Array[]) => T): Promise<T>;
  drop(): void;
}

/** Sources go into one staging buffer until it holds this much. */
const STAGING_BYTES = 2 ** 26;
const SMALLEST_BYTES = 2 ** 10;
/** Staging buffers kept for the next reading, all together: a snapshot's weights and a few small ones. */
const IDLE_BYTES = 2 ** 25;

/** Sources that lie one after the other in one staging buffer. */
interface Staged {
  readonly staging: GPUBuffer;
  readonly sources: readonly Source[];
}

export class ReadBack {
  readonly #device: GPUDevice;
  readonly #idle: GPUBuffer[] = [];
  readonly #busy = new Set<GPUBuffer>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** Records copies; they hold what the sources hold at this place of the queue once `encoder` is submitted. */
  copy(encoder: GPUCommandEncoder, sources: readonly Source[]): Held {
    const groups = grouped(sources).map((group) => this.#stage(encoder, group));
    return {
      read: (take) => this.#read(groups, take),
      drop: () => {
        for (const { staging } of groups) this.#release(staging);
      },
    };
  }

  /** Copies now, reads when it is done. */
  read<T>(sources: readonly Source[], take: (parts: readonly Float32Array[]) => T): Promise<T> {
    const encoder = this.#device.createCommandEncoder();
    const held = this.copy(encoder, sources);
    this.#device.queue.submit([encoder.finish()]);
    return held.read(take);
  }

  /** Frees all; readings under way reject. */
  dispose(): void {
    for (const buffer of [...this.#idle, ...this.#busy]) buffer.destroy();
    this.#idle.length = 0;
    this.#busy.clear();
  }

  #stage(encoder: GPUCommandEncoder, sources: readonly Source[]): Staged {
    const staging = this.#take(sources.reduce((sum, { bytes }) => sum + bytes, 0));
    let at = 0;
    for (const { buffer, offset = 0, bytes } of sources) {
      encoder.copyBufferToBuffer(buffer, offset, staging, at, bytes);
      at += bytes;
    }
    return { staging, sources };
  }

  async #read<T>(groups: readonly Staged[], take: (parts: readonly Float32Array[]) => T): Promise<T> {
    try {
      await Promise.all(groups.map(({ staging }) => staging.mapAsync(GPUMapMode.READ)));
      return take(groups.flatMap(viewsOf));
    } finally {
      for (const { staging } of groups) this.#release(staging);
    }
  }

  #take(bytes: number): GPUBuffer {
    const at = this.#idle.findIndex(({ size }) => size >= bytes && size <= 4 * Math.max(bytes, SMALLEST_BYTES));
    const [idle] = at < 0 ? [] : this.#idle.splice(at, 1);
    const staging = idle ?? this.#create(bytes);
    this.#busy.add(staging);
    return staging;
  }

  #create(bytes: number): GPUBuffer {
    const rounded = 2 ** Math.ceil(Math.log2(Math.max(bytes, SMALLEST_BYTES)));
    const size = rounded > STAGING_BYTES ? bytes : rounded;
    return this.#device.createBuffer({ label: "staging", size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  }

  #release(staging: GPUBuffer): void {
    if (!this.#busy.delete(staging)) return; // disposed of meanwhile
    staging.unmap();
    const idleBytes = this.#idle.reduce((sum, { size }) => sum + size, staging.size);
    if (idleBytes <= IDLE_BYTES) this.#idle.push(staging);
    else staging.destroy();
  }
}

function viewsOf({ staging, sources }: Staged): Float32Array[] {
  const range = staging.getMappedRange();
  let at = 0;
  return sources.map(({ bytes }) => {
    const view = new Float32Array(range, at, bytes / 4);
    at += bytes;
    return view;
  });
}

/** Neighbours of at most `STAGING_BYTES` together, one at least. */
function grouped(sources: readonly Source[]): Source[][] {
  const groups: Source[][] = [];
  let free = 0;
  for (const source of sources) {
    const last = groups.at(-1);
    if (last !== undefined && source.bytes <= free) last.push(source);
    else {
      groups.push([source]);
      free = STAGING_BYTES;
    }
    free -= source.bytes;
  }
  return groups;
}
