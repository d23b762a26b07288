/**
 * Threefry-2x32 with 20 rounds: a counter-based generator, a pure function from
 * (key, counter) to 64 random bits. Any element of any stream can be had without
 * drawing those before it, in any order, on any device, so that TypeScript and
 * WGSL agree bit for bit.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011, section 4.2; checked against the known answers of its Random123 library.
 */

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
/** Skein's key-schedule constant, cut to 32 bits. */
const PARITY = 0x1bd11bda;

/** Writes the two u32 words for (`key0`, `key1`) at (`counter0`, `counter1`) to `out[0]` and `out[1]`. */
export function threefry2x32(key0: number, key1: number, counter0: number, counter1: number, out: Uint32Array): void {
  const key2 = PARITY ^ key0 ^ key1;
  let x0 = (counter0 + key0) | 0;
  let x1 = (counter1 + key1) | 0;
  for (let group = 0; group < 5; group++) {
    const first = (group & 1) * 4;
    for (let i = first; i < first + 4; i++) {
      const turn = ROTATIONS[i]!;
      x0 = (x0 + x1) | 0;
      x1 = (x1 << turn) | (x1 >>> (32 - turn));
      x1 ^= x0;
    }
    const a = (group + 1) % 3;
    const b = (group + 2) % 3;
    x0 = (x0 + (a === 0 ? key0 : a === 1 ? key1 : key2)) | 0;
    x1 = (x1 + (b === 0 ? key0 : b === 1 ? key1 : key2) + group + 1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
}
