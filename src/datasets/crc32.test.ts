import { expect, test } from "vitest";
import { crc32 } from "./crc32";

test("gives the check value of the CRC-32 catalogue, and 0 for nothing", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf4_3926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});
