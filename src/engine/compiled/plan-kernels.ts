/**
 * One layer's kernels, whatever its kind, and the columns that their epilogues see.
 * What the passes share; no buffer is named here.
 */
import type { Network } from "../../model/network";
import { pixelCount } from "../../protocol/datasets";
import type { RunConfig } from "../../protocol/run-config";
import { padded, type Kernel } from "./kernel";
import { convForward, convInputGradient } from "./kernels/conv";
import { denseForward, denseInputGradient } from "./kernels/dense";
import type { Epilogue, EpilogueColumns } from "./kernels/epilogue";
import type { JudgedPixels } from "./kernels/epilogue-loss";
import type { OperandSource } from "./kernels/operand";
import type { PlanBuffers } from "./plan-buffers";
import type { PlanLayer, PlanLayers } from "./plan-layers";
import type { RowLayout } from "./plan";
import type { Tuning } from "./tuning-choice";

/** What the parts of a plan are made from. */
export interface PlanContext {
  readonly config: RunConfig;
  readonly network: Network;
  readonly layers: PlanLayers;
  readonly tuning: Tuning;
  readonly buffers: PlanBuffers;
}

/** @param rows images at most */
export function forwardKernel(layer: PlanLayer, rows: number, source: OperandSource, epilogue: Epilogue, tuning: Tuning): Kernel {
  const { conv, input, output } = layer;
  if (conv !== null) return convForward({ spec: conv, images: rows, source, epilogue, tuning });
  return denseForward({ rows, inputs: input.columns, units: output.columns, source, epilogue, tuning });
}

export function inputGradientKernel(layer: PlanLayer, rows: number, epilogue: Epilogue, tuning: Tuning): Kernel {
  const { conv, input, output } = layer;
  if (conv !== null) return convInputGradient({ spec: conv, images: rows, epilogue, tuning });
  return denseInputGradient({ rows, inputs: input.columns, units: output.columns, epilogue, tuning });
}

/** As an epilogue over a layer's output counts columns: those of one pixel after a convolution, else of the whole row. */
export function outputColumns({ conv, output }: PlanLayer): EpilogueColumns {
  return epilogueColumns(output, conv !== null);
}

/** As an epilogue over the gradient by a layer's input counts columns. */
export function inputColumns({ conv, input }: PlanLayer): EpilogueColumns {
  return epilogueColumns(input, conv !== null);
}

function epilogueColumns({ columns, group }: RowLayout, isImage: boolean): EpilogueColumns {
  return { columns: group, paddedColumns: isImage ? group.stride : columns };
}

/** The output layer's columns with what judges them. */
export function judgedPixels({ config, network, layers }: PlanContext): JudgedPixels {
  const output = layers.decoder.at(-1)!;
  const { reconstruction, sigma } = config;
  const rowsPerImage = output.conv === null ? 1 : pixelCount({ ...output.conv.to, channels: 1 });
  return { reconstruction, sigma, outputActivation: network.outputActivation, rowsPerImage, ...outputColumns(output) };
}

/** Loss partials of one image: one for each four columns of the output. */
export function lossPartials({ layers }: PlanContext): number {
  return layers.decoder.at(-1)!.output.columns / 4;
}

/**
 * How a KL comes about. `none`: an autoencoder has none. `drawn`: with the draw, summed over the batch at the step's end. `charged`: with
 * the draw, by latent dimension, summed before the gradients, as its penalty has a slope. `mistaken`: of an autoencoder's code.
 */
export function klSource({ config, network }: Pick<PlanContext, "config" | "network">): "none" | "drawn" | "charged" | "mistaken" {
  if (network.logVar === null) return config.mistake === "none" ? "none" : "mistaken";
  return config.klMode === "plain" ? "drawn" : "charged";
}

/** KL partials of one image: one for each four latent dimensions; 0 where there is none or each dimension is kept. */
export function klPartials(context: PlanContext): number {
  const source = klSource(context);
  return source === "drawn" || source === "mistaken" ? padded(context.network.latentDim) / 4 : 0;
}

/** Of one packed image: a byte for each pixel, to whole words. */
export function imageBytes({ pixels }: Network): number {
  return padded(pixels);
}
