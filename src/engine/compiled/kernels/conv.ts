/**
 * The kernels of a convolution and of a transposed one: forward, gradient by the
 * input, gradient by weights and bias with the optimiser's update.
 *
 * Two products serve both kinds: one gathers the small image from the large one, one spreads the small over the large
 * (`conv-shape.ts`). Layout of the parameters: `convMatrices` there.
 */
import type { ConvSpec } from "../../../model/network";
import type { Kernel } from "../kernel";
import type { Tuning } from "../tuning-choice";
import { gatherKernel, type ConvProduct } from "./conv-gather";
import { convShape } from "./conv-shape";
import { spreadKernel } from "./conv-spread";
import { canTile, tiledKernel } from "./conv-tiled";
import { canTileWeights, tiledWeightsKernel } from "./conv-weights-tiled";
import { updateKernel, weightsKernel, weightSplits, type WeightProduct } from "./conv-weights";
import type { Epilogue } from "./epilogue";
import type { OperandSource } from "./operand";
import type { OptimiserCode } from "./optimiser";

/** Which variants a device runs faster: those that keep all in registers, or those that share through workgroup memory. */
export type ConvTuning = Pick<Tuning, "style">;

/**
 * The layer's sums with their bias. Rows of the epilogue count image · height · width + y · width + x of `to`, its columns are channels.
 * Bindings: `x`, `parameters` (from packed bytes `images`, `order`, `parameters` or `images`, `parameters`), of a transposed
 * convolution `bias`, then the epilogue's.
 *
 * @param images most of a run
 * @throws RangeError for packed images of more than four channels, or that a transposed convolution would read
 */
export function convForward(options: {
  readonly spec: ConvSpec;
  readonly images: number;
  readonly source: OperandSource;
  readonly epilogue: Epilogue;
  readonly tuning: ConvTuning;
}): Kernel {
  const { spec, images, source, epilogue, tuning } = options;
  checkSource(spec, source);
  const isConv = spec.kind === "conv";
  const label = `${spec.kind} forward ${epilogue.label}`;
  const product: ConvProduct = { label, shape: convShape(spec), images, operand: "x", source, bias: isConv ? "row" : "buffer", epilogue };
  return productKernel(product, isConv ? "gather" : "spread", tuning);
}

/** The gradient by the layer's input; rows and columns as of `from`. Bindings: `dy`, `parameters`, then the epilogue's. */
export function convInputGradient(options: {
  readonly spec: ConvSpec;
  readonly images: number;
  readonly epilogue: Epilogue;
  readonly tuning: ConvTuning;
}): Kernel {
  const { spec, images, epilogue, tuning } = options;
  const label = `${spec.kind} input gradient ${epilogue.label}`;
  const product: ConvProduct = { label, shape: convShape(spec), images, operand: "dy", source: "activations", bias: "none", epilogue };
  return productKernel(product, spec.kind === "conv" ? "spread" : "gather", tuning);
}

function productKernel(product: ConvProduct, direction: "gather" | "spread", { style }: ConvTuning): Kernel {
  if (style === "workgroup" && canTile(product)) return tiledKernel(product, direction);
  return direction === "gather" ? gatherKernel(product) : spreadKernel(product);
}

/** The kernels of one layer's update, to be run in this order, and the buffer between them. */
export interface ConvWeightGradient {
  /**
   * The first: `x` (or `images`, `order`), `dy`, `partials`. The others: `partials`, `parameters`, slots, `state`; `matrix` says by index in
   * `convMatrices(spec)` whose parameters and slots these are.
   */
  readonly kernels: readonly { readonly kernel: Kernel; readonly matrix: number }[];
  /** Of `partials`; free again when the last of these kernels has run. */
  readonly partialsBytes: number;
}

/** Gradient by weights and bias, and the update, in place. @param images exactly those of a step */
export function convWeightGradient(options: {
  readonly spec: ConvSpec;
  readonly images: number;
  readonly source: Exclude<OperandSource, "images">;
  readonly optimiser: OptimiserCode;
  readonly tuning: ConvTuning;
}): ConvWeightGradient {
  const { spec, images, source, optimiser, tuning } = options;
  checkSource(spec, source);
  const product: WeightProduct = { spec, images, source };
  const splits = weightSplits(product);
  const isTiled = tuning.style === "workgroup" && canTileWeights(product);
  const kernels = [
    { kernel: isTiled ? tiledWeightsKernel(product) : weightsKernel(product), matrix: 0 },
    { kernel: updateKernel(product, splits, optimiser, "weight"), matrix: 0 },
    ...(spec.kind === "transposed" ? [{ kernel: updateKernel(product, splits, optimiser, "bias"), matrix: 1 }] : []),
  ];
  return { kernels, partialsBytes: splits.bytes };
}

function checkSource({ kind, name, from }: ConvSpec, source: OperandSource): void {
  if (source === "activations" || (kind === "conv" && from.channels <= 4)) return;
  throw new RangeError(`${name}: a ${kind} of ${from.channels} channels reads no packed images; a conv of at most 4 does`);
}
