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

export interface Encoded {
  readonly posterior: Posterior;
  readonly encoder: readonly DensePass[];
  readonly mean: DensePass;
  readonly logVar: DensePass | null;
}

/** @param x `[batch, pixels]`, in [0, 1] */
export function encode(model: Model, x: tf.Tensor2D): Encoded {
  const { network } = model;
  const encoder = denseStack(model, network.encoder, x);
  const h = encoder.at(-1)?.y ?? x;
  const mean = dense(model, network.mean, h);
  const logVar = network.logVar === null ? null : dense(model, network.logVar, h);
  return { posterior: posteriorOf(mean.y, logVar?.y ?? null), encoder, mean, logVar };
}

export interface DecoderPass {
  readonly decoder: readonly DensePass[];
  readonly output: DensePass;
}

/** @param z `[batch, latentDim]`. Logits are `output.y`. */
export function decode(model: Model, z: tf.Tensor2D): DecoderPass {
  const { network } = model;
  const decoder = denseStack(model, network.decoder, z);
  return { decoder, output: dense(model, network.output, decoder.at(-1)?.y ?? z) };
}

export function judged(network: Network, { output }: DecoderPass, x: tf.Tensor2D): Decoded {
  return { logits: output.y, reconstruction: activate(network.outputActivation, output.y), x };
}

function dense({ parameters, layout }: Model, layer: LayerSpec, x: tf.Tensor2D): DensePass {
  return denseForward(layer, layerParameters(layout, parameters, layer), x);
}

function denseStack(model: Model, layers: readonly LayerSpec[], x: tf.Tensor2D): DensePass[] {
  const passes: DensePass[] = [];
  for (const layer of layers) passes.push(dense(model, layer, passes.at(-1)?.y ?? x));
  return passes;
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
  const through = (pass: DensePass, dy: tf.Tensor2D) => {
    const byParameters = denseGradients(pass, dy, ones);
    gradients.set(`${pass.layer.name}.weight`, byParameters.weight);
    gradients.set(`${pass.layer.name}.bias`, byParameters.bias);
    return () => denseInputGradient(pass, byParameters);
  };

  const dLogits = reconstructionGradient(reconstruction, network.outputActivation, decoded, 1 / batch);
  let inputGradient = through(decoderPass.output, dLogits);
  for (const pass of decoderPass.decoder.toReversed()) inputGradient = through(pass, inputGradient());
  const heads = posteriorGradients(encoded.posterior, z, inputGradient(), tf.scalar(beta / batch));

  const byMean = through(encoded.mean, heads.mean);
  const byLogVar = encoded.logVar === null || heads.logVar === null ? null : through(encoded.logVar, heads.logVar);
  inputGradient = () => (byLogVar === null ? byMean() : tf.add(byMean(), byLogVar()));
  // Nobody needs the gradient by the images: the last product is never asked for.
  for (const pass of encoded.encoder.toReversed()) inputGradient = through(pass, inputGradient());

  return joinBlocks(layout, gradients);
}
