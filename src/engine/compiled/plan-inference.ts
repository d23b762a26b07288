/**
 * The passes outside training: encode, decode, reconstruct, evaluate and judge up to
 * `pieceSize` images that the CPU has written to `piece images` (or codes to `piece z`).
 *
 * Buffers and dispatches of the encoder are shared by three of them.
 */
import { isBinarised, isCorrupted } from "../../model/corruption";
import { codeChargeKernel } from "./kernels/code-charge";
import { activationEpilogue, type Epilogue } from "./kernels/epilogue";
import { judgeEpilogue } from "./kernels/epilogue-loss";
import { imageSumsKernel } from "./kernels/image-sums";
import { sampleKernel, type SampleVariant } from "./kernels/sample";
import { PIECE_STATE_BYTES } from "./kernels/state";
import * as kernels from "./plan-kernels";
import type { PlanContext } from "./plan-kernels";
import { allLayers, type PlanLayer } from "./plan-layers";
import { parameterBindings } from "./plan-matrices";
import type { CompiledPlan, DispatchPlan } from "./plan";

interface Piece extends PlanContext {
  readonly pieceSize: number;
}

export type InferencePasses = Pick<CompiledPlan, "encode" | "decode" | "reconstruct" | "evaluate" | "judge">;

export function planInference(piece: Piece): InferencePasses {
  addBuffers(piece);
  const isDrawn = piece.network.logVar !== null;
  const code = isDrawn ? "piece z" : "piece heads";
  const spoilt = encoding(piece, "input");
  const judged = decoding(piece, code, "judged");
  return {
    encode: { dispatches: encoding(piece, "clean input") },
    decode: { dispatches: decoding(piece, "piece z", "pixels") },
    reconstruct: { dispatches: [...spoilt, ...sample(piece, "mean"), ...judged, imageSums(piece, false)] },
    evaluate: { dispatches: [...spoilt, ...sample(piece, "evaluation"), ...judged, imageSums(piece, true)] },
    judge: { dispatches: [...decoding(piece, "piece z", "judged"), imageSums(piece, false)] },
  };
}

/** Bytes that these passes take for each image of a piece: what `pieceSize` is chosen by. */
export function inferenceBytesPerImage(context: Pick<PlanContext, "config" | "layers">, imageBytes: number): number {
  const { config, layers } = context;
  const all = allLayers(layers);
  const pixels = layers.decoder.at(-1)!.output.columns;
  const floats = all.reduce((sum, { output, told, input }) => sum + output.columns + (told === null ? 0 : input.columns), 0);
  const drawn = (kernels.isInputDrawn(context) ? layers.image.columns : 0) + (isBinarised(config) ? pixels : 0);
  const partials = (pixels + layers.code.columns) / 4 + 2; // and their sums
  return imageBytes + 4 * (floats + layers.code.columns + drawn + partials);
}

function addBuffers(piece: Piece): void {
  const { pieceSize, config, network, layers, buffers } = piece;
  const { encoder, heads, code, decoder } = layers;
  const imageBytes = kernels.imageBytes(network);
  const rows = (name: string, columns: number, what = "") => buffers.addFloats(name, [pieceSize, columns], "inference", what);
  const numbers = (name: string, what: string) => buffers.add(name, 4 * pieceSize, "inference", `[${pieceSize}] u32, ${what}`);
  buffers.add("piece images", pieceSize * imageBytes, "inference", `[${pieceSize}][${imageBytes}] bytes`);
  if (network.classes > 0) numbers("piece labels", "classes");
  if (kernels.isInputDrawn(piece)) rows("piece input", layers.image.columns);
  if (isBinarised(config)) rows("piece targets", decoder.at(-1)!.output.columns);
  for (const { name, told, input } of allLayers(layers)) if (told !== null) rows(`piece ${name} told`, input.columns);
  for (const { name, output } of encoder) rows(`piece ${name} y`, output.columns);
  rows("piece heads", heads.output.columns);
  rows("piece z", code.columns);
  for (const { name, output } of decoder.slice(0, -1)) rows(`piece ${name} y`, output.columns);
  rows("piece pixels", decoder.at(-1)!.output.columns);
  rows("piece losses", kernels.lossPartials(piece), "partial sums");
  rows("piece image losses", 1);
  if (network.logVar !== null || isBinarised(config) || isCorrupted(config)) {
    buffers.add("piece state", PIECE_STATE_BYTES, "inference", "seed");
    numbers("piece places", "places in the held-out set");
  }
  if (kernels.klSource(piece) === "charged") rows("piece kl terms", code.columns);
  if (kernels.klPartials(piece) === 0) return;
  rows("piece kls", kernels.klPartials(piece), "partial sums");
  rows("piece image kls", 1);
}

