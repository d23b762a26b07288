/**
 * One optimiser step as a list of dispatches: this step's scalars and order, forwards,
 * backwards with each update right behind its gradient, and the books.
 *
 * The gradient by a layer's input is taken before the layer's update, which happens in place.
 */
import { isBinarised } from "../../model/corruption";
import { SLOT_NAMES } from "../optimiser-constants";
import { beginKernel } from "./kernels/begin";
import { convWeightGradient } from "./kernels/conv";
import { denseWeightGradient } from "./kernels/dense";
import { chargeFloats, chargeKernel } from "./kernels/charge";
import { codeChargeKernel } from "./kernels/code-charge";
import { activationEpilogue, inputGradientEpilogue, type Epilogue } from "./kernels/epilogue";
import { lossEpilogue } from "./kernels/epilogue-loss";
import { posteriorGradientEpilogue } from "./kernels/epilogue-posterior";
import { finishKernel } from "./kernels/finish";
import { optimiserCode } from "./kernels/optimiser";
import { sampleKernel } from "./kernels/sample";
import * as kernels from "./plan-kernels";
import type { PlanContext } from "./plan-kernels";
import { allLayers, type PlanLayer } from "./plan-layers";
import { matricesOf, parameterBindings, updateBindings } from "./plan-matrices";
import type { DispatchPlan, PassPlan } from "./plan";

/** What a layer reads in a step. */
type Below = "images" | "code" | PlanLayer;

/** Buffers by the names of a kernel's bindings. */
type Bindings = Readonly<Record<string, string>>;

interface Step extends PlanContext {
  /** Buffer of the code: `z`, or in an autoencoder the heads' own. */
  readonly code: string;
  /** Of images as floats for the encoder; null where it reads their bytes. */
  readonly input: string | null;
}

export function planTraining(context: PlanContext): PassPlan {
  const { layers, network } = context;
  const step: Step = { ...context, code: network.logVar === null ? "heads y" : "z", input: kernels.isInputDrawn(context) ? "input" : null };
  const encoding = withBelow([...layers.encoder, layers.heads], "images");
  const decoding = withBelow(layers.decoder, "code");
  addBuffers(context);
  return {
    dispatches: [
      begin(step),
      ...drawnImages(step),
      ...encoding.flatMap(([layer, below]) => forward(step, layer, below)),
      ...codes(step),
      ...decoding.flatMap(([layer, below]) => forward(step, layer, below)),
      ...[...encoding, ...decoding].toReversed().flatMap(([layer, below]) => backward(step, layer, below)),
      finish(step),
    ],
  };
}

function withBelow(stack: readonly PlanLayer[], first: "images" | "code"): [PlanLayer, Below][] {
  return stack.map((layer, i) => [layer, stack[i - 1] ?? first]);
}

/** In the order in which a step fills them. */
function addBuffers(context: PlanContext): void {
  const { config, layers, buffers } = context;
  const { encoder, heads, code, decoder } = layers;
  const { batchSize } = config;
  const rows = ({ name, output }: PlanLayer, what: string) => buffers.addFloats(`${name} ${what}`, [batchSize, output.columns], "step");
  buffers.add("order", 4 * batchSize, "step", `[${batchSize}] u32, images of the batch`);
  if (kernels.isInputDrawn(context)) buffers.addFloats("input", [batchSize, layers.image.columns], "step");
  if (isBinarised(config)) buffers.addFloats("targets", [batchSize, decoder.at(-1)!.output.columns], "step");
  for (const { name, told, input } of allLayers(layers)) {
    if (told !== null) buffers.addFloats(`${name} told`, [batchSize, input.columns], "step");
  }
  for (const layer of [...encoder, heads]) rows(layer, "y");
  const partials = kernels.klPartials(context);
  if (context.network.logVar !== null) buffers.addFloats("z", [batchSize, code.columns], "step");
  if (partials > 0) buffers.addFloats("kls", [batchSize, partials], "step", "partial sums");
  if (kernels.klSource(context) === "charged") {
    buffers.addFloats("kl terms", [batchSize, code.columns], "step");
    buffers.addFloats("charge", [chargeFloats(config.latentDim)], "step", "KL, penalty, and from the fifth on its slopes");
  }
  for (const layer of decoder.slice(0, -1)) rows(layer, "y");
  buffers.addFloats("losses", [batchSize, kernels.lossPartials(context)], "step", "partial sums");
  for (const layer of [...encoder, heads, ...decoder].toReversed()) rows(layer, "dy");
}

