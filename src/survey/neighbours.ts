/**
 * The training images nearest to a picture in pixel space: all of them are looked at, so that the
 * answer is exact. A distance that is already too large is not summed to its end.
 */
import { insertNearest, type Nearest } from "../model/nearest";
import { pixelCount } from "../protocol/datasets";
import { requireFinite } from "./models";
import type { Handler } from "./question";

const MOST_NEIGHBOURS = 100;
/** Pixels between two looks at whether the sum is too large already: a check costs as much as a few pixels. */
const PIXELS_PER_CHECK = 56;
/** Images between two looks at the clock; half a millisecond of whole distances. */
const IMAGES_PER_CHECK = 512;

export const neighbours: Handler<"neighbours"> = async ({ data, trainSize, pixels, count }, { images, turn }) => {
  requireFinite("the picture", pixels);
  const { training, trainingLabels, image } = await images.first(data, trainSize);
  const size = pixelCount(image);
  if (pixels.length !== size) throw new RangeError(`neighbours: the picture has ${pixels.length} pixels, images of ${data} have ${size}`);
  const most = Math.min(Math.max(1, Math.floor(count)), MOST_NEIGHBOURS, trainSize);
  const target = Float64Array.from(pixels, (value) => value * 255); // compared in bytes: the images are read as they are
  const found: Nearest = { indices: [], squares: [] };
  for (let i = 0; i < trainSize; i++) {
    if (i % IMAGES_PER_CHECK === 0 && turn.isOver()) await turn.pass();
    const worst = found.squares[most - 1] ?? Infinity;
    const square = squaredDistance(target, training, i * size, worst);
    if (square < worst) insertNearest(found, i, square, most);
  }
  return found.indices.map((index, i) => ({
    index,
    label: trainingLabels[index]!,
    distance: Math.sqrt(found.squares[i]!) / 255,
    pixels: training.slice(index * size, (index + 1) * size),
  }));
};

/** Squared distance, or any number that is no less than `worst` where it is. */
function squaredDistance(target: Float64Array, bytes: Uint8Array, start: number, worst: number): number {
  let sum = 0;
  for (let p = 0; p < target.length;) {
    const until = Math.min(target.length, p + PIXELS_PER_CHECK);
    for (; p < until; p++) {
      const apart = target[p]! - bytes[start + p]!;
      sum += apart * apart;
    }
    if (sum >= worst) return sum;
  }
  return sum;
}
