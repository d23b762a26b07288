/**
 * A convolution and a transposed one in float64 loops, one number at a time, as
 * `model/network` defines them.
 *
 * Source: Dumoulin & Visin 2016, arXiv:1603.07285, chapters 2 and 4.
 */
import type { ConvSpec } from "../model/network";

/**
 * One image, before the activation: `[to.height, to.width, to.channels]`.
 *
 * @param x `[from.height, from.width, from.channels]`
 */
export function convTwin(spec: ConvSpec, weight: ArrayLike<number>, bias: ArrayLike<number>, x: ArrayLike<number>): number[] {
  return spec.kind === "conv" ? plainTwin(spec, weight, bias, x) : transposedTwin(spec, weight, bias, x);
}

function plainTwin(spec: ConvSpec, weight: ArrayLike<number>, bias: ArrayLike<number>, x: ArrayLike<number>): number[] {
  const { from, to, kernel, stride, padTop, padLeft } = spec;
  return Array.from({ length: to.height * to.width * to.channels }, (_, at) => {
    const o = at % to.channels;
    const column = Math.floor(at / to.channels) % to.width;
    const row = Math.floor(at / (to.channels * to.width));
    let sum = bias[o]!;
    for (let i = 0; i < kernel; i++) {
      for (let j = 0; j < kernel; j++) {
        const y = row * stride + i - padTop;
        const z = column * stride + j - padLeft;
        if (y < 0 || y >= from.height || z < 0 || z >= from.width) continue;
        for (let c = 0; c < from.channels; c++) {
          const w = weight[((i * kernel + j) * from.channels + c) * to.channels + o]!;
          sum += x[(y * from.width + z) * from.channels + c]! * w;
        }
      }
    }
    return sum;
  });
}

function transposedTwin(spec: ConvSpec, weight: ArrayLike<number>, bias: ArrayLike<number>, x: ArrayLike<number>): number[] {
  const { from, to, kernel, stride, padTop, padLeft } = spec;
  const sums = Array.from({ length: to.height * to.width * to.channels }, (_, at) => bias[at % to.channels]!);
  for (let at = 0; at < from.height * from.width * from.channels; at++) {
    const c = at % from.channels;
    const column = Math.floor(at / from.channels) % from.width;
    const row = Math.floor(at / (from.channels * from.width));
    for (let i = 0; i < kernel; i++) {
      for (let j = 0; j < kernel; j++) {
        const y = row * stride + i - padTop;
        const z = column * stride + j - padLeft;
        if (y < 0 || y >= to.height || z < 0 || z >= to.width) continue;
        for (let o = 0; o < to.channels; o++) {
          sums[(y * to.width + z) * to.channels + o]! += x[at]! * weight[((i * kernel + j) * to.channels + o) * from.channels + c]!;
        }
      }
    }
  }
  return sums;
}

/** Gradients of one image by weight, bias and input, each shaped as what it is by. @param dy gradient by the sums of `convTwin` */
export function convGradientTwin(
  spec: ConvSpec,
  weight: ArrayLike<number>,
  x: ArrayLike<number>,
  dy: ArrayLike<number>,
): { readonly weight: Float64Array; readonly bias: Float64Array; readonly input: Float64Array } {
  const byWeight = new Float64Array(weight.length);
  const byBias = new Float64Array(spec.to.channels);
  const byInput = new Float64Array(x.length);
  for (let at = 0; at < dy.length; at++) byBias[at % spec.to.channels]! += dy[at]!;
  forEachTerm(spec, (inputAt, weightAt, outputAt) => {
    byWeight[weightAt]! += x[inputAt]! * dy[outputAt]!;
    byInput[inputAt]! += weight[weightAt]! * dy[outputAt]!;
  });
  return { weight: byWeight, bias: byBias, input: byInput };
}

/** Calls `visit` for every product input · weight that enters an output, with the place of each. */
function forEachTerm(spec: ConvSpec, visit: (inputAt: number, weightAt: number, outputAt: number) => void): void {
  const { kind, from, to, kernel, stride, padTop, padLeft } = spec;
  const [large, small] = kind === "conv" ? [from, to] : [to, from];
  for (let y = 0; y < small.height; y++) {
    for (let z = 0; z < small.width; z++) {
      for (let i = 0; i < kernel; i++) {
        for (let j = 0; j < kernel; j++) {
          const row = y * stride + i - padTop;
          const column = z * stride + j - padLeft;
          if (row < 0 || row >= large.height || column < 0 || column >= large.width) continue;
          for (let near = 0; near < large.channels; near++) {
            for (let far = 0; far < small.channels; far++) {
              const largeAt = (row * large.width + column) * large.channels + near;
              const smallAt = (y * small.width + z) * small.channels + far;
              const weightAt = ((i * kernel + j) * large.channels + near) * small.channels + far;
              if (kind === "conv") visit(largeAt, weightAt, smallAt);
              else visit(smallAt, weightAt, largeAt);
            }
          }
        }
      }
    }
  }
}
