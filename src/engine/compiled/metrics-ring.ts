/**
 * Loss terms of every step until somebody asks for them. The GPU writes them to a ring;
 * before the ring comes round to a step nobody has read, what it holds is put aside.
 */
import type { LossTerm } from "../../protocol/loss-terms";
import type { Floats, LossColumns } from "../../protocol/messages";
import type { Held, ReadBack, Source } from "./read-back";

/** Beyond this the oldest are forgotten: nobody has asked for them in a long time. As `engine/loss-log.ts`. */
const MAX_STEPS = 65_536;

/** A float32 counts so far. */
const COUNTED = 2 ** 24;

/** How the GPU writes: step s, counted from 0, at element `s % steps`. */
export interface RingLayout {
  readonly steps: number;
  /** Of one element: reconstruction loss, KL, penalty, and s + 1 modulo 2²⁴; float32. */
  readonly bytes: number;
}

/** Of one step. */
type Row = Readonly<Record<"reconstruction" | "kl" | "penalty", number>>;

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
  readonly #terms: readonly LossTerm[];
  #aside: Aside[] = [];
  /** β of each step that is only in the ring; the last of them is `#step`. */
  #betas: number[] = [];
  #step = 0;

  /** @param terms of the run, `lossTermsOf` */
  constructor(device: GPUDevice, readBack: ReadBack, buffer: GPUBuffer, layout: RingLayout, terms: readonly LossTerm[]) {
    this.#device = device;
    this.#readBack = readBack;
    this.#buffer = buffer;
    this.#layout = layout;
    this.#terms = terms;
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
    const values = await Promise.all(aside.map(({ held, firstStep }) => held.read((parts) => this.#rows(parts, firstStep))));
    const count = aside.reduce((sum, { betas }) => sum + betas.length, 0);
    const step = new Uint32Array(count);
    const columns: { [Term in LossTerm]?: Floats } = Object.fromEntries(this.#terms.map((term) => [term, new Float32Array(count)]));
    let at = 0;
    aside.forEach(({ firstStep, betas }, piece) => {
      betas.forEach((beta, i) => {
        const row = values[piece]![i]!;
        const told: { readonly [Term in LossTerm]?: number } = { ...row, objective: row.reconstruction + beta * row.penalty };
        step[at] = firstStep + i;
        for (const term of this.#terms) columns[term]![at] = told[term]!;
        at++;
      });
    });
    return { step, ...columns };
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
  #rows(parts: readonly Float32Array[], firstStep: number): Row[] {
    const floats = this.#layout.bytes / 4;
    const rows: Row[] = [];
    for (const part of parts) {
      for (let at = 0; at < part.length; at += floats) {
        const step = firstStep + rows.length;
        if (part[at + 3] !== step % COUNTED) throw new Error(`MetricsRing: step ${step} wanted, ${part[at + 3]} found`);
        rows.push({ reconstruction: part[at]!, kl: part[at + 1]!, penalty: part[at + 2]! });
      }
    }
    return rows;
  }
}
