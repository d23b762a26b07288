/**
 * Loss terms of every step until somebody asks for them. The GPU writes them to a ring;
 * before the ring comes round to a step nobody has read, what it holds is put aside.
 */
import type { Floats, LossColumns } from "../../protocol/messages";
import type { Held, ReadBack, Source } from "./read-back";

/** Beyond this the oldest are forgotten: nobody has asked for them in a long time. As `engine/loss-log.ts`. */
const MAX_STEPS = 65_536;

/** A float32 counts so far. */
const COUNTED = 2 ** 24;

/** How the GPU writes: step s, counted from 0, at element `s % steps`. */
export interface RingLayout {
  readonly steps: number;
  /** Of one element: reconstruction loss, KL, a number that is not read, and s + 1 modulo 2²⁴; float32. */
  readonly bytes: number;
}

/** Rows that were copied out of the ring. */
interface Aside {
  /** Of the first row, counted from 1. */
  readonly firstStep: number;
  /** Of each row. */
  readonly betas: readonly number[];
  readonly held: Held;
}

export class MetricsRing {
  readonly #device: GPUDevice;
  readonly #readBack: ReadBack;
  readonly #buffer: GPUBuffer;
  readonly #layout: RingLayout;
  #aside: Aside[] = [];
  /** β of each step that is only in the ring; the last of them is `#step`. */
  #betas: number[] = [];
  #step = 0;

  constructor(device: GPUDevice, readBack: ReadBack, buffer: GPUBuffer, layout: RingLayout) {
    this.#device = device;
    this.#readBack = readBack;
    this.#buffer = buffer;
    this.#layout = layout;
  }

  /** Makes room: what the next `steps` steps, at most a ring, would overwrite is put aside. Call before they are submitted. */
  reserve(steps: number): void {
    if (this.#betas.length + steps > this.#layout.steps) this.#putAside();
  }

  /** Steps were submitted. @param betas of each */
  add(betas: readonly number[]): void {
    this.#betas.push(...betas);
    this.#step += betas.length;
  }

  /** All rows since the last call, as they are at this moment of the queue; waits until their steps are done. */
  async take(): Promise<LossColumns> {
    this.#putAside();
    const aside = this.#aside;
    this.#aside = [];
    const values = await Promise.all(aside.map(({ held, firstStep }) => held.read((parts) => this.#terms(parts, firstStep))));
    const count = aside.reduce((sum, { betas }) => sum + betas.length, 0);
    const empty = (): Floats => new Float32Array(count);
    const columns = { step: new Uint32Array(count), reconstruction: empty(), kl: empty(), objective: empty() };
    let row = 0;
    aside.forEach(({ firstStep, betas }, piece) => {
      betas.forEach((beta, i) => {
        const [reconstruction, kl] = values[piece]![i]!;
        columns.step[row] = firstStep + i;
        columns.reconstruction[row] = reconstruction;
        columns.kl[row] = kl;
        columns.objective[row] = reconstruction + beta * kl;
        row++;
      });
    });
    return columns;
  }

  /** Forgets what was not read; the next step is `step` + 1. */
  restart(step: number): void {
    for (const { held } of this.#aside) held.drop();
    this.#aside = [];
    this.#betas = [];
    this.#step = step;
  }

  #putAside(): void {
    const count = this.#betas.length;
    if (count === 0) return;
    const encoder = this.#device.createCommandEncoder();
    const held = this.#readBack.copy(encoder, this.#stretches(count));
    this.#device.queue.submit([encoder.finish()]);
    this.#aside.push({ firstStep: this.#step - count + 1, betas: this.#betas, held });
    this.#betas = [];
    let kept = this.#aside.reduce((sum, { betas }) => sum + betas.length, 0);
    while (kept > MAX_STEPS) {
      const oldest = this.#aside.shift()!;
      oldest.held.drop();
      kept -= oldest.betas.length;
    }
  }

  /** The last `count` elements, in one stretch or, over the ring's end, in two. */
  #stretches(count: number): Source[] {
    const { steps, bytes } = this.#layout;
    const first = (this.#step - count) % steps;
    const before = Math.min(count, steps - first);
    const stretch = (from: number, length: number): Source => ({ buffer: this.#buffer, offset: from * bytes, bytes: length * bytes });
    return before === count ? [stretch(first, count)] : [stretch(first, before), stretch(0, count - before)];
  }

  /** @throws Error when a step is not there: the device turned its submit down and whatever follows is wrong */
  #terms(parts: readonly Float32Array[], firstStep: number): (readonly [number, number])[] {
    const floats = this.#layout.bytes / 4;
    const terms: (readonly [number, number])[] = [];
    for (const part of parts) {
      for (let at = 0; at < part.length; at += floats) {
        const step = firstStep + terms.length;
        if (part[at + 3] !== step % COUNTED) throw new Error(`MetricsRing: step ${step} wanted, ${part[at + 3]} found`);
        terms.push([part[at]!, part[at + 1]!]);
      }
    }
    return terms;
  }
}
