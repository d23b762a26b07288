import { crc32, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { encodePng } from "./png";

test("a picture is read back to the bit, every chunk with zlib's own check sum", async () => {
  const [width, height] = [3, 2];
  const pixels = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 256));
  const file = await encodePng(pixels, { width, height });
  const view = new DataView(file.buffer);
  const chunks: Record<string, Uint8Array> = {};
  for (let at = 8; at < file.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    expect(view.getUint32(at + 8 + length)).toBe(crc32(file.subarray(at + 4, at + 8 + length)));
    chunks[type] = file.subarray(at + 8, at + 8 + length);
    at += 12 + length;
  }
  expect(Object.keys(chunks)).toEqual(["IHDR", "IDAT", "IEND"]);
  expect([...chunks["IHDR"]!]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  const rows = [...inflateSync(chunks["IDAT"]!)];
  const row = (from: number) => [0, ...pixels.subarray(from, from + 12)].filter((_, i) => i === 0 || i % 4 !== 0);
  expect(rows).toEqual([...row(0), ...row(12)]);
});

test("a picture of another size is refused", async () => {
  await expect(encodePng(new Uint8ClampedArray(4), { width: 2, height: 1 })).rejects.toThrow("there are 4 bytes, 2 × 1 RGBA are 8");
});
