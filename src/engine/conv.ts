/**
 * A convolution or a transposed one, forwards and backwards: `y = activation(conv(x, W) + b)`.
 *
 * Both relate a large image to a small one through the same kernel (`ConvSpec`), so that three products make all of it:
 * large to small, small to large, and the gradient by the kernel from both.
 *
 * Source: Dumoulin & Visin 2016, arXiv:1603.07285, chapters 2 and 4.
 */
import { LEAKY_SLOPE } from "../model/forward";
import type { ConvSpec } from "../model/network";
import type { ImageShape } from "../protocol/datasets";
import { activate, activationGradient, FUSED_ACTIVATION } from "./activations";
import { onesRow } from "./constants";
import { channelSums, enlargeByPhases, kernelGradientByDilation } from "./conv-wasm";
import type { LayerParameters } from "./parameters";
import { columnSums } from "./products";
import * as tf from "./tf";

/** What the backward pass needs of a layer's forward pass. */
export interface ConvPass {
  readonly layer: ConvSpec;
  /** `[kernel, kernel, large channels, small channels]` */
  readonly weight: tf.Tensor4D;
  /** `[batch, inputs]` */
  readonly x: tf.Tensor2D;
  /** `[batch, units]` */
  readonly y: tf.Tensor2D;
}

export function convForward(layer: ConvSpec, parameters: LayerParameters, x: tf.Tensor2D): ConvPass {
  const weight = parameters.weight as tf.Tensor4D;
  const images = asImages(x, layer.from);
  const y = tf.tidy(() =>
    layer.kind === "conv" ? shrunk(layer, images, weight, parameters.bias) : enlarged(layer, images, weight, parameters.bias),
  );
  return { layer, weight, x, y: tf.reshape(y, [x.shape[0], layer.units]) };
}

/** `activation(conv(images, W) + b)` */
function shrunk({ activation, stride }: ConvSpec, images: tf.Tensor4D, weight: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor4D {
  const fusedActivation = FUSED_ACTIVATION[activation];
  const y = tf.fused.conv2d({
    x: images,
    filter: weight,
    strides: stride,
    pad: "same",
    bias,
    activation: fusedActivation ?? "linear",
    leakyreluAlpha: LEAKY_SLOPE,
  });
  return fusedActivation === undefined ? activate(activation, y) : y;
}

/** `activation(transposed conv(images, W) + b)` */
function enlarged(layer: ConvSpec, images: tf.Tensor4D, weight: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor4D {
  return activate(layer.activation, tf.add<tf.Tensor4D>(enlarge(layer, images, weight), bias));
}

export interface ConvGradients {
  readonly weight: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
  /** By the layer's input before bias and activation, `[batch, units]`. */
  readonly sum: tf.Tensor2D;
}

/**
 * Gradients by the layer's parameters.
 *
 * @param dy by y, `[batch, units]`
 */
export function convGradients({ layer, x, y }: ConvPass, dy: tf.Tensor2D): ConvGradients {
  const { kind, from, to } = layer;
  const sum = activationGradient(layer.activation, y, dy);
  const [before, after] = [asImages(x, from), asImages(sum, to)];
  const weight = kind === "conv" ? kernelGradient(layer, before, after) : kernelGradient(layer, after, before);
  return { weight, bias: biasGradient(after), sum };
}

/** The gradient by the layer's input x, `[batch, inputs]`. */
export function convInputGradient({ layer, weight }: ConvPass, { sum }: Pick<ConvGradients, "sum">): tf.Tensor2D {
  const dy = asImages(sum, layer.to);
  const dx = layer.kind === "conv" ? enlarge(layer, dy, weight) : tf.conv2d(dy, weight, layer.stride, "same");
  return tf.reshape(dx, [sum.shape[0], layer.inputs]);
}

/** Small images to large ones: each pixel adds its multiple of the kernel. */
function enlarge(layer: ConvSpec, small: tf.Tensor4D, weight: tf.Tensor4D): tf.Tensor4D {
  if (tf.getBackend() === "wasm") return enlargeByPhases(layer, small, weight);
  const { height, width, channels } = layer.kind === "conv" ? layer.from : layer.to;
  return tf.conv2dTranspose(small, weight, [small.shape[0], height, width, channels], layer.stride, "same");
}

/** `Σ large[pixel under tap (i, j)] · small[pixel]ᵀ`, shaped as the layer's weight. */
function kernelGradient(layer: ConvSpec, large: tf.Tensor4D, small: tf.Tensor4D): tf.Tensor4D {
  if (tf.getBackend() === "wasm") return kernelGradientByDilation(layer, large, small);
  const { kernel, stride } = layer;
  const filterShape = [kernel, kernel, large.shape[3], small.shape[3]];
  const attributes = { strides: stride, pad: "same", dataFormat: "NHWC", filterShape };
  return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x: large, dy: small }, attributes);
}

/** Sums over images and pixels. */
function biasGradient(images: tf.Tensor4D): tf.Tensor1D {
  if (tf.getBackend() === "wasm") return channelSums(images);
  const [batch, height, width, channels] = images.shape;
  const pixels = batch * height * width;
  return columnSums(tf.reshape(images, [pixels, channels]), onesRow(pixels));
}

function asImages(rows: tf.Tensor2D, { height, width, channels }: ImageShape): tf.Tensor4D {
  return tf.reshape(rows, [rows.shape[0], height, width, channels]);
}
