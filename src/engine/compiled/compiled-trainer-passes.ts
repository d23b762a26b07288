/**
 * The passes outside training, over any number of images a piece at a time: queued at
 * once, so that all of them see the parameters of the moment of asking, and read when
 * they are done.
 */
import { LOG_VAR_RANGE } from "../../model/forward";
import type { Network } from "../../model/network";
import type { Bytes, Floats } from "../../protocol/messages";
import type { Images, Posterior, Reconstructions } from "../trainer";
import type { Executor, PassName } from "./executor";
import { LABEL_BYTES, packedImages } from "./image-store";
import { pieceStateBytes } from "./kernels/state";
import { spread } from "./parameter-places";
import type { CompiledPlan, RowLayout } from "./plan";
import type { Held, ReadBack } from "./read-back";

/** A buffer that is read after each piece. */
interface Output {
  readonly buffer: string;
  /** Floats of a row. */
  readonly columns: number;
  /** Rows `first` … have come, `[rows][columns]`. */
  readonly take: (values: Float32Array, first: number, rows: number) => void;
}

/** Nats of each image. */
export interface ImageTerms {
  readonly losses: Floats;
  /** 0 where the KL comes by dimension. */
  readonly kls: Floats;
  /** Mean over the images of each latent dimension's KL, `[latentDim]`; null where nothing but their sum is asked for. */
  readonly klPerDimension: Float64Array | null;
}

export class Passes {
  readonly #plan: CompiledPlan;
  readonly #network: Network;
  readonly #device: GPUDevice;
  readonly #executor: Executor;
  readonly #readBack: ReadBack;

  constructor(plan: CompiledPlan, network: Network, seed: number, device: GPUDevice, executor: Executor, readBack: ReadBack) {
    this.#plan = plan;
    this.#network = network;
    this.#device = device;
    this.#executor = executor;
    this.#readBack = readBack;
    if (this.#has("piece state")) this.#write("piece state", new Uint32Array(pieceStateBytes(seed)));
  }

  async encode(images: Images): Promise<Posterior> {
    const { count } = images;
    const { latentDim } = this.#network;
    const { heads, code } = this.#plan;
    const mean = new Float32Array(count * latentDim);
    const logVar = this.#network.logVar === null ? null : new Float32Array(count * latentDim);
    const take = (values: Float32Array, first: number, rows: number) => {
      for (let row = 0; row < rows; row++) {
        const at = row * heads.columns;
        const to = (first + row) * latentDim;
        mean.set(values.subarray(at, at + latentDim), to);
        if (logVar !== null) {
          const raw = values.subarray(at + code.columns, at + code.columns + latentDim);
          raw.forEach((value, d) => (logVar[to + d] = clampedLogVar(value)));
        }
      }
    };
    await this.#inPieces("encode", count, this.#images(images), [{ buffer: "piece heads", columns: heads.columns, take }]);
    return { mean, logVar };
  }

  /** @throws RangeError when `z` holds other than `count` codes */
  async decode(z: Floats, count: number, labels?: Bytes): Promise<Floats> {
    const pixels = this.#pixels(count);
    const writeCodes = this.#codes("decode", z, count);
    const write = (first: number, rows: number) => {
      writeCodes(first, rows);
      this.#writeLabels(labels, first, rows);
    };
    await this.#inPieces("decode", count, write, [pixels.output]);
    return pixels.values;
  }

  async reconstruct(images: Images): Promise<Reconstructions> {
    const { count } = images;
    const pixels = this.#pixels(count);
    const losses = columnOf("piece image losses", count);
    await this.#inPieces("reconstruct", count, this.#images(images), [pixels.output, losses.output]);
    return { pixels: pixels.values, losses: losses.values };
  }

  /** @throws RangeError when `z` holds other than a code for each image */
  async judge(images: Images, z: Floats): Promise<Floats> {
    const { count } = images;
    const losses = columnOf("piece image losses", count);
    const [writeImages, writeCodes] = [this.#images(images), this.#codes("judge", z, count)];
    const write = (first: number, rows: number) => {
      writeImages(first, rows);
      writeCodes(first, rows);
    };
    await this.#inPieces("judge", count, write, [losses.output]);
    return losses.values;
  }

  async evaluate(images: Images): Promise<ImageTerms> {
    const { count } = images;
    const losses = columnOf("piece image losses", count);
    const kls = columnOf("piece image kls", count);
    const terms = this.#klTerms(count);
    const outputs = [losses.output];
    if (this.#has("piece image kls")) outputs.push(kls.output);
    if (terms !== null) outputs.push(terms.output);
    await this.#inPieces("evaluate", count, this.#images(images), outputs);
    return { losses: losses.values, kls: kls.values, klPerDimension: terms?.means ?? null };
  }

  /** Runs each pass once over one image of zeros, so that drivers compile what they put off; reads nothing. */
  warmUp(): void {
    for (const pass of ["encode", "decode", "reconstruct", "evaluate", "judge"] as const) this.#submit(pass, 1, []);
  }

  /** What a plan does not need, it has no buffer for. */
  #has(name: string): boolean {
    return this.#plan.buffers.some((buffer) => buffer.name === name);
  }

  /** Writes a piece's images with what else is known of each. */
  #images({ pixels, labels, places }: Images): (first: number, rows: number) => void {
    const { imageBytes } = this.#plan;
    const hasPlaces = this.#has("piece places");
    return (first, rows) => {
      const packed = packedImages(pixels, this.#network.pixels, imageBytes, first, rows);
      this.#write("piece images", packed);
      this.#writeLabels(labels, first, rows);
      if (hasPlaces)
        this.#write(
          "piece places",
          Uint32Array.from({ length: rows }, (_, row) => places?.[first + row] ?? first + row),
        );
    };
  }

  /** Of a conditional network; 0 where there are none. */
  #writeLabels(labels: Bytes | undefined, first: number, rows: number): void {
    if (this.#network.classes === 0) return;
    this.#write("piece labels", labels ? packedImages(labels, 1, LABEL_BYTES, first, rows) : new Uint8Array(rows * LABEL_BYTES));
  }

  /** @throws RangeError when `z` holds other than `count` codes */
  #codes(caller: string, z: Floats, count: number): (first: number, rows: number) => void {
    const { latentDim } = this.#network;
    if (z.length !== count * latentDim) {
      throw new RangeError(`${caller}: z holds ${z.length} numbers, ${count} codes of ${latentDim} are ${count * latentDim}`);
    }
    const { columns } = this.#plan.code;
    return (first, rows) => {
      const codes = new Float32Array(rows * columns);
      for (let row = 0; row < rows; row++) {
        const from = (first + row) * latentDim;
        codes.set(z.subarray(from, from + latentDim), row * columns);
      }
      this.#write("piece z", codes);
    };
  }

