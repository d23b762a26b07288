import { unzlibSync } from "fflate";
import { expect, test } from "vitest";
import { crc32 } from "../../src/datasets/crc32";
import { thumbnailStrip } from "./thumbnails";

function chunksOf(png: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(png.buffer);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    expect(view.getUint32(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    chunks.set(new TextDecoder().decode(png.subarray(at + 4, at + 8)), png.slice(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return chunks;
}

test("is a PNG of black ink with the pixels as opacity, the chosen images side by side", () => {
  const image = { height: 2, width: 2, channels: 1 };
  const png = thumbnailStrip(Uint8Array.from([1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24]), image, [2, 0]);
  const chunks = chunksOf(png);
  expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
  expect([...chunks.keys()]).toEqual(["IHDR", "IDAT", "IEND"]);
  const header = new DataView(chunks.get("IHDR")!.buffer);
  expect([header.getUint32(0), header.getUint32(4), header.getUint8(8), header.getUint8(9)]).toEqual([4, 2, 8, 4]);
  // Per row: filter 0, then (grey 0, opacity) of each pixel.
  expect([...unzlibSync(chunks.get("IDAT")!)]).toEqual([0, 0, 21, 0, 22, 0, 1, 0, 2, 0, 0, 23, 0, 24, 0, 3, 0, 4]);
});

test("colour images are as they are", () => {
  const image = { height: 1, width: 2, channels: 3 };
  const chunks = chunksOf(thumbnailStrip(Uint8Array.from([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16]), image, [1, 0]));
  const header = new DataView(chunks.get("IHDR")!.buffer);
  expect([header.getUint32(0), header.getUint32(4), header.getUint8(8), header.getUint8(9)]).toEqual([4, 1, 8, 2]);
  expect([...unzlibSync(chunks.get("IDAT")!)]).toEqual([0, 11, 12, 13, 14, 15, 16, 1, 2, 3, 4, 5, 6]);
});
