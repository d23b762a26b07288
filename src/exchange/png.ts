/**
 * An opaque picture as a PNG, from its own numbers: a canvas may be read back with noise in
 * it. Rows are not filtered; what is small and flat packs well without.
 *
 * Source: PNG specification (W3C, third edition), sections 5, 9 and 11; CRC of its annex D.
 */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Colour type of red, green and blue, eight bits each. */
const TRUE_COLOUR = 2;

/**
 * @param pixels RGBA, `[height, width, 4]`; alpha is left out
 * @throws RangeError when they are not of that size.
 */
export async function encodePng(
  pixels: Uint8ClampedArray,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Uint8Array<ArrayBuffer>> {
  if (pixels.length !== width * height * 4) {
    throw new RangeError(`encodePng: there are ${pixels.length} bytes, ${width} × ${height} RGBA are ${width * height * 4}`);
  }
  const rows = new Uint8Array(height * (1 + width * 3)); // before each row: filter 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 4;
      rows.set(pixels.subarray(from, from + 3), row * (1 + width * 3) + 1 + column * 3);
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, TRUE_COLOUR, 0, 0, 0], 8);
  const parts = [Uint8Array.from(SIGNATURE), chunk("IHDR", header), chunk("IDAT", await deflate(rows)), chunk("IEND", new Uint8Array())];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** Of the polynomial 0xedb88320, bit by bit: a few hundred kilobytes at most. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb88320);
  }
  return ~crc >>> 0;
}