function begin({ config, buffers }: Step): DispatchPlan {
  return buffers.dispatch("begin", beginKernel(config), { state: "state", order: "order" });
}

/** What the encoder reads and what the loss compares with, where those are not the images' bytes. */
function drawnImages(step: Step): DispatchPlan[] {
  const { config, buffers, input } = step;
  const draw = (what: "input" | "targets") =>
    buffers.dispatch(`draw ${what}`, kernels.drawKernel(step, what, "training", config.batchSize), {
      images: "images",
      order: "order",
      state: "state",
      drawn: what,
    });
  return [...(input === null ? [] : [draw("input")]), ...(isBinarised(config) ? [draw("targets")] : [])];
}

/** The layer's product, and before it, of a layer that is told the label, the making of its input. */
function forward(step: Step, layer: PlanLayer, below: Below): DispatchPlan[] {
  const { config, layers, buffers, tuning } = step;
  const isOutput = layer === layers.decoder.at(-1);
  const epilogue = isOutput
    ? lossEpilogue({ batch: config.batchSize, ...kernels.judgedPixels(step) })
    : activationEpilogue({ activation: layer.activation, ...kernels.outputColumns(layer) });
  const kernel = kernels.forwardKernel(layer, config.batchSize, sourceOf(step, below), epilogue, tuning);
  const results: Bindings = isOutput ? { dy: `${layer.name} dy`, losses: "losses" } : { y: `${layer.name} y` };
  const names = { ...inputBindings(step, layer, below), ...parameterBindings(layer), ...results };
  const product = buffers.dispatch(`${layer.name} forward`, kernel, names);
  if (layer.told === null) return [product];
  const telling = { x: bufferBelow(step, below), labels: "labels", order: "order", told: `${layer.name} told` };
  return [buffers.dispatch(`${layer.name} tell`, kernels.tellingKernel(layer, "training", config.batchSize), telling), product];
}

/** The draw, and what it costs. None in an autoencoder, whose code is the mean itself, unless it is taught a mistake. */
function codes(step: Step): DispatchPlan[] {
  const { config, network, buffers } = step;
  const { latentDim } = network;
  const source = kernels.klSource(step);
  if (config.mistake !== "none") {
    const kernel = codeChargeKernel({ rows: config.batchSize, latentDim, mistake: config.mistake });
    return [buffers.dispatch("charge", kernel, { heads: "heads y", kls: "kls" })];
  }
  if (source === "none") return [];
  const byDimension = source === "charged";
  const kernel = sampleKernel({ rows: config.batchSize, latentDim, variant: "training", byDimension });
  const drawn = buffers.dispatch("sample", kernel, { heads: "heads y", state: "state", z: "z", kls: "kls", klTerms: "kl terms" });
  if (!byDimension) return [drawn];
  return [drawn, buffers.dispatch("charge", chargeKernel(config), { klTerms: "kl terms", state: "state", charge: "charge" })];
}

function backward(step: Step, layer: PlanLayer, below: Below): DispatchPlan[] {
  const update = layer.conv === null ? [denseUpdate(step, layer, below)] : convUpdate(step, layer, below);
  // Nobody needs the gradient by the images.
  return below === "images" ? update : [inputGradient(step, layer, below), ...update];
}

function inputGradient(step: Step, layer: PlanLayer, below: PlanLayer | "code"): DispatchPlan {
  const { config, buffers, tuning, code } = step;
  const kernel = kernels.inputGradientKernel(layer, config.batchSize, inputEpilogue(step, layer, below), tuning);
  const results: Bindings =
    below === "code"
      ? { heads: "heads y", z: code, state: "state", charge: "charge", dheads: "heads dy", y: "heads y", dyBelow: "heads dy" }
      : { state: "state", y: `${below.name} y`, dyBelow: `${below.name} dy` };
  return buffers.dispatch(`${layer.name} input gradient`, kernel, { dy: `${layer.name} dy`, ...parameterBindings(layer), ...results });
}

