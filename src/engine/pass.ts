/**
 * The whole network, forwards and backwards: images to posterior to code to pixels,
 * and the gradient of the objective by every parameter.
 *
 * Written out by hand rather than left to an autodiff tape: a third of the kernels, each operand where its product wants
 * it. Judged by central differences of the float64 twin. Callers wrap it in `tf.tidy`.
 */
import type { LayerSpec, Network } from "../model/network";
import type { RunConfig } from "../protocol/run-config";
import { activate } from "./activations";
import { onesRow } from "./constants";
import { convForward, convGradients, convInputGradient, type ConvPass } from "./conv";
import { denseForward, denseGradients, denseInputGradient, type DensePass } from "./dense";
import { joinBlocks, layerParameters, type Blocks, type Layout } from "./parameters";
import { posteriorGradients, posteriorOf, sampleLatent, type Posterior } from "./posterior";
import { reconstructionGradient, type Decoded } from "./reconstruction";
import * as tf from "./tf";

/** A network with its parameters of the moment. */
export interface Model {
  readonly network: Network;
  readonly layout: Layout;
  readonly parameters: Blocks;
}

type LayerPass = DensePass | ConvPass;

export interface Encoded {
  readonly posterior: Posterior;
  readonly encoder: readonly LayerPass[];
  readonly mean: LayerPass;
  readonly logVar: LayerPass | null;
}

/** @param x `[batch, pixels]`, in [0, 1] */
export function encode(model: Model, x: tf.Tensor2D): Encoded {
  const { network } = model;
  const encoder = throughStack(model, network.encoder, x);
  const h = encoder.at(-1)?.y ?? x;
  const mean = through(model, network.mean, h);
  const logVar = network.logVar === null ? null : through(model, network.logVar, h);
  return { posterior: posteriorOf(mean.y, logVar?.y ?? null), encoder, mean, logVar };
}

export interface DecoderPass {
  readonly decoder: readonly LayerPass[];
  readonly output: LayerPass;
}

/** @param z `[batch, latentDim]`. Logits are `output.y`. */
export function decode(model: Model, z: tf.Tensor2D): DecoderPass {
  const { network } = model;
  const decoder = throughStack(model, network.decoder, z);
  return { decoder, output: through(model, network.output, decoder.at(-1)?.y ?? z) };
}

export function judged(network: Network, { output }: DecoderPass, x: tf.Tensor2D): Decoded {
  return { logits: output.y, reconstruction: activate(network.outputActivation, output.y), x };
}

function through({ parameters, layout }: Model, layer: LayerSpec, x: tf.Tensor2D): LayerPass {
  const own = layerParameters(layout, parameters, layer);
  return layer.kind === "dense" ? denseForward(layer, own, x) : convForward(layer, own, x);
}

function throughStack(model: Model, layers: readonly LayerSpec[], x: tf.Tensor2D): LayerPass[] {
  const passes: LayerPass[] = [];
  for (const layer of layers) passes.push(through(model, layer, passes.at(-1)?.y ?? x));
  return passes;
}

function isConvPass(pass: LayerPass): pass is ConvPass {
  return pass.layer.kind !== "dense";
}

interface LayerGradients {
  readonly weight: tf.Tensor;
  readonly bias: tf.Tensor;
  /** By the layer's input, `[batch, inputs]`; null where nobody wants it. */
  readonly input: tf.Tensor2D | null;
}

/**
 * What they are made of is freed at once, and `dy`, which nobody needs any more.
 *
 * @param dy by the layer's output, `[batch, units]`
 * @param ones `[1, batch]`
 */
function layerGradients(pass: LayerPass, dy: tf.Tensor2D, ones: tf.Tensor2D, wantsInput: boolean): LayerGradients {
  const [weight, bias, input] = tf.tidy((): tf.Tensor[] => {
    if (isConvPass(pass)) {
      const gradients = convGradients(pass, dy);
      return [gradients.weight, gradients.bias, ...(wantsInput ? [convInputGradient(pass, gradients)] : [])];
    }
    const gradients = denseGradients(pass, dy, ones);
    return [gradients.weight, gradients.bias, ...(wantsInput ? [denseInputGradient(pass, gradients)] : [])];
  });
  dy.dispose();
  return { weight: weight!, bias: bias!, input: (input ?? null) as tf.Tensor2D | null };
}

export interface Forward {
  readonly encoded: Encoded;
  /** `[batch, latentDim]` */
  readonly z: tf.Tensor2D;
  readonly decoderPass: DecoderPass;
  readonly decoded: Decoded;
}

/** @param epsilon `[batch, latentDim]`; null decodes the mean */
export function forward(model: Model, x: tf.Tensor2D, epsilon: tf.Tensor2D | null): Forward {
  const encoded = encode(model, x);
  const z = sampleLatent(encoded.posterior, epsilon);
  const decoderPass = decode(model, z);
  return { encoded, z, decoderPass, decoded: judged(model.network, decoderPass, x) };
}

/**
 * The gradient of the objective, a mean over the batch, by every parameter.
 *
 * @param beta weight of the KL term; plays no part in an autoencoder
 * @returns as the model's parameters
 */
export function backward(
  { reconstruction }: Pick<RunConfig, "reconstruction">,
  { network, layout }: Pick<Model, "network" | "layout">,
  { encoded, z, decoderPass, decoded }: Forward,
  beta: number,
): tf.Tensor1D[] {
  const batch = z.shape[0];
  const ones = onesRow(batch);
  const gradients = new Map<string, tf.Tensor>();
  const back = (pass: LayerPass, dy: tf.Tensor2D, wantsInput = true) => {
    const { weight, bias, input } = layerGradients(pass, dy, ones, wantsInput);
    gradients.set(`${pass.layer.name}.weight`, weight);
    gradients.set(`${pass.layer.name}.bias`, bias);
    return input!;
  };

  let dy = reconstructionGradient(reconstruction, network.outputActivation, decoded, 1 / batch);
  for (const pass of [decoderPass.output, ...decoderPass.decoder.toReversed()]) dy = back(pass, dy);
  const heads = posteriorGradients(encoded.posterior, z, dy, tf.scalar(beta / batch));

  // Nobody wants the gradient by the images: the last product is left out.
  const hasHidden = encoded.encoder.length > 0;
  dy = back(encoded.mean, heads.mean, hasHidden);
  if (encoded.logVar !== null && heads.logVar !== null) {
    const byLogVar = back(encoded.logVar, heads.logVar, hasHidden);
    if (hasHidden) dy = tf.add(dy, byLogVar);
  }
  encoded.encoder.toReversed().forEach((pass, i) => (dy = back(pass, dy, i + 1 < encoded.encoder.length)));

  return joinBlocks(layout, gradients);
}
