/**
 * Parameters and optimiser slots of a plan: in as tables by name, out as tables by
 * name, padded matrices on the GPU in between.
 */
import type { Network } from "../../model/network";
import type { WeightTable } from "../../protocol/messages";
import type { Executor } from "./executor";
import { checkTable, matrixFloats, matrixFromTable, tableFromMatrix } from "./parameter-places";
import type { CompiledPlan, MatrixPlan } from "./plan";
import type { ReadBack, Source } from "./read-back";

export interface ParameterTables {
  readonly weights: WeightTable;
  /** `<parameter>.<slot>` */
  readonly slots: WeightTable;
}

export class ParameterStore {
  readonly #plan: CompiledPlan;
  readonly #names: readonly string[];
  readonly #device: GPUDevice;
  readonly #executor: Executor;
  readonly #readBack: ReadBack;

  constructor(plan: CompiledPlan, network: Network, device: GPUDevice, executor: Executor, readBack: ReadBack) {
    this.#plan = plan;
    this.#names = network.parameters.map(({ name }) => name);
    this.#device = device;
    this.#executor = executor;
    this.#readBack = readBack;
  }

  /**
   * Replaces all parameters, and the slots too. One matrix after the other, as padded copies of all of them would take as much
   * memory again as the table.
   *
   * @param slots null makes them 0
   * @throws RangeError when a name is missing or a size differs; nothing was written then
   */
  write(weights: WeightTable, slots: WeightTable | null): void {
    const { matrices, slots: slotNames } = this.#plan;
    const { queue } = this.#device;
    const ofSlots = matrices.flatMap((matrix) => slotNames.map((slot) => ({ matrix, slot, buffer: this.#slot(matrix, slot) })));
    for (const matrix of matrices) checkTable(matrix, weights);
    if (slots !== null) for (const { matrix, slot } of ofSlots) checkTable(matrix, slots, `.${slot}`);
    for (const matrix of matrices) queue.writeBuffer(this.#parameters(matrix), 0, matrixFromTable(matrix, weights));
    const encoder = this.#device.createCommandEncoder();
    for (const { matrix, slot, buffer } of ofSlots) {
      if (slots === null) encoder.clearBuffer(buffer);
      else queue.writeBuffer(buffer, 0, matrixFromTable(matrix, slots, `.${slot}`));
    }
    queue.submit([encoder.finish()]);
  }

  /** As they are at this moment of the queue. */
  readWeights(): Promise<WeightTable> {
    const { matrices } = this.#plan;
    return this.#readBack.read(
      matrices.map((matrix) => sourceOf(matrix, this.#parameters(matrix))),
      (parts) => this.#table(parts),
    );
  }

  /** As they are at this moment of the queue. */
  readAll(): Promise<ParameterTables> {
    const { matrices, slots } = this.#plan;
    const sources = [
      ...matrices.map((matrix) => sourceOf(matrix, this.#parameters(matrix))),
      ...slots.flatMap((slot) => matrices.map((matrix) => sourceOf(matrix, this.#slot(matrix, slot)))),
    ];
    return this.#readBack.read(sources, (parts) => {
      const partsOf = (i: number) => parts.slice(i * matrices.length, (i + 1) * matrices.length);
      const tables = slots.map((slot, i) => this.#table(partsOf(i + 1), `.${slot}`));
      return { weights: this.#table(partsOf(0)), slots: Object.assign({}, ...tables) as WeightTable };
    });
  }

  /** In the order of the network's table. @param parts of each matrix */
  #table(parts: readonly Float32Array[], suffix = ""): WeightTable {
    const tables = this.#plan.matrices.map((matrix, i) => tableFromMatrix(matrix, parts[i]!, suffix));
    const all = Object.assign({}, ...tables) as WeightTable;
    return Object.fromEntries(this.#names.map((name) => [name + suffix, all[name + suffix]!]));
  }

  #parameters({ name }: MatrixPlan): GPUBuffer {
    return this.#executor.buffer(`${name} parameters`);
  }

  #slot({ name }: MatrixPlan, slot: string): GPUBuffer {
    return this.#executor.buffer(`${name} ${slot}`);
  }
}

function sourceOf(matrix: MatrixPlan, buffer: GPUBuffer): Source {
  return { buffer, bytes: 4 * matrixFloats(matrix) };
}
