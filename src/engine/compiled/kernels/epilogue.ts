/**
 * What a matrix product does with a result before it leaves the registers: bias is in
 * the sum already; here come activation, loss, and the gradients' element-wise parts.
 *
 * An epilogue appends its bindings to its kernel's and defines `fn finish(row: u32, column: u32, sum: vec4f)`, which the
 * kernel calls exactly once for each row and each four columns (column a multiple of 4). Rows count images, or
 * images · positions after a convolution. Padding is zeroed here. Those that judge pixels are in `epilogue-loss.ts`, that of
 * the posterior in `epilogue-posterior.ts`.
 */
import type { Activation } from "../../../protocol/run-config";
import type { KernelBinding } from "../kernel";
import type { Group } from "../plan";
import { fillTemplate } from "../template";
import { activationCode } from "./activation";
import activationSource from "./epilogue-activation.wgsl?raw";
import inputGradientSource from "./epilogue-input-gradient.wgsl?raw";
import maskSource from "./epilogue-mask.wgsl?raw";
import { STATE_WGSL } from "./state";

export interface Epilogue {
  /** What it does, for the kernel's label: `relu`, `bce`. */
  readonly label: string;
  readonly bindings: readonly KernelBinding[];
  /** WGSL type of each binding. */
  readonly types: Readonly<Record<string, string>>;
  readonly code: string;
}

/** Columns of the matrix that an epilogue writes. */
export interface EpilogueColumns {
  /** Which of them are real. */
  readonly columns: Group;
  /** All of them, a multiple of 4. */
  readonly paddedColumns: number;
}

/** `y = activation(sum)`. Also the output activation where nothing is judged. Bindings: `y`. */
export function activationEpilogue({
  activation,
  columns,
  paddedColumns,
}: EpilogueColumns & { readonly activation: Activation }): Epilogue {
  const finish = fillTemplate(activationSource, { quads: paddedColumns / 4 });
  return {
    label: activation,
    bindings: [{ name: "y", access: "read_write" }],
    types: { y: "array<vec4f>" },
    code: [activationCode(activation), maskCode(columns), finish].join("\n"),
  };
}

/**
 * The gradient by a layer's input, carried on to the sum of the layer below. Bindings: `y`, output of the layer below (none where
 * that is linear), and `dyBelow`, named so because the kernel has a `dy` of its own.
 *
 * @param activation of the layer below
 * @param klShare where an objective has β times something linear of that output in it: how much of each number, times the batch size.
 * Binds `state` too
 */
export function inputGradientEpilogue({
  activation,
  columns,
  paddedColumns,
  klShare = 0,
}: EpilogueColumns & { readonly activation: Activation; readonly klShare?: number }): Epilogue {
  const isLinear = activation === "linear";
  const isCharged = klShare !== 0;
  const finish = fillTemplate(inputGradientSource, { quads: paddedColumns / 4, linear: isLinear, klShare });
  return {
    label: `through ${activation}${isCharged ? " and charge" : ""}`,
    bindings: [
      ...(isLinear ? [] : [{ name: "y", access: "read" } as const]),
      ...(isCharged ? [{ name: "state", access: "read" } as const] : []),
      { name: "dyBelow", access: "read_write" },
    ],
    types: { y: "array<vec4f>", state: "State", dyBelow: "array<vec4f>" },
    code: [...(isCharged ? [STATE_WGSL] : []), ...(isLinear ? [] : [activationCode(activation)]), maskCode(columns), finish].join("\n"),
  };
}

/** `fn onlyReal(values: vec4f, column: u32) -> vec4f`. @throws RangeError when a group does not start on a `vec4f` */
export function maskCode({ size, stride }: Group): string {
  if (stride % 4 !== 0 || size > stride)
    throw new RangeError(`maskCode: ${size} columns in ${stride}, wants a multiple of 4 that holds them`);
  return fillTemplate(maskSource, { hasPadding: size < stride, size, stride });
}
