/** Counts GPU buffers that were made and not destroyed, whichever library made them. */
import { wrap } from "./wrap";

export interface BufferCensus {
  readonly buffers: number;
  readonly bytes: number;
}

/** @returns what is alive of everything made since this was called */
export function countBuffers(): () => BufferCensus {
  const alive = new Map<GPUBuffer, number>();
  wrap(
    GPUDevice.prototype,
    "createBuffer",
    (native) =>
      function (this: GPUDevice, descriptor) {
        const buffer = native.call(this, descriptor);
        alive.set(buffer, descriptor.size);
        return buffer;
      },
  );
  wrap(
    GPUBuffer.prototype,
    "destroy",
    (native) =>
      function (this: GPUBuffer) {
        alive.delete(this);
        return native.call(this);
      },
  );
  return () => ({ buffers: alive.size, bytes: [...alive.values()].reduce((sum, bytes) => sum + bytes, 0) });
}
