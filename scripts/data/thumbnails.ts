/**
 * A strip of thumbnails as a PNG. Of grey images black ink whose opacity is the pixel,
 * so that a page can use it as a mask in any colour; colour images as they are.
 *
 * Source of the format: PNG (ISO/IEC 15948), grey with alpha or red, green and blue, 8 bits.
 */
import { zlibSync } from "fflate";
import { crc32 } from "../../src/datasets/crc32";
import type { ImageShape } from "../../src/protocol/datasets";

/**
 * The images at `indices` side by side.
 *
 * @param pixels `[images, height, width, channels]`, of one channel or three
 */
export function thumbnailStrip(pixels: Uint8Array, { height, width, channels }: ImageShape, indices: readonly number[]): Uint8Array {
  const isColour = channels === 3;
  const sampleBytes = isColour ? 3 : 2; // grey and its alpha
  const stride = 1 + sampleBytes * width * indices.length; // a filter byte, then the samples of each pixel
  const rows = new Uint8Array(stride * height);
  indices.forEach((image, tile) => {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const from = ((image * height + row) * width + column) * channels;
        const to = row * stride + 1 + sampleBytes * (tile * width + column);
        if (isColour) rows.set(pixels.subarray(from, from + 3), to);
        else rows[to + 1] = pixels[from]!;
      }
    }
  });
  return encodePng(width * indices.length, height, isColour ? COLOUR : GREY_ALPHA, rows);
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const COLOUR = 2;
const GREY_ALPHA = 4;

function encodePng(width: number, height: number, colourType: number, rows: Uint8Array): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, colourType], 8);
  const parts = [chunk("IHDR", header), chunk("IDAT", zlibSync(rows, { level: 9 })), chunk("IEND", new Uint8Array(0))];
  return Uint8Array.from([...SIGNATURE, ...parts.flatMap((part) => [...part])]);
}

/** Length, type, data, and the CRC of type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