function inputEpilogue(step: Step, layer: PlanLayer, below: PlanLayer | "code"): Epilogue {
  const { config, network, layers } = step;
  const { latentDim } = network;
  if (below === "code" && network.logVar !== null) {
    return posteriorGradientEpilogue({ latentDim, activation: config.headActivation, charged: kernels.klSource(step) === "charged" });
  }
  // Of a detached KL the objective knows, and its gradient does not.
  const klShare = below === "code" && config.mistake === "code-mean" ? 1 / latentDim : 0;
  const { activation } = below === "code" ? layers.heads : below;
  return inputGradientEpilogue({ activation, klShare, ...kernels.inputColumns(layer) });
}

function denseUpdate(step: Step, layer: PlanLayer, below: Below): DispatchPlan {
  const { config, buffers, tuning } = step;
  const kernel = denseWeightGradient({
    rows: config.batchSize,
    inputs: layer.input.columns,
    units: layer.output.columns,
    source: sourceOf(step, below),
    optimiser: optimiserCode(config),
    tuning,
  });
  const [matrix] = matricesOf(layer);
  return buffers.dispatch(`${layer.name} update`, kernel, {
    ...inputBindings(step, layer, below),
    ...updateBindings(matrix!, SLOT_NAMES[config.optimiser]),
    dy: `${layer.name} dy`,
    state: "state",
  });
}

/** Split sums over a large image first, then their totals. */
function convUpdate(step: Step, layer: PlanLayer, below: Below): DispatchPlan[] {
  const { config, buffers, tuning } = step;
  const { kernels: parts, partialsBytes } = convWeightGradient({
    spec: layer.conv!,
    images: config.batchSize,
    source: sourceOf(step, below),
    optimiser: optimiserCode(config),
    tuning,
  });
  const partials = buffers.share("partials", partialsBytes, "step", "sums of a convolution's gradient, of one layer after the other");
  const matrices = matricesOf(layer);
  return parts.map(({ kernel, matrix }, i) =>
    buffers.dispatch(i === 0 ? `${layer.name} gradient` : `${matrices[matrix]!.name} update`, kernel, {
      ...inputBindings(step, layer, below),
      ...updateBindings(matrices[matrix]!, SLOT_NAMES[config.optimiser]),
      dy: `${layer.name} dy`,
      state: "state",
      partials,
    }),
  );
}

function finish(step: Step): DispatchPlan {
  const { config, buffers } = step;
  const { batchSize } = config;
  const kernel = finishKernel({
    batch: batchSize,
    lossPartials: batchSize * kernels.lossPartials(step),
    klPartials: batchSize * kernels.klPartials(step),
    charged: kernels.klSource(step) === "charged",
  });
  return buffers.dispatch("finish", kernel, { losses: "losses", kls: "kls", charge: "charge", state: "state", metrics: "metrics" });
}

function sourceOf({ input }: Step, below: Below): "gathered" | "activations" {
  return below === "images" && input === null ? "gathered" : "activations";
}

/** @throws RangeError for images that are read as bytes */
function bufferBelow({ code, input }: Step, below: Below): string {
  const buffer = below === "images" ? input : below === "code" ? code : `${below.name} y`;
  if (buffer === null) throw new RangeError("bufferBelow: the images are no floats here");
  return buffer;
}

/** The buffers that a layer's input is read from, by the names of a product's bindings. */
function inputBindings(step: Step, { name, told }: PlanLayer, below: Below): Bindings {
  const judgedBy = { images: "images", order: "order", targets: "targets" }; // the output layer's; the first layer may read images too
  if (told !== null) return { ...judgedBy, x: `${name} told` };
  return sourceOf(step, below) === "gathered" ? judgedBy : { ...judgedBy, x: bufferBelow(step, below) };
}
