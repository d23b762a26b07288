import { expect, test } from "vitest";
import type { Bytes } from "../protocol/messages";
import { packFile } from "../testing/packed-dataset";
import { unpackFile, type Digest } from "./unpack";

const inside = Uint8Array.from({ length: 500 }, (_, i) => (i * i) % 251);
const { entry, shipped } = packFile("train-00.bin", inside);
const secure: Digest = crypto.subtle;

function damaged(bytes: Bytes, at: number): Bytes {
  const copy = bytes.slice();
  copy[at]! ^= 1;
  return copy;
}

test.each([
  ["with SHA-256", secure],
  ["on a page without crypto.subtle", undefined],
])("%s: takes the file as shipped, and as a server unpacked it", async (_, subtle) => {
  expect(await unpackFile(shipped, entry, subtle)).toEqual(inside);
  expect(await unpackFile(inside, entry, subtle)).toEqual(inside);
});

test.each([
  ["with SHA-256", secure],
  ["on a page without crypto.subtle", undefined],
])("%s: turns away damaged bytes, cut files and strangers", async (_, subtle) => {
  const middle = Math.floor(shipped.length / 2);
  expect(await unpackFile(damaged(shipped, middle), entry, subtle)).toBeNull();
  expect(await unpackFile(damaged(shipped, shipped.length - 6), entry, subtle)).toBeNull(); // in the gzip's own CRC
  expect(await unpackFile(damaged(inside, 77), entry, subtle)).toBeNull();
  expect(await unpackFile(shipped.slice(0, -1), entry, subtle)).toBeNull();
  expect(await unpackFile(inside.slice(0, -1), entry, subtle)).toBeNull();
  expect(await unpackFile(new Uint8Array(0), entry, subtle)).toBeNull();
  expect(await unpackFile(new TextEncoder().encode("<!doctype html>"), entry, subtle)).toBeNull();
});

test("a well-made gzip of other images of the same size does not pass for this one", async () => {
  const other = packFile("train-00.bin", damaged(inside, 3));
  const claim = { ...entry, bytes: other.shipped.length };
  expect(await unpackFile(other.shipped, claim, secure)).toBeNull();
  expect(await unpackFile(other.shipped, claim, undefined)).toBeNull();
});
