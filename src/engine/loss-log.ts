/**
 * The loss terms of every step until somebody asks for them, left on the backend so
 * that training never waits for a readback.
 */
import type { LossTerm } from "../protocol/loss-terms";
import type { LossColumns } from "../protocol/messages";
import * as tf from "./tf";

/** Steps packed into one tensor: a GPU buffer for each single number would be thousands. */
const PACK_STEPS = 256;
/** Beyond this, 65,536 steps, the oldest are forgotten: nobody has asked for them in a long time. */
const MAX_PACKS = 256;

/** In the order of the measured terms, `[steps]` each. */
type Pack = readonly tf.Tensor1D[];

export class LossLog {
  readonly #terms: readonly LossTerm[];
  /** All but the objective, which is made of others when it is asked for. */
  readonly #measured: readonly LossTerm[];
  /** `[1]` each, younger than the packs. */
  #singles: Pack[] = [];
  #packs: Pack[] = [];
  /** Step and β of every row that is kept, oldest first. */
  #rows: { readonly step: number; readonly beta: number }[] = [];

  /** @param terms of the run, `lossTermsOf` */
  constructor(terms: readonly LossTerm[]) {
    this.#terms = terms;
    this.#measured = terms.filter((term) => term !== "objective");
  }

  /**
   * @param step of the update, counted from 1
   * @param values each of the run's terms but the objective, `[1]`; taken over
   * @param beta of that step; of a run with an objective
   */
  push(step: number, values: { readonly [Term in LossTerm]?: tf.Tensor1D }, beta = 0): void {
    this.#rows.push({ step, beta });
    this.#singles.push(this.#measured.map((term) => values[term]!));
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
    const columns: Partial<Record<LossTerm, Float32Array<ArrayBuffer>>> = Object.fromEntries(
      this.#terms.map((term) => [term, new Float32Array(rows.length)]),
    );
    if (rows.length > 0) {
      const all = packs.length === 1 ? packs[0]! : joined(packs);
      try {
        // Data first, then dispose: a tensor disposed while it is read never arrives.
        const values = await Promise.all(all.map((tensor) => tensor.data()));
        this.#measured.forEach((term, i) => columns[term]!.set(values[i]!));
      } finally {
        disposePacks(packs);
        disposePacks([all]);
      }
    }
    const { objective, reconstruction, penalty = columns.kl } = columns;
    objective?.forEach((_, i) => (objective[i] = reconstruction![i]! + rows[i]!.beta * penalty![i]!));
    return { step: Uint32Array.from(rows, ({ step }) => step), ...columns };
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
  return tf.tidy(() => packs[0]!.map((_, term) => tf.concat1d(packs.map((pack) => pack[term]!))));
}

function disposePacks(packs: readonly Pack[]): void {
  for (const pack of packs) for (const tensor of pack) tensor.dispose();
}
