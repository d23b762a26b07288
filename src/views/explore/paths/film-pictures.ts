/**
 * Films as pictures to be taken home: enlarged without smoothing, from the decoded
 * pixels themselves. Grey is written as grey, 256 of them, so that a GIF holds it exactly.
 */
import type { GifFrame } from "../../../exchange/gif";
import type { ImageShape } from "../../../protocol/datasets";
import type { Floats } from "../../../protocol/messages";

export interface Picture {
  /** RGBA, `[height, width, 4]`, opaque. */
  readonly pixels: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * Images side by side, with `gap` pixels of middle grey between them.
 *
 * @param images each `[height, width, channels]`, in [0, 1]; what is no number is black
 * @param scale whole number by which each pixel is enlarged
 */
export function pictureOf(images: readonly ArrayLike<number>[], { height, width, channels }: ImageShape, scale: number, gap = 0): Picture {
  const stride = width * scale + gap;
  const full = { width: images.length * stride - gap, height: height * scale };
  const pixels = new Uint8ClampedArray(full.width * full.height * 4).fill(128);
  images.forEach((image, i) => {
    for (let row = 0; row < full.height; row++) {
      for (let column = 0; column < width * scale; column++) {
        const from = (Math.floor(row / scale) * width + Math.floor(column / scale)) * channels;
        const to = (row * full.width + i * stride + column) * 4;
        for (let c = 0; c < 3; c++) pixels[to + c] = Math.round(255 * (image[from + Math.min(c, channels - 1)] || 0));
      }
    }
  });
  for (let alpha = 3; alpha < pixels.length; alpha += 4) pixels[alpha] = 255;
  return { pixels, ...full };
}

export interface FilmOptions {
  /** A whole number. */
  readonly scale: number;
  readonly framesPerSecond: number;
  /** Whether the film goes back the way it came, so that it has no jump. */
  readonly thereAndBack: boolean;
}

/** Indices of a film's frames in the order they are shown; both ends once when it comes back. */
export function frameOrder(count: number, thereAndBack: boolean): number[] {
  const there = Array.from({ length: count }, (_, i) => i);
  return thereAndBack ? [...there, ...there.slice(1, -1).toReversed()] : there;
}

/**
 * Frame by frame, so that only one is held at a time.
 *
 * @param frames `[points, height, width, channels]`
 */
export function* gifFrames(frames: Floats, shape: ImageShape, options: FilmOptions): Generator<GifFrame> {
  const size = shape.height * shape.width * shape.channels;
  for (const i of frameOrder(Math.floor(frames.length / size), options.thereAndBack)) {
    const { pixels } = pictureOf([frames.subarray(i * size, (i + 1) * size)], shape, options.scale);
    yield { pixels, delayMs: 1000 / options.framesPerSecond };
  }
}