/** `piece images` → `piece heads`. @param input spoilt where the config asks for it, or clean */
function encoding(piece: Piece, input: "input" | "clean input"): DispatchPlan[] {
  const { encoder, heads } = piece.layers;
  const isDrawn = kernels.isInputDrawn(piece);
  const outputs = [...encoder.map(({ name }) => `piece ${name} y`), "piece heads"];
  const first = isDrawn ? "piece input" : null;
  return [
    ...(isDrawn ? [draw(piece, input, "piece input")] : []),
    ...[...encoder, heads].flatMap((layer, i) => forward(piece, layer, outputs[i - 1] ?? first, outputs[i]!)),
  ];
}

function draw(piece: Piece, what: "input" | "clean input" | "targets", drawn: string): DispatchPlan {
  const kernel = kernels.drawKernel(piece, what, "held-out", piece.pieceSize);
  return piece.buffers.dispatch(`draw ${what}`, kernel, { images: "piece images", places: "piece places", state: "piece state", drawn });
}

/** @param ending the pixels judged beside the images, or no more than shown */
function decoding(piece: Piece, code: string, ending: "judged" | "pixels"): DispatchPlan[] {
  const { decoder } = piece.layers;
  const isBlackAndWhite = ending === "judged" && isBinarised(piece.config);
  const outputs = decoder.map(({ name }, i) => (i === decoder.length - 1 ? "piece pixels" : `piece ${name} y`));
  return [
    ...(isBlackAndWhite ? [draw(piece, "targets", "piece targets")] : []),
    ...decoder.flatMap((layer, i) => {
      const isJudged = ending === "judged" && i === decoder.length - 1;
      const epilogue = isJudged ? judgeEpilogue(kernels.judgedPixels(piece)) : undefined;
      return forward(piece, layer, outputs[i - 1] ?? code, outputs[i]!, epilogue);
    }),
  ];
}

/** The layer's product, and before it, of a layer that is told the label, the making of its input. @param input null reads the images */
function forward(piece: Piece, layer: PlanLayer, input: string | null, output: string, ending?: Epilogue): DispatchPlan[] {
  const { pieceSize, network, layers, buffers, tuning } = piece;
  const { name, told } = layer;
  const activation = layer === layers.decoder.at(-1) ? network.outputActivation : layer.activation;
  const epilogue = ending ?? activationEpilogue({ activation, ...kernels.outputColumns(layer) });
  const kernel = kernels.forwardKernel(layer, pieceSize, input === null ? "images" : "activations", epilogue, tuning);
  const names = { images: "piece images", targets: "piece targets", y: output, losses: "piece losses", ...parameterBindings(layer) };
  const x = told === null ? input : `piece ${name} told`;
  const product = buffers.dispatch(`${name} forward`, kernel, x === null ? names : { ...names, x });
  if (told === null || x === null || input === null) return [product];
  const telling = kernels.tellingKernel(layer, "held-out", pieceSize);
  return [buffers.dispatch(`${name} tell`, telling, { x: input, labels: "piece labels", told: x }), product];
}

/** None in an autoencoder, whose code is the mean itself, but for what a mistake calls its KL. */
function sample(piece: Piece, variant: SampleVariant): DispatchPlan[] {
  const { pieceSize, config, network, buffers } = piece;
  const { latentDim } = network;
  if (config.mistake !== "none" && variant === "evaluation") {
    const kernel = codeChargeKernel({ rows: pieceSize, latentDim, mistake: config.mistake });
    return [buffers.dispatch("charge", kernel, { heads: "piece heads", kls: "piece kls" })];
  }
  if (network.logVar === null) return [];
  const kernel = sampleKernel({ rows: pieceSize, latentDim, variant, byDimension: kernels.klSource(piece) === "charged" });
  const results = { z: "piece z", kls: "piece kls", klTerms: "piece kl terms" };
  return [buffers.dispatch("sample", kernel, { heads: "piece heads", state: "piece state", places: "piece places", ...results })];
}

function imageSums(piece: Piece, withKl: boolean): DispatchPlan {
  const kernel = imageSumsKernel({
    images: piece.pieceSize,
    lossPartials: kernels.lossPartials(piece),
    klPartials: withKl ? kernels.klPartials(piece) : 0,
  });
  return piece.buffers.dispatch("sum images", kernel, {
    losses: "piece losses",
    imageLosses: "piece image losses",
    kls: "piece kls",
    imageKls: "piece image kls",
  });
}
