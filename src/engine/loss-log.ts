/**
 * The loss terms of every step until somebody asks for them, left on the backend so
 * that training never waits for a readback.
 */
import type { LossColumns } from "../protocol/messages";
import * as tf from "./tf";

/** Steps packed into one tensor: a GPU buffer for each single number would be thousands. */
const PACK_STEPS = 256;
/** Beyond this, 65,536 steps, the oldest are forgotten: nobody has asked for them in a long time. */
const MAX_PACKS = 256;

/** `[steps]` each. */
interface Pack {
  readonly reconstruction: tf.Tensor1D;
  readonly kl: tf.Tensor1D;
}

export class LossLog {
  /** `[1]` each, younger than the packs. */
  #singles: Pack[] = [];
  #packs: Pack[] = [];
  /** Step and β of every row that is kept, oldest first. */
  #rows: { readonly step: number; readonly beta: number }[] = [];

  /** Takes over both tensors, `[1]` each. @param step of the update, counted from 1 */
  push(step: number, beta: number, reconstruction: tf.Tensor1D, kl: tf.Tensor1D): void {
    this.#rows.push({ step, beta });
    this.#singles.push({ reconstruction, kl });
    if (this.#singles.length === PACK_STEPS) this.#pack();
    if (this.#packs.length > MAX_PACKS) {
      disposePacks(this.#packs.splice(0, 1));
      this.#rows.splice(0, PACK_STEPS);
    }
  }

  #pack(): void {
    if (this.#singles.length === 0) return;
    const packed = joined(this.#singles);
    disposePacks(this.#singles);
    this.#singles = [];
    this.#packs.push(packed);
  }

  /** All rows since the last call; waits until their steps are done. */
  async take(): Promise<LossColumns> {
    this.#pack();
    const rows = this.#rows;
    const packs = this.#packs;
    this.#rows = [];
    this.#packs = [];
    const count = rows.length;
    const reconstruction = new Float32Array(count);
    const kl = new Float32Array(count);
    if (count > 0) {
      const all = packs.length === 1 ? packs[0]! : joined(packs);
      try {
        // Data first, then dispose: a tensor disposed while it is read never arrives.
        reconstruction.set(await all.reconstruction.data());
        kl.set(await all.kl.data());
      } finally {
        disposePacks(packs);
        disposePacks([all]);
      }
    }
    return {
      step: Uint32Array.from(rows, ({ step }) => step),
      reconstruction,
      kl,
      objective: Float32Array.from(rows, ({ beta }, i) => reconstruction[i]! + beta * kl[i]!),
    };
  }

  dispose(): void {
    disposePacks(this.#singles);
    disposePacks(this.#packs);
    this.#singles = [];
    this.#packs = [];
    this.#rows = [];
  }
}

function joined(packs: readonly Pack[]): Pack {
  return tf.tidy(() => ({
    reconstruction: tf.concat1d(packs.map((pack) => pack.reconstruction)),
    kl: tf.concat1d(packs.map((pack) => pack.kl)),
  }));
}

function disposePacks(packs: readonly Pack[]): void {
  for (const { reconstruction, kl } of packs) {
    reconstruction.dispose();
    kl.dispose();
  }
}
