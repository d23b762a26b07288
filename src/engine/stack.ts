/**
 * Layers one after another, forwards and backwards: what every family of models is
 * made of, whatever stands at its ends.
 *
 * A layer that is told a label (`DenseSpec.classes`) takes it one-hot, `told`. Callers wrap all of it in `tf.tidy`.
 */
import type { LayerSpec, Network } from "../model/network";
import { activationGradient } from "./activations";
import { onesRow } from "./constants";
import { convForward, convGradients, convInputGradient, type ConvPass } from "./conv";
import { denseForward, denseGradients, denseInputGradient, type DensePass } from "./dense";
import { layerParameters, type Blocks, type Layout } from "./parameters";
import * as tf from "./tf";

/** A network with its parameters of the moment. */
export interface Model {
  readonly network: Network;
  readonly layout: Layout;
  readonly parameters: Blocks;
}

export type LayerPass = DensePass | ConvPass;

/**
 * @param x `[batch, inputs]` of the first layer, without its label
 * @param told one-hot labels, `[batch, classes]`; null where no layer is told any
 * @returns one for each layer; what comes out is the last one's `y`
 */
export function stackForward(
  { parameters, layout }: Pick<Model, "parameters" | "layout">,
  layers: readonly LayerSpec[],
  x: tf.Tensor2D,
  told: tf.Tensor2D | null = null,
): LayerPass[] {
  const passes: LayerPass[] = [];
  for (const layer of layers) {
    const own = layerParameters(layout, parameters, layer);
    const input = passes.at(-1)?.y ?? x;
    passes.push(layer.kind === "dense" ? denseForward(layer, own, input, told) : convForward(layer, own, input));
  }
  return passes;
}

/** What comes out of layers; x itself where there are none. */
export function outputOf(passes: readonly LayerPass[], x: tf.Tensor2D): tf.Tensor2D {
  return passes.at(-1)?.y ?? x;
}

export interface StackGradients {
  /** By parameter name. */
  readonly parameters: ReadonlyMap<string, tf.Tensor>;
  /** By what went in, `[batch, inputs]` without the label; null where nobody wants it, for that is a product less. */
  readonly input: tf.Tensor2D | null;
}

/** @param dy gradient by what came out, `[batch, units]`; freed, as is every gradient between two layers */
export function stackBackward(passes: readonly LayerPass[], dy: tf.Tensor2D, wantsInput: boolean): StackGradients {
  const parameters = new Map<string, tf.Tensor>();
  let input: tf.Tensor2D | null = dy;
  for (let i = passes.length - 1; i >= 0; i--) {
    const pass = passes[i]!;
    const gradients: LayerGradients = layerGradients(pass, input!, i > 0 || wantsInput);
    parameters.set(`${pass.layer.name}.weight`, gradients.weight);
    parameters.set(`${pass.layer.name}.bias`, gradients.bias);
    input = gradients.input;
  }
  return { parameters, input };
}

/** As `stackBackward`'s `input`, of layers whose own parameters stay as they are. @param dy freed */
export function stackInputGradient(passes: readonly LayerPass[], dy: tf.Tensor2D): tf.Tensor2D {
  return passes.toReversed().reduce((dOutput, pass) => {
    const dInput = tf.tidy(() => {
      const sum = activationGradient(pass.layer.activation, pass.y, dOutput);
      return isConvPass(pass) ? convInputGradient(pass, { sum }) : denseInputGradient(pass, { sum });
    });
    dOutput.dispose();
    return dInput;
  }, dy);
}

function isConvPass(pass: LayerPass): pass is ConvPass {
  return pass.layer.kind !== "dense";
}

interface LayerGradients {
  readonly weight: tf.Tensor;
  readonly bias: tf.Tensor;
  readonly input: tf.Tensor2D | null;
}

/** What they are made of is freed at once, and `dy`, which nobody needs any more. @param dy by the layer's output, `[batch, units]` */
function layerGradients(pass: LayerPass, dy: tf.Tensor2D, wantsInput: boolean): LayerGradients {
  const [weight, bias, input] = tf.tidy((): tf.Tensor[] => {
    if (isConvPass(pass)) {
      const gradients = convGradients(pass, dy);
      return [gradients.weight, gradients.bias, ...(wantsInput ? [convInputGradient(pass, gradients)] : [])];
    }
    const gradients = denseGradients(pass, dy, onesRow(dy.shape[0]));
    return [gradients.weight, gradients.bias, ...(wantsInput ? [denseInputGradient(pass, gradients)] : [])];
  });
  dy.dispose();
  return { weight: weight!, bias: bias!, input: (input ?? null) as tf.Tensor2D | null };
}
