/**
 * One layer's kernels, whatever its kind, and the columns that their epilogues see.
 * What the passes share; no buffer is named here.
 */
import { isBinarised, isCorrupted } from "../../model/corruption";
import type { Network } from "../../model/network";
import { pixelCount } from "../../protocol/datasets";
import type { RunConfig } from "../../protocol/run-config";
import { padded, type Kernel } from "./kernel";
import { convForward, convInputGradient } from "./kernels/conv";
import { denseForward, denseInputGradient } from "./kernels/dense";
import { drawImagesKernel, type DrawnImages } from "./kernels/draw-images";
import type { Epilogue, EpilogueColumns } from "./kernels/epilogue";
import type { JudgedPixels } from "./kernels/epilogue-loss";
import type { OperandSource } from "./kernels/operand";
import { tellKernel } from "./kernels/tell";
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
  const { conv, output } = layer;
  if (conv !== null) return convInputGradient({ spec: conv, images: rows, epilogue, tuning });
  return denseInputGradient({ rows, inputs: ownInput(layer).columns, units: output.columns, epilogue, tuning });
}

/** As an epilogue over a layer's output counts columns: those of one pixel after a convolution, else of the whole row. */
export function outputColumns({ conv, output }: PlanLayer): EpilogueColumns {
  return epilogueColumns(output, conv !== null);
}

/** As an epilogue over the gradient by a layer's input counts columns. */
export function inputColumns(layer: PlanLayer): EpilogueColumns {
  return epilogueColumns(ownInput(layer), layer.conv !== null);
}

/** Without the label, whose gradient nobody needs. */
function ownInput({ input, told }: PlanLayer): RowLayout {
  return told?.from ?? input;
}

function epilogueColumns({ columns, group }: RowLayout, isImage: boolean): EpilogueColumns {
  return { columns: group, paddedColumns: isImage ? group.stride : columns };
}

/** The output layer's columns with what judges them. */
export function judgedPixels({ config, network, layers }: PlanContext): JudgedPixels {
  const output = layers.decoder.at(-1)!;
  const { reconstruction, sigma } = config;
  const rowsPerImage = output.conv === null ? 1 : pixelCount({ ...output.conv.to, channels: 1 });
  const target = isBinarised(config) ? "drawn" : "images";
  return { reconstruction, sigma, outputActivation: network.outputActivation, rowsPerImage, target, ...outputColumns(output) };
}

/** Whether the encoder reads floats that were made for it, rather than the bytes of the images. */
export function isInputDrawn({ config, layers }: Pick<PlanContext, "config" | "layers">): boolean {
  const isTold = (layers.encoder[0] ?? layers.heads).told !== null;
  return isBinarised(config) || isCorrupted(config) || isTold;
}

/** The kernel of a batch or a piece of images as floats, `what` for. */
export function drawKernel(
  { config, network, layers }: PlanContext,
  what: "input" | "clean input" | "targets",
  pass: DrawnImages["pass"],
  rows: number,
): Kernel {
  const layout = what === "targets" ? layers.decoder.at(-1)!.output : layers.image;
  return drawImagesKernel({ config, rows, pixels: network.pixels, layout, pass, spoilt: what === "input" });
}

/** The kernel that puts the label behind a layer's input. @throws RangeError for a layer that is told none */
export function tellingKernel({ name, told }: PlanLayer, pass: "training" | "held-out", rows: number): Kernel {
  if (told === null) throw new RangeError(`tellingKernel: ${name} is told nothing`);
  const { from, count, classes } = told;
  return tellKernel({ rows, layout: from, count, classes, pass });
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
