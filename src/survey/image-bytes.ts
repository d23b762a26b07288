/** Training images themselves, for points that turn into pictures. */
import { pixelCount } from "../protocol/datasets";
import type { Handler } from "./question";

export const imageBytes: Handler<"images"> = async ({ data, trainSize, indices }, { images }) => {
  if (!indices.every((index) => Number.isInteger(index) && index >= 0 && index < trainSize)) {
    throw new RangeError(`images: every index must be a whole number from 0 to below ${trainSize}`);
  }
  const count = indices.reduce((most, index) => Math.max(most, index + 1), 1);
  const { training, image } = await images.first(data, count, trainSize);
  const size = pixelCount(image);
  const pixels = new Uint8Array(indices.length * size);
  indices.forEach((index, i) => pixels.set(training.subarray(index * size, (index + 1) * size), i * size));
  return { pixels, image };
};
