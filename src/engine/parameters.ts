/**
 * A network's parameters on the backend, as one vector (or few) or as one for each
 * parameter.
 *
 * One vector makes an update a dozen kernels however many layers there are, which is what counts on a GPU, where issuing a
 * kernel costs more than running it. On wasm and cpu a kernel costs little and cutting a part out of a vector copies the
 * whole of it (4.22), so there each parameter is a block by itself.
 */
import type { LayerSpec, Network, ParameterSpec } from "../model/network";
import type { BackendName } from "../protocol/run-config";
import type { Floats, WeightTable } from "../protocol/messages";
import * as tf from "./tf";

/** How parameters are joined to blocks; block by block, in the order of the network's table. */
export interface Layout {
  readonly blocks: readonly (readonly ParameterSpec[])[];
  readonly places: ReadonlyMap<string, Place>;
}

interface Place {
  readonly block: number;
  readonly offset: number;
  readonly parameter: ParameterSpec;
}

/** One vector for each block of a layout. */
export type Blocks = readonly tf.Tensor1D[];

/** What every WebGPU device can bind, 128 MiB, as float32. The largest single parameter, 4,096 × 4,096, is half of it. */
const MAX_JOINED_FLOATS = 2 ** 25;

export function layoutFor(network: Pick<Network, "parameters">, backend: BackendName): Layout {
  const blocks = grouped(network.parameters, backend === "webgpu" ? MAX_JOINED_FLOATS : 0);
  const places = new Map<string, Place>();
  blocks.forEach((parameters, block) => {
    let offset = 0;
    for (const parameter of parameters) {
      places.set(parameter.name, { block, offset, parameter });
      offset += parameter.size;
    }
  });
  return { blocks, places };
}

/** Neighbours in groups of at most `maxFloats`, one at least. */
function grouped(parameters: readonly ParameterSpec[], maxFloats: number): ParameterSpec[][] {
  const groups: ParameterSpec[][] = [];
  let free = 0;
  for (const parameter of parameters) {
    const last = groups.at(-1);
    if (last !== undefined && parameter.size <= free) last.push(parameter);
    else {
      groups.push([parameter]);
      free = maxFloats;
    }
    free -= parameter.size;
  }
  return groups;
}

export interface LayerParameters {
  /** Shaped as the network's table says. */
  readonly weight: tf.Tensor;
  /** `[units]`, of a convolution `[channels]` */
  readonly bias: tf.Tensor1D;
}

/** A layer's parameters out of the blocks, as new tensors. */
export function layerParameters({ blocks: specs, places }: Layout, blocks: Blocks, { name }: LayerSpec): LayerParameters {
  const cut = (parameterName: string): tf.Tensor => {
    const place = places.get(parameterName);
    if (place === undefined) throw new RangeError(`layerParameters: ${parameterName} is not in this network`);
    const { block, offset, parameter } = place;
    const whole = blocks[block]!;
    return tf.reshape(specs[block]!.length === 1 ? whole : tf.slice1d(whole, offset, parameter.size), [...parameter.shape]);
  };
  return { weight: cut(`${name}.weight`), bias: cut(`${name}.bias`) as tf.Tensor1D };
}

/** Named tensors of the parameters' sizes as blocks. */
export function joinBlocks({ blocks }: Layout, tensors: ReadonlyMap<string, tf.Tensor>): tf.Tensor1D[] {
  return blocks.map((parameters) => {
    const parts = parameters.map(({ name, size }): tf.Tensor1D => tf.reshape(tensors.get(name)!, [size]));
    return parts.length === 1 ? parts[0]! : tf.concat1d(parts);
  });
}

/** Uploads a table. @param suffix follows each parameter's name in the table: `.velocity` */
export function uploadBlocks({ blocks }: Layout, table: WeightTable, suffix = ""): tf.Tensor1D[] {
  const arrays = blocks.map((parameters) => {
    const vector = new Float32Array(sizeOf(parameters));
    let offset = 0;
    for (const { name, size } of parameters) {
      const values = table[name + suffix];
      if (values?.length !== size) {
        throw new RangeError(`uploadBlocks: ${name}${suffix} holds ${values?.length ?? "no"} numbers, the network wants ${size}`);
      }
      vector.set(values, offset);
      offset += size;
    }
    return vector;
  });
  return arrays.map((vector) => tf.tensor1d(vector));
}

export function zeroBlocks({ blocks }: Layout): tf.Tensor1D[] {
  return blocks.map((parameters) => tf.zeros([sizeOf(parameters)]));
}

function sizeOf(parameters: readonly ParameterSpec[]): number {
  return parameters.reduce((sum, { size }) => sum + size, 0);
}

/** The reverse of `uploadBlocks`, from values already read; every array has a buffer of its own, so that it can be moved. */
export function tableOf({ blocks }: Layout, vectors: readonly Floats[], suffix = ""): Record<string, Floats> {
  const table: Record<string, Floats> = {};
  blocks.forEach((parameters, block) => {
    let offset = 0;
    for (const { name, size } of parameters) {
      table[name + suffix] = vectors[block]!.slice(offset, offset + size);
      offset += size;
    }
  });
  return table;
}
