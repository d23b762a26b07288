import { expect, test } from "vitest";
import { threefry2x32 } from "./threefry";

/** Known answers of Random123's file `kat_vectors`, lines `threefry2x32 20`: counter, key, output. */
const KNOWN_ANSWERS = [
  { counter: [0, 0], key: [0, 0], output: [0x6b200159, 0x99ba4efe] },
  { counter: [0xffffffff, 0xffffffff], key: [0xffffffff, 0xffffffff], output: [0x1cb996fc, 0xbb002be7] },
  { counter: [0x243f6a88, 0x85a308d3], key: [0x13198a2e, 0x03707344], output: [0xc4923a9c, 0x483df7a0] },
] as const;

test.each(KNOWN_ANSWERS)("agrees with Random123 for counter $counter and key $key", ({ counter, key, output }) => {
  const out = new Uint32Array(2);
  threefry2x32(key[0], key[1], counter[0], counter[1], out);
  expect([...out]).toEqual(output);
});
