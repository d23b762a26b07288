/**
 * What the WASM backend does slowly (the product from small images to large ones is
 * a plain loop) or not at all (the gradient by a kernel), made of what it does
 * fast: its forward convolution, which is XNNPACK's.
 *
 * Measured for 14 × 14 × 64 to 28 × 28 × 32, 3 × 3, stride 2, batch 128: the loop 374 ms; slices of the image for every tap and
 * their matrix products 1,075 ms, as one dilated convolution 61 ms.
 */
import type { ConvSpec } from "../model/network";
import { constant, onesRow } from "./constants";
import { columnSums } from "./products";
import * as tf from "./tf";

type Pads = [[number, number], [number, number], [number, number], [number, number]];

/**
 * A transposed convolution as `stride²` plain ones, each for the pixels of the large image at one phase (row and column
 * modulo the stride): they meet every stride-th tap of the kernel, the last one first.
 *
 * @param small `[batch, height, width, c]`
 * @param weight `[kernel, kernel, o, c]`
 * @returns `[batch, height · stride, width · stride, o]`, cut to the layer's large image
 */
export function enlargeByPhases(layer: ConvSpec, small: tf.Tensor4D, weight: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => enlarge(layer, small, weight));
}

function enlarge(layer: ConvSpec, small: tf.Tensor4D, weight: tf.Tensor4D): tf.Tensor4D {
  const large = layer.kind === "conv" ? layer.from : layer.to;
  const [batch, height, width] = small.shape;
  const { stride, padTop, padLeft } = layer;
  const turned: tf.Tensor4D = tf.transpose(weight, [0, 1, 3, 2]); // [kernel, kernel, c, o]
  const phases = Array.from({ length: stride }, (_, phase) => phase);
  const rows = phases.map((rowPhase) => {
    const columns = phases.map((columnPhase) => {
      const [vertical, horizontal] = [tapsOf(layer, rowPhase, padTop), tapsOf(layer, columnPhase, padLeft)];
      const pads: Pads = [[0, 0], vertical.pads, horizontal.pads, [0, 0]];
      const sums = tf.conv2d(small, subKernel(turned, vertical.taps, horizontal.taps), 1, pads);
      return tf.reshape(sums, [batch * height * width, large.channels]);
    });
    return tf.reshape(tf.concat(columns, 1), [batch * height, width * stride * large.channels]);
  });
  const whole: tf.Tensor4D = tf.reshape(tf.concat(rows, 1), [batch, height * stride, width * stride, large.channels]);
  const isWhole = large.height === height * stride && large.width === width * stride;
  return isWhole ? whole : tf.slice(whole, [0, 0, 0, 0], [batch, large.height, large.width, large.channels]);
}

/**
 * Of one axis: large pixel `stride · Y + phase` meets small pixel `Y + (phase + pad − tap) / stride` through each tap for which
 * that is whole.
 *
 * @returns those taps, the last first, and the small image's padding
 */
function tapsOf({ kernel, stride }: ConvSpec, phase: number, pad: number): { taps: number[]; pads: [number, number] } {
  const lowest = (phase + pad) % stride;
  const taps = Array.from({ length: Math.ceil((kernel - lowest) / stride) }, (_, i) => lowest + i * stride).toReversed();
  const reach = (tap: number) => (phase + pad - tap) / stride;
  return { taps, pads: [-reach(taps[0]!), reach(lowest)] };
}

/** The given rows and columns of a kernel, `[rows, columns, c, o]`; copied tap by tap, as strided slices take their time. */
function subKernel(kernel: tf.Tensor4D, rows: readonly number[], columns: readonly number[]): tf.Tensor4D {
  const [, , c, o] = kernel.shape;
  const taps = rows.flatMap((i) => columns.map((j) => tf.slice(kernel, [i, j, 0, 0], [1, 1, c, o])));
  return tf.reshape(tf.concat(taps), [rows.length, columns.length, c, o]);
}

/**
 * The gradient by the kernel as a convolution over the batch: images of one channel take the place of images, batch that of
 * channels, and the small images, `stride` apart, that of the kernel.
 *
 * @param large `[batch, H, W, o]`
 * @param small `[batch, h, w, c]`
 * @returns `[kernel, kernel, o, c]`
 */
export function kernelGradientByDilation(layer: ConvSpec, large: tf.Tensor4D, small: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => kernelGradient(layer, large, small));
}

function kernelGradient(layer: ConvSpec, large: tf.Tensor4D, small: tf.Tensor4D): tf.Tensor4D {
  const { kernel, stride, padTop, padLeft } = layer;
  const [, height, width] = large.shape;
  const [, rows, columns] = small.shape;
  // As many zeros behind as the last tap of the last pixel needs.
  const after = (before: number, size: number, count: number) => (count - 1) * stride + kernel - size - before;
  const pads: Pads = [
    [0, 0],
    [padTop, after(padTop, height, rows)],
    [padLeft, after(padLeft, width, columns)],
    [0, 0],
  ];
  const channels = tf.transpose(large, [3, 1, 2, 0]); // [o, H, W, batch]
  const kernels = tf.transpose(small, [1, 2, 0, 3]); // [h, w, batch, c]
  const gradient = tf.conv2d(channels, kernels, 1, pads, "NHWC", stride); // [o, kernel, kernel, c]
  return tf.transpose(gradient, [1, 2, 0, 3]);
}

/**
 * Sums over images and pixels, by way of XNNPACK's average of an image: a product with ones would first pack all of the images,
 * which takes 25 times as long.
 *
 * @param images `[batch, height, width, channels]`
 * @returns `[channels]`
 */
export function channelSums(images: tf.Tensor4D): tf.Tensor1D {
  const [batch, height, width, channels] = images.shape;
  const means: tf.Tensor2D = tf.reshape(tf.avgPool(images, [height, width], 1, "valid"), [batch, channels]);
  return tf.mul(columnSums(means, onesRow(batch)), constant(height * width));
}