  #write(buffer: string, values: Bytes | Floats | Uint32Array<ArrayBuffer>): void {
    this.#device.queue.writeBuffer(this.#executor.buffer(buffer), 0, values);
  }

  /** Null where a plan keeps none. */
  #klTerms(count: number): { readonly means: Float64Array; readonly output: Output } | null {
    if (!this.#has("piece kl terms")) return null;
    const { columns } = this.#plan.code;
    const means = new Float64Array(this.#network.latentDim);
    const take = (values: Float32Array, _: number, rows: number) => {
      for (let row = 0; row < rows; row++) means.forEach((_mean, d) => (means[d]! += values[row * columns + d]! / count));
    };
    return { means, output: { buffer: "piece kl terms", columns, take } };
  }

  #pixels(count: number): { readonly values: Floats; readonly output: Output } {
    const { pixels } = this.#network;
    const { columns, group } = this.#plan.pixels;
    const values = new Float32Array(count * pixels);
    const places = placesOf({ columns, group }, pixels);
    const take = (padded: Float32Array, first: number, rows: number) => {
      for (let row = 0; row < rows; row++) {
        const from = row * columns;
        const to = (first + row) * pixels;
        if (places === null) values.set(padded.subarray(from, from + pixels), to);
        else for (let i = 0; i < pixels; i++) values[to + i] = padded[from + places[i]!]!;
      }
    };
    return { values, output: { buffer: "piece pixels", columns, take } };
  }

  /** @param write fills the inputs for `rows` images from image `first` on */
  async #inPieces(pass: PassName, count: number, write: (first: number, rows: number) => void, outputs: readonly Output[]): Promise<void> {
    const { pieceSize } = this.#plan;
    const pieces: Promise<void>[] = [];
    for (let first = 0; first < count; first += pieceSize) {
      const rows = Math.min(pieceSize, count - first);
      write(first, rows);
      const held = this.#submit(pass, rows, outputs);
      pieces.push(held.read((parts) => outputs.forEach(({ take }, i) => take(parts[i]!, first, rows))));
    }
    await Promise.all(pieces);
  }

  #submit(pass: PassName, rows: number, outputs: readonly Output[]): Held {
    const encoder = this.#device.createCommandEncoder({ label: pass });
    const compute = encoder.beginComputePass();
    this.#executor.record(compute, pass, rows);
    compute.end();
    const sources = outputs.map(({ buffer, columns }) => ({ buffer: this.#executor.buffer(buffer), bytes: rows * columns * 4 }));
    const held = this.#readBack.copy(encoder, sources);
    this.#device.queue.submit([encoder.finish()]);
    return held;
  }
}

/** One number for each image. */
function columnOf(buffer: string, count: number): { readonly values: Floats; readonly output: Output } {
  const values = new Float32Array(count);
  return { values, output: { buffer, columns: 1, take: (column, first) => values.set(column, first) } };
}

/** Where each of `count` numbers lies in its row; null where they stand one after the other. */
function placesOf({ group }: RowLayout, count: number): Uint32Array | null {
  if (group.size === group.stride || group.size >= count) return null;
  return Uint32Array.from({ length: count }, (_, i) => spread(i, group));
}

/** As the kernels read the head. NaN stays NaN. */
function clampedLogVar(value: number): number {
  const { min, max } = LOG_VAR_RANGE;
  return value < min ? min : value > max ? max : value;
}
