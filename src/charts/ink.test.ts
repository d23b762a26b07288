import { expect, test } from "vitest";
import { rgbOf } from "./ink";

test("a colour reads the same in full and as a minifier shortens it", () => {
  expect(rgbOf(" #2b66ad")).toEqual([0x2b, 0x66, 0xad]);
  expect(rgbOf("#ffffff")).toEqual([255, 255, 255]);
  expect(rgbOf("#fff")).toEqual([255, 255, 255]);
  expect(rgbOf("#1aF")).toEqual([0x11, 0xaa, 0xff]);
});
