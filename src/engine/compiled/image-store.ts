/**
 * Training images on the GPU as packed bytes: uploaded once, as they arrive, in rows
 * that start on a word.
 */
import type { Bytes } from "../../protocol/messages";

/** A label is stored as an image of one pixel, whose padding makes a u32 of it. */
export const LABEL_BYTES = 4;

/** Copied at a time, so that the copy's own memory stays small beside the images. */
const PORTION_BYTES = 2 ** 22;

/**
 * `count` images from image `first` on, each padded with zeros to `rowBytes`; the bytes themselves where none are missing.
 *
 * @param images `[…, pixels]`
 */
export function packedImages(images: Bytes, pixels: number, rowBytes: number, first: number, count: number): Bytes {
  if (rowBytes === pixels) return images.subarray(first * pixels, (first + count) * pixels);
  const packed = new Uint8Array(count * rowBytes);
  for (let row = 0; row < count; row++) {
    const from = (first + row) * pixels;
    packed.set(images.subarray(from, from + pixels), row * rowBytes);
  }
  return packed;
}

export class ImageStore {
  readonly #queue: GPUQueue;
  readonly #buffer: GPUBuffer;
  readonly #images: Bytes;
  readonly #pixels: number;
  readonly #rowBytes: number;
  #uploaded = 0;

  /** @param images `[…, pixels]`, filled front to back while it loads. @param rowBytes of one image in `buffer` */
  constructor(queue: GPUQueue, buffer: GPUBuffer, images: Bytes, pixels: number, rowBytes: number) {
    this.#queue = queue;
    this.#buffer = buffer;
    this.#images = images;
    this.#pixels = pixels;
    this.#rowBytes = rowBytes;
  }

  /** Sees that the first `count` images are on the GPU; they must have arrived. */
  require(count: number): void {
    const atOnce = Math.max(1, Math.floor(PORTION_BYTES / this.#rowBytes));
    while (this.#uploaded < count) {
      const rows = Math.min(atOnce, count - this.#uploaded);
      const packed = packedImages(this.#images, this.#pixels, this.#rowBytes, this.#uploaded, rows);
      this.#queue.writeBuffer(this.#buffer, this.#uploaded * this.#rowBytes, packed);
      this.#uploaded += rows;
    }
  }
}
