/**
 * One side of a GAN: a fixed list of parameters, an optimiser of its own for them, and
 * its own count of updates, by which Adam corrects its bias.
 *
 * Knows nothing of losses or of the other side.
 */
import type { ParameterSpec } from "../model/network";
import type { Floats, WeightTable } from "../protocol/messages";
import type { BackendName, RunConfig } from "../protocol/run-config";
import { SLOT_NAMES } from "./optimiser-constants";
import { optimiserRule } from "./optimisers";
import { layoutFor, tableOf, uploadBlocks, zeroBlocks, type Blocks, type Layout } from "./parameters";
import { readCopies } from "./pieces";
import * as tf from "./tf";
import type { Checkpoint } from "./trainer";

/** Parameters and the optimiser's slots on the backend, the latter in the order of `SLOT_NAMES`; such as `tf.tidy` can return. */
export type SideState = { parameters: tf.Tensor1D[]; slots: tf.Tensor1D[][] };

export class Side {
  readonly layout: Layout;
  readonly #rule;
  readonly #slotNames: readonly string[];
  #state: SideState;
  #updates = 0;

  constructor(config: RunConfig, parameters: readonly ParameterSpec[], weights: WeightTable, backend: BackendName) {
    this.layout = layoutFor({ parameters }, backend);
    this.#rule = optimiserRule(config);
    this.#slotNames = SLOT_NAMES[config.optimiser];
    this.#state = { parameters: uploadBlocks(this.layout, weights), slots: this.#slotNames.map(() => zeroBlocks(this.layout)) };
  }

  get parameters(): Blocks {
    return this.#state.parameters;
  }

  /** Updates done. */
  get updates(): number {
    return this.#updates;
  }

  /** One update; outlives any tidy that it is called in. @param gradients as the parameters */
  update(gradients: Blocks, rate: number): void {
    const { parameters, slots } = this.#state;
    const blocks = parameters.map((block, i) => {
      const old = slots.map((slot) => slot[i]!);
      return tf.tidy(() => {
        const updated = this.#rule(block, gradients[i]!, old, rate, this.#updates + 1);
        return [updated.parameters, ...updated.slots].map((vector) => tf.keep(vector));
      });
    });
    this.#replace({ parameters: blocks.map(([block]) => block!), slots: slots.map((_, s) => blocks.map((block) => block[s + 1]!)) });
    this.#updates++;
  }

  /**
   * The part of a checkpoint that is this side's, on the backend, for `restore`.
   *
   * @throws RangeError when a name is missing or a size differs
   */
  upload({ weights, slots }: Pick<Checkpoint, "weights" | "slots">): SideState {
    const parameters = uploadBlocks(this.layout, weights);
    return { parameters, slots: this.#slotNames.map((name) => uploadBlocks(this.layout, slots, `.${name}`)) };
  }

  /** Takes the state over. */
  restore(state: SideState, updates: number): void {
    this.#replace(state);
    this.#updates = updates;
  }

  async weights(): Promise<Record<string, Floats>> {
    return tableOf(this.layout, await readCopies(this.#state.parameters));
  }

  /** As `weights`, of the slots: `<parameter>.<slot>`. */
  async slots(): Promise<Record<string, Floats>> {
    const slots = await Promise.all(this.#state.slots.map(readCopies));
    const tables = slots.map((vectors, i) => tableOf(this.layout, vectors, `.${this.#slotNames[i]}`));
    return Object.assign({}, ...tables) as Record<string, Floats>;
  }

  #replace(state: SideState): void {
    this.dispose();
    this.#state = state;
  }

  dispose(): void {
    for (const vector of [...this.#state.parameters, ...this.#state.slots.flat()]) vector.dispose();
  }
}
