/**
 * The reconstruction loss of images in plain TypeScript, summed over pixels, as the
 * trainers charge it: sums in float64, so that 784 pixels lose no digit.
 *
 * `bce` and `bernoulli`: cross-entropy from logits, `max(l, 0) − l·x + log(1 + e^−|l|)`, which neither overflows nor takes the
 * logarithm of 0. `gaussian`: −log N(x; x̂, σ²) with its constant. `mse`: `Σ (x − x̂)²`, without the ½.
 *
 * Source: Kingma & Welling 2013, arXiv:1312.6114, appendix C.
 */
import type { Floats } from "../protocol/messages";
import { isCrossEntropy, type RunConfig } from "../protocol/run-config";
import { activateOutput } from "./forward";

/**
 * Loss of each image, nats (or squared error of `mse`), summed over pixels; of a cross-entropy from logits.
 *
 * @param logits the decoder's output before its activation, `[count, pixels]`
 * @param target in [0, 1], `[count, pixels]`; what `bernoulli` drew black or white, not the grey
 * @returns `[count]`
 * @throws RangeError when `logits` and `target` are not `count` images of one size.
 */
export function reconstructionLosses(
  { reconstruction, sigma, outputActivation }: Pick<RunConfig, "reconstruction" | "sigma" | "outputActivation">,
  logits: Floats,
  target: ArrayLike<number>,
  count: number,
): Floats {
  if (logits.length !== target.length || logits.length % Math.max(1, count) !== 0) {
    throw new RangeError(`reconstructionLosses: ${logits.length} logits and ${target.length} targets are not ${count} images of one size`);
  }
  const pixels = logits.length / count;
  if (isCrossEntropy(reconstruction)) return summed(count, pixels, (i) => crossEntropy(logits[i]!, target[i]!));
  const output = logits.slice();
  activateOutput(outputActivation, output);
  const squared = summed(count, pixels, (i) => (output[i]! - target[i]!) ** 2);
  if (reconstruction === "mse") return squared;
  const floor = (pixels / 2) * Math.log(2 * Math.PI * sigma ** 2); // of a perfect reconstruction; negative where σ is small
  return squared.map((sum) => sum / (2 * sigma ** 2) + floor);
}

function crossEntropy(logit: number, x: number): number {
  return Math.max(logit, 0) - logit * x + Math.log1p(Math.exp(-Math.abs(logit)));
}

/** `[count]` */
function summed(count: number, pixels: number, lossOf: (index: number) => number): Floats {
  const sums = new Float32Array(count);
  for (let image = 0; image < count; image++) {
    let sum = 0;
    for (let i = image * pixels; i < (image + 1) * pixels; i++) sum += lossOf(i);
    sums[image] = sum;
  }
  return sums;
}
