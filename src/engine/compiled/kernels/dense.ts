/**
 * The kernels of a dense layer: forward, gradient by the input, gradient by the
 * parameters with the optimiser's update; and how its parameters lie in their matrix.
 *
 * The three are one product of a left and a right operand; formulas in `dense-registers.wgsl`. Which variant carries it out is the
 * tuning's to say and changes nothing in the result: each sum has one accumulator and takes its terms in the same order.
 */
import type { DenseSpec } from "../../../model/network";
import type { Kernel } from "../kernel";
import type { MatrixPlan, RowLayout } from "../plan";
import { variantFor, type Tuning } from "../tuning-choice";
import { denseProduct } from "./dense-product";
import type { Epilogue } from "./epilogue";
import type { OperandSource } from "./operand";
import type { OptimiserCode } from "./optimiser";

interface DenseShape {
  /** Most images of a run; exactly those of a step for the weight gradient. */
  readonly rows: number;
  /** Padded. */
  readonly inputs: number;
  /** Padded. */
  readonly units: number;
  readonly tuning: Tuning;
}

/** `finish(x · w + bias)`. Bindings: `x`, `parameters` (from packed bytes `images`, `order`, `parameters` or `images`, `parameters`), then the epilogue's. */
export function denseForward(options: DenseShape & { readonly source: OperandSource; readonly epilogue: Epilogue }): Kernel {
  const { rows, inputs, units, source, epilogue, tuning } = options;
  const variant = variantFor(tuning, "forward", { rows, columns: units, depth: inputs });
  return denseProduct({ product: "forward", rows, inputs, units, source, end: epilogue }, variant);
}

/** `finish(dy · wᵀ)`. Bindings: `dy`, `parameters`, then the epilogue's. */
export function denseInputGradient(options: DenseShape & { readonly epilogue: Epilogue }): Kernel {
  const { rows, inputs, units, epilogue, tuning } = options;
  const variant = variantFor(tuning, "inputGradient", { rows, columns: inputs, depth: units });
  return denseProduct({ product: "inputGradient", rows, inputs, units, source: "activations", end: epilogue }, variant);
}

/** `update(xᵀ · dy)`, the bias row being column sums of dy. Bindings: `x` or `images`, `order` or `images`; `dy`; then the optimiser's. */
export function denseWeightGradient(options: DenseShape & { readonly source: OperandSource; readonly optimiser: OptimiserCode }): Kernel {
  const { rows, inputs, units, source, optimiser, tuning } = options;
  const variant = variantFor(tuning, "weightGradient", { rows: inputs + 1, columns: units, depth: rows });
  return denseProduct({ product: "weightGradient", rows, inputs, units, source, end: optimiser }, variant);
}

/**
 * `[inputs + 1][units]`, both padded, the bias in the last row; the layers, two heads say, side by side.
 *
 * @param input how the layer's input lies, an image's padded channels for instance
 * @param output of all the layers together
 */
export function denseMatrix({
  name,
  layers,
  input,
  output,
}: {
  readonly name: string;
  readonly layers: readonly Pick<DenseSpec, "name" | "inputs" | "units">[];
  readonly input: RowLayout;
  readonly output: RowLayout;
}): MatrixPlan {
  const width = output.columns / layers.length;
  const places = layers.flatMap(({ name, inputs, units }, i) => {
    const place = { columns: units, firstColumn: i * width, columnGroup: output.group };
    const bias = { size: 1, stride: 1 };
    return [
      { ...place, name: `${name}.weight`, rows: inputs, firstRow: 0, rowGroup: input.group },
      { ...place, name: `${name}.bias`, rows: 1, firstRow: input.columns, rowGroup: bias },
    ];
  });
  return { name, rows: input.columns + 1, columns: output.columns, places };
}
