/**
 * Seeded streams of uniforms, standard normals and permutations over Threefry.
 *
 * Every number is a pure function of (seed, stream, block, index): nothing is
 * kept between calls, so that a run can be repeated, resumed at any step, or
 * drawn on a GPU. `Math.random` appears nowhere in this project.
 */
import { threefry2x32 } from "./threefry";

/** One independent stream of a seed; streams with different numbers never share a draw. */
export interface RandomStream {
  readonly seed: number;
  readonly stream: number;
}

const words = new Uint32Array(2);

/** The u32 at `index` of `block`: two per Threefry call, the even index first. */
export function randomU32({ seed, stream }: RandomStream, block: number, index: number): number {
  threefry2x32(seed, stream, index >>> 1, block, words);
  return words[index & 1]!;
}

/** A u32 as a float in [0, 1): its upper 24 bits, exact in float32. */
export function unitFromU32(word: number): number {
  return (word >>> 8) * 2 ** -24;
}

/** Fills `out` with uniforms in [0, 1); element i is draw `first` + i of `block`. */
export function fillUniform(random: RandomStream, block: number, out: Float32Array, first = 0): void {
  for (let i = -(first % 2); i < out.length; i += 2) {
    threefry2x32(random.seed, random.stream, (first + i) >>> 1, block, words);
    if (i >= 0) out[i] = unitFromU32(words[0]!);
    if (i + 1 < out.length) out[i + 1] = unitFromU32(words[1]!);
  }
}

/**
 * Fills `out` with standard normals, element i with draw `first` + i of `block`; draws 2j and 2j + 1 are the Box–Muller pair of
 * Threefry call j.
 *
 * Source: Box & Muller 1958. The radius uses 1 − u, which is in (0, 1], so that its logarithm is finite.
 */
export function fillNormal(random: RandomStream, block: number, out: Float32Array, first = 0): void {
  for (let i = -(first % 2); i < out.length; i += 2) {
    threefry2x32(random.seed, random.stream, (first + i) >>> 1, block, words);
    const radius = Math.sqrt(-2 * Math.log(1 - unitFromU32(words[0]!)));
    const angle = 2 * Math.PI * unitFromU32(words[1]!);
    if (i >= 0) out[i] = radius * Math.cos(angle);
    if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
  }
}

const FEISTEL_ROUNDS = 8;

/** Bits of either half of the network that permutes `count` numbers. */
export function feistelHalfBits(count: number): number {
  return Math.max(1, Math.ceil(Math.log2(Math.max(2, count)) / 2));
}

/**
 * The image of `index` under a seeded permutation of 0 … `count` − 1, without a table.
 *
 * A balanced Feistel network over the smallest even number of bits that holds `count`, keyed by (seed, stream, block),
 * walked until it lands inside (on average fewer than four times). One draw needs no other, so that a GPU can shuffle too.
 *
 * Sources: Luby & Rackoff 1988 (Feistel permutations); Black & Rogaway 2002, section 4 (cycle walking).
 */
export function permutedIndex(random: RandomStream, block: number, count: number, index: number): number {
  const halfBits = feistelHalfBits(count);
  const mask = 2 ** halfBits - 1;
  let value = index;
  do {
    let left = value >>> halfBits;
    let right = value & mask;
    for (let round = 0; round < FEISTEL_ROUNDS; round++) {
      threefry2x32(random.seed, random.stream, right, (Math.imul(block, FEISTEL_ROUNDS) + round) | 0, words);
      const next = left ^ (words[0]! & mask);
      left = right;
      right = next;
    }
    value = (left << halfBits) | right;
  } while (value >= count);
  return value;
}
