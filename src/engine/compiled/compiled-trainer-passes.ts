/**
 * The passes outside training, over any number of images a piece at a time: queued at
 * once, so that all of them see the parameters of the moment of asking, and read when
 * they are done.
 */
import { LOG_VAR_RANGE } from "../../model/forward";
import type { Network } from "../../model/network";
import type { Bytes, Floats } from "../../protocol/messages";
import type { Posterior, Reconstructions } from "../trainer";
import type { Executor, PassName } from "./executor";
import { packedImages } from "./image-store";
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
  readonly kls: Floats;
}

export class Passes {
  readonly #plan: CompiledPlan;
  readonly #network: Network;
  readonly #seed: number;
  readonly #device: GPUDevice;
  readonly #executor: Executor;
  readonly #readBack: ReadBack;

  constructor(plan: CompiledPlan, network: Network, seed: number, device: GPUDevice, executor: Executor, readBack: ReadBack) {
    this.#plan = plan;
    this.#network = network;
    this.#seed = seed;
    this.#device = device;
    this.#executor = executor;
    this.#readBack = readBack;
  }

  async encode(images: Bytes, count: number): Promise<Posterior> {
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
  async decode(z: Floats, count: number): Promise<Floats> {
    const { latentDim } = this.#network;
    if (z.length !== count * latentDim) {
      throw new RangeError(`decode: z holds ${z.length} numbers, ${count} codes of ${latentDim} are ${count * latentDim}`);
    }
    const { columns } = this.#plan.code;
    const writeCodes = (first: number, rows: number) => {
      const codes = new Float32Array(rows * columns);
      for (let row = 0; row < rows; row++) {
        const from = (first + row) * latentDim;
        codes.set(z.subarray(from, from + latentDim), row * columns);
      }
      this.#device.queue.writeBuffer(this.#executor.buffer("piece z"), 0, codes);
    };
    const pixels = this.#pixels(count);
    await this.#inPieces("decode", count, writeCodes, [pixels.output]);
    return pixels.values;
  }

  async reconstruct(images: Bytes, count: number): Promise<Reconstructions> {
    const pixels = this.#pixels(count);
    const losses = columnOf("piece image losses", count);
    await this.#inPieces("reconstruct", count, this.#images(images), [pixels.output, losses.output]);
    return { pixels: pixels.values, losses: losses.values };
  }

  async evaluate(images: Bytes, count: number): Promise<ImageTerms> {
    const losses = columnOf("piece image losses", count);
    const kls = columnOf("piece image kls", count);
    const writeImages = this.#images(images);
    const isDrawn = this.#network.logVar !== null;
    const write = (first: number, rows: number) => {
      writeImages(first, rows);
      const state = pieceStateBytes({ firstImage: first, seed: this.#seed });
      if (isDrawn) this.#device.queue.writeBuffer(this.#executor.buffer("piece state"), 0, state);
    };
    await this.#inPieces("evaluate", count, write, isDrawn ? [losses.output, kls.output] : [losses.output]);
    return { losses: losses.values, kls: kls.values };
  }

  /** Runs each pass once over one image of zeros, so that drivers compile what they put off; reads nothing. */
  warmUp(): void {
    for (const pass of ["encode", "decode", "reconstruct", "evaluate"] as const) this.#submit(pass, 1, []);
  }

  #images(images: Bytes): (first: number, rows: number) => void {
    const { imageBytes } = this.#plan;
    return (first, rows) => {
      const packed = packedImages(images, this.#network.pixels, imageBytes, first, rows);
      this.#device.queue.writeBuffer(this.#executor.buffer("piece images"), 0, packed);
    };
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
