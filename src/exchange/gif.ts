/**
 * Pictures in a row as an animated GIF (gifenc).
 *
 * A frame of up to 256 colours, as every grey picture is, is written exactly; one of more
 * is brought down to 256 of its own by gifenc (pairwise nearest neighbours, Arifin & Asano 2006).
 * Import this module when it is needed: it is no part of what the page opens with.
 */
import { applyPalette, GIFEncoder, quantize, type Colour } from "gifenc";
import { nextTask } from "../lib/next-task";

export interface GifFrame {
  /** RGBA, `[height, width, 4]`, opaque. */
  readonly pixels: Uint8ClampedArray;
  readonly delayMs: number;
}

/** What a palette of the format holds at most. */
const MOST_COLOURS = 256;

/** Browsers take a shorter delay for a mistake and show the frame for 10 hundredths of a second instead. */
const LEAST_DELAY_HUNDREDTHS = 2;

interface Painted {
  readonly palette: readonly Colour[];
  /** `[height, width]` */
  readonly index: Uint8Array;
}

/**
 * All frames are `width` by `height`; loops for ever. Yields between frames, so that no task is long. `onDone` hears how many are done.
 *
 * @throws RangeError when a frame is of another size, or there is none.
 */
export async function encodeGif(
  frames: Iterable<GifFrame> | AsyncIterable<GifFrame>,
  { width, height }: { readonly width: number; readonly height: number },
  onDone?: (done: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = GIFEncoder();
  const shared = new Map<number, number>();
  let done = 0;
  let owedHundredths = 0; // what rounding has taken from the film so far, so that 30 frames are a second
  for await (const { pixels, delayMs } of frames) {
    if (pixels.length !== width * height * 4) {
      throw new RangeError(`encodeGif: frame ${done} holds ${pixels.length} bytes, ${width} × ${height} RGBA are ${width * height * 4}`);
    }
    const wanted = delayMs / 10 + owedHundredths;
    const hundredths = Math.max(LEAST_DELAY_HUNDREDTHS, Math.round(wanted));
    owedHundredths = Math.max(-1, Math.min(1, wanted - hundredths));
    const colours = new Uint32Array(pixels.slice().buffer); // one number per pixel
    const delay = hundredths * 10;
    const known = done === 0 ? null : indexBy(shared, colours);
    if (known !== null) {
      encoder.writeFrame(known, width, height, { delay });
    } else {
      const { palette, index } = exactly(colours, done === 0 ? shared : new Map()) ?? nearly(colours);
      encoder.writeFrame(index, width, height, { palette, delay, repeat: 0 });
    }
    done++;
    onDone?.(done);
    await nextTask();
  }
  if (done === 0) throw new RangeError("encodeGif: there are 0 frames, a film has at least 1");
  encoder.finish();
  return encoder.bytes();
}

/** A palette of the very colours of a frame, written into `places` too; null, and `places` empty, when they are more than fit. */
function exactly(colours: Uint32Array, places: Map<number, number>): Painted | null {
  for (const colour of colours) {
    if (places.has(colour)) continue;
    if (places.size === MOST_COLOURS) {
      places.clear();
      return null;
    }
    places.set(colour, places.size);
  }
  return { palette: [...places.keys()].map(bytesOf), index: indexBy(places, colours)! };
}

/** Null when a colour has no place. */
function indexBy(places: ReadonlyMap<number, number>, colours: Uint32Array): Uint8Array | null {
  const index = new Uint8Array(colours.length);
  for (let i = 0; i < colours.length; i++) {
    const place = places.get(colours[i]!);
    if (place === undefined) return null;
    index[i] = place;
  }
  return index;
}

function nearly(colours: Uint32Array): Painted {
  const rgba = new Uint8Array(colours.buffer);
  const palette = quantize(rgba, MOST_COLOURS);
  return { palette, index: applyPalette(rgba, palette) };
}

/** Of a pixel as RGBA lies in memory, least byte first on every machine there is a browser for. */
function bytesOf(colour: number): Colour {
  return [colour & 0xff, (colour >>> 8) & 0xff, (colour >>> 16) & 0xff];
}
