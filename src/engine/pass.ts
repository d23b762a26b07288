/**
 * The whole network, forwards and backwards: images to posterior to code to pixels,
 * and the gradient of the objective by every parameter.
 *
 * Written out by hand rather than left to an autodiff tape: a third of the kernels, each operand where its product wants
 * it. Judged by central differences of the float64 twin. Callers wrap it in `tf.tidy`.
 */
import type { Network } from "../model/network";
import { activate } from "./activations";
import { headGradients, type Charge, type ChargeConfig } from "./charge";
import { joinBlocks } from "./parameters";
import { posteriorOf, sampleLatent, type Posterior } from "./posterior";
import { reconstructionGradient, type Decoded, type Likelihood } from "./reconstruction";
import { outputOf, stackBackward, stackForward, type LayerPass, type Model, type StackGradients } from "./stack";
import * as tf from "./tf";

/** What goes into a network, and what should come out. */
export interface Batch {
  /** What the encoder sees, `[batch, pixels]`. */
  readonly input: tf.Tensor2D;
  /** What the loss compares with, `[batch, pixels]`; the same tensor where nothing is spoilt. */
  readonly target: tf.Tensor2D;
  /** Labels one-hot, `[batch, classes]`; null where the network is told none. */
  readonly told: tf.Tensor2D | null;
}

export interface Encoded {
  readonly posterior: Posterior;
  readonly encoder: readonly LayerPass[];
  readonly mean: readonly LayerPass[];
  readonly logVar: readonly LayerPass[] | null;
}

/** @param x `[batch, pixels]` */
export function encode(model: Model, x: tf.Tensor2D, told: tf.Tensor2D | null): Encoded {
  const { network } = model;
  const encoder = stackForward(model, network.encoder, x, told);
  const h = outputOf(encoder, x);
  const mean = stackForward(model, [network.mean], h, told);
  const logVar = network.logVar && stackForward(model, [network.logVar], h, told);
  return { posterior: posteriorOf(outputOf(mean, h), logVar && outputOf(logVar, h)), encoder, mean, logVar };
}

/** Decoder and output; the logits are the last one's. @param z `[batch, latentDim]` */
export function decode(model: Model, z: tf.Tensor2D, told: tf.Tensor2D | null): LayerPass[] {
  const { network } = model;
  return stackForward(model, [...network.decoder, network.output], z, told);
}

/** @param x what should have come out, `[batch, pixels]` */
export function judged({ outputActivation }: Network, decoder: readonly LayerPass[], x: tf.Tensor2D): Decoded {
  const logits = outputOf(decoder, x);
  return { logits, reconstruction: activate(outputActivation, logits), x };
}

export interface Forward {
  readonly encoded: Encoded;
  /** `[batch, latentDim]` */
  readonly z: tf.Tensor2D;
  readonly decoder: readonly LayerPass[];
  readonly decoded: Decoded;
}

/** @param epsilon `[batch, latentDim]`; null decodes the mean */
export function forward(model: Model, { input, target, told }: Batch, epsilon: tf.Tensor2D | null): Forward {
  const encoded = encode(model, input, told);
  const z = sampleLatent(encoded.posterior, epsilon);
  const decoder = decode(model, z, told);
  return { encoded, z, decoder, decoded: judged(model.network, decoder, target) };
}

/**
 * The gradient of the objective, a mean over the batch, by every parameter.
 *
 * @param charge of the pass's posterior, `chargeOf`
 * @param beta weight of the penalty in this step
 * @returns as the model's parameters
 */
export function backward(
  config: Likelihood & ChargeConfig,
  { network, layout }: Pick<Model, "network" | "layout">,
  { encoded, z, decoder, decoded }: Forward,
  charge: Charge,
  beta: number,
): tf.Tensor1D[] {
  const { posterior, encoder, mean, logVar } = encoded;
  const dLogits = reconstructionGradient(config, network.outputActivation, decoded, 1 / z.shape[0]);
  const decoding = stackBackward(decoder, dLogits, true);
  const heads = headGradients(config, posterior, charge, z, decoding.input!, beta);

  // Nobody wants the gradient by the images: the last product is left out.
  const hasHidden = encoder.length > 0;
  const encoding: StackGradients[] = [stackBackward(mean, heads.mean, hasHidden)];
  if (logVar !== null) encoding.push(stackBackward(logVar, heads.logVar!, hasHidden));
  if (hasHidden) {
    const [byMean, byLogVar] = encoding.map(({ input }) => input!);
    encoding.push(stackBackward(encoder, byLogVar === undefined ? byMean! : tf.add(byMean!, byLogVar), false));
  }
  return joinBlocks(layout, new Map([decoding, ...encoding].flatMap(({ parameters }) => [...parameters])));
}
