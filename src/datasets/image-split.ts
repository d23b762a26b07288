/**
 * The images of one split in memory: one array filled file by file, in whatever
 * order the files come.
 *
 * Room is always for whole files, so that what is here stays of use when another
 * run wants more or fewer images. Fetches nothing.
 */
import type { Bytes } from "../protocol/messages";
import type { ImageFile } from "./manifest";
import { pixelEntropyFloor } from "./pixel-entropy";

export class ImageSplit {
  readonly #files: readonly ImageFile[];
  readonly #pixelsPerImage: number;
  readonly #here = new Set<number>();
  #pixels: Bytes = new Uint8Array(0);
  #labels: Bytes = new Uint8Array(0);

  constructor(files: readonly ImageFile[], pixelsPerImage: number) {
    this.#files = files;
    this.#pixelsPerImage = pixelsPerImage;
  }

  /** `[room, pixels]`, bytes 0 … 255; zeros where nothing has come yet. A new array after `reserve` made room. */
  get pixels(): Bytes {
    return this.#pixels;
  }

  /** `[room]` */
  get labels(): Bytes {
    return this.#labels;
  }

  /** Files that hold the first `images` images. */
  filesFor(images: number): number {
    let held = 0;
    let files = 0;
    while (held < images && files < this.#files.length) held += this.#files[files++]!.images;
    return files;
  }

  /** Makes room for the first `images` images, keeping those that are here. */
  reserve(images: number): void {
    const room = this.startOf(this.filesFor(images));
    if (room <= this.#labels.length) return;
    const pixels = new Uint8Array(room * this.#pixelsPerImage);
    const labels = new Uint8Array(room);
    pixels.set(this.#pixels);
    labels.set(this.#labels);
    this.#pixels = pixels;
    this.#labels = labels;
  }

  has(file: number): boolean {
    return this.#here.has(file);
  }

  /** @param inside images, then labels, as in the file. The room must be there. */
  place(file: number, inside: Bytes): void {
    const start = this.startOf(file);
    const pixels = this.#files[file]!.images * this.#pixelsPerImage;
    this.#pixels.set(inside.subarray(0, pixels), start * this.#pixelsPerImage);
    this.#labels.set(inside.subarray(pixels), start);
    this.#here.add(file);
  }

  /** Images that are here without a gap from the front. */
  get available(): number {
    let files = 0;
    while (this.#here.has(files)) files++;
    return this.startOf(files);
  }

  /**
   * Mean over the first `images` images of the entropy of their pixels, nats per image. Files used whole bring their share
   * in the manifest; null until a last file used in part is here.
   */
  entropyFloor(images: number): number | null {
    const last = this.filesFor(images) - 1;
    const start = this.startOf(last);
    const whole = images - start === this.#files[last]!.images;
    if (!whole && !this.has(last)) return null;
    let nats = 0;
    for (const file of this.#files.slice(0, whole ? last + 1 : last)) nats += file.pixelEntropy * file.images;
    if (!whole) {
      const pixels = this.#pixels.subarray(start * this.#pixelsPerImage, images * this.#pixelsPerImage);
      nats += pixelEntropyFloor(pixels, this.#pixelsPerImage) * (images - start);
    }
    return nats / images;
  }

  /** Index of the first image of `file`. */
  startOf(file: number): number {
    return this.#files.slice(0, file).reduce((sum, { images }) => sum + images, 0);
  }
}
