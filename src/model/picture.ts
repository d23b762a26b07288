/**
 * Pictures of any size, and how one is fitted into another frame: by area, as if its
 * pixels were tiles of paint, so that nothing is lost between the samples.
 */
import type { ImageShape } from "../protocol/datasets";
import type { Floats } from "../protocol/messages";

export interface Picture extends ImageShape {
  /** `[height, width, channels]`, in [0, 1]; grey is ink: 1 where the pen was. */
  readonly pixels: Floats;
}

/** What a frame shows of a picture, in the picture's pixels: its top left corner, and the side of one pixel of the frame. */
export interface View {
  readonly left: number;
  readonly top: number;
  readonly step: number;
}

/**
 * The mean of the picture over each pixel of a frame.
 *
 * @param ground one value for each channel, where the frame reaches beyond the picture
 */
export function sampleArea(
  picture: Picture,
  { left, top, step }: View,
  frame: Omit<ImageShape, "channels">,
  ground: readonly number[],
): Picture {
  const { height, width, channels } = picture;
  const across = overlaps(left, step, frame.width, width);
  const down = overlaps(top, step, frame.height, height);
  const pixels = new Float32Array(frame.height * frame.width * channels);
  const line = new Float64Array(height); // of one column of the frame and one channel
  for (let c = 0; c < channels; c++) {
    const outside = ground[c] ?? 0;
    for (let x = 0; x < frame.width; x++) {
      line.fill(outside);
      for (let y = 0; y < height; y++) {
        for (const { index, part } of across[x]!) line[y]! += part * (picture.pixels[(y * width + index) * channels + c]! - outside);
      }
      for (let y = 0; y < frame.height; y++) {
        let mean = outside;
        for (const { index, part } of down[y]!) mean += part * (line[index]! - outside);
        pixels[(y * frame.width + x) * channels + c] = mean;
      }
    }
  }
  return { height: frame.height, width: frame.width, channels, pixels };
}

interface Overlap {
  readonly index: number;
  /** Of the frame's pixel that lies over this one of the picture, 0 to 1. */
  readonly part: number;
}

/** Which pixels of the picture lie under each of the frame's, along one side. */
function overlaps(start: number, step: number, count: number, size: number): Overlap[][] {
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [Math.max(0, start + i * step), Math.min(size, start + (i + 1) * step)];
    const under: Overlap[] = [];
    for (let index = Math.floor(from); index < to; index++) {
      const part = (Math.min(to, index + 1) - Math.max(from, index)) / step;
      if (part > 0) under.push({ index, part });
    }
    return under;
  });
}

/** The whole picture in a frame, as large as it goes, in the middle, its aspect kept. */
export function fitPicture(picture: Picture, frame: Omit<ImageShape, "channels">, ground: readonly number[]): Picture {
  const step = Math.max(picture.width / frame.width, picture.height / frame.height);
  const left = (picture.width - frame.width * step) / 2;
  const top = (picture.height - frame.height * step) / 2;
  return sampleArea(picture, { left, top, step }, frame, ground);
}

/** Fainter is no ink: the last trace of a stroke's smooth edge would widen its box. */
export const LEAST_INK = 0.05;

/** The part of a grey picture that has ink; null without any. */
export function cropToInk({ height, width, pixels }: Picture): Picture | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!(pixels[y * width + x]! > LEAST_INK)) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), y];
    }
  }
  if (right < 0) return null;
  const size = { height: bottom - top + 1, width: right - left + 1 };
  const rows = Array.from({ length: size.height }, (_, y) => {
    const from = (top + y) * width + left;
    return pixels.subarray(from, from + size.width);
  });
  const cropped = new Float32Array(size.height * size.width);
  rows.forEach((row, y) => cropped.set(row, y * size.width));
  return { ...size, channels: 1, pixels: cropped };
}
