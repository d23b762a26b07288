/** Tiles that have been seen are found again, until newer ones need their room. */
import { expect, test } from "vitest";
import { TileCache } from "./map-tile-cache";

const place = (column: number, row = 0, step = 0.5) => ({ step, column, row });
/** Bytes of an entry of 36 pixels. */
const ENTRY = 100;
const tile = (value: number) => new Uint8Array(36).fill(value);

test("a tile is found by its step, column and row alone", () => {
  const cache = new TileCache();
  cache.put(place(3, -2), tile(1));
  cache.put(place(3, -2, 0.5 * Math.SQRT2), tile(2));
  expect(cache.get(place(3, -2))![0]).toBe(1);
  expect(cache.get(place(3, -2, 2 ** -0.5))![0]).toBe(2); // the same step, computed otherwise
  expect(cache.get(place(-2, 3))).toBeUndefined();
});

test("the least recently used gives way, and the bytes are kept count of", () => {
  const cache = new TileCache(3 * ENTRY);
  for (const column of [0, 1, 2]) cache.put(place(column), tile(column));
  cache.get(place(0));
  cache.put(place(3), tile(3));
  expect(cache.bytes).toBe(3 * ENTRY);
  expect(cache.get(place(1))).toBeUndefined();
  expect([0, 2, 3].map((column) => cache.get(place(column))![0])).toEqual([0, 2, 3]);
  cache.put(place(3), tile(4)); // in its own place
  expect(cache.bytes).toBe(3 * ENTRY);
  cache.clear();
  expect(cache.bytes).toBe(0);
  expect(cache.get(place(3))).toBeUndefined();
});

test("a place without anything to decode is remembered as such", () => {
  const cache = new TileCache();
  cache.put(place(9), null);
  expect(cache.get(place(9))).toBeNull();
});
