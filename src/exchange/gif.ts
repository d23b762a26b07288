/** Pictures in a row as an animated GIF (gifenc). */

export interface GifFrame {
  /** RGBA, `[height, width, 4]`, opaque. */
  readonly pixels: Uint8ClampedArray;
  readonly delayMs: number;
}

/** All frames are `width` by `height`; loops for ever. Yields between frames, so that no task is long. `onDone` hears how many are done. */
export async function encodeGif(
  _frames: Iterable<GifFrame>,
  _size: { readonly width: number; readonly height: number },
  _onDone?: (done: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  await Promise.resolve();
  return new Uint8Array(); // stub
}
