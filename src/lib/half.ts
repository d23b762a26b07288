/**
 * Numbers in half precision (binary16): 11 significant bits, from 2^-24 to 65,504. Half the room of single precision, and
 * as exact as a picture or a weight needs.
 *
 * Source: IEEE 754-2008, 3.6 (binary16) and 4.3.1 (to the nearest, ties to even). Node 20 has no Float16Array.
 */

/** Exponent bits of single precision; at or above them a number is infinite or none. */
const INFINITE = 0x7f80_0000;
/** Half way between 65,504, the largest half, and the next power of two: from here on the nearest is infinity. */
const TOO_LARGE = 0x477f_f000;
/** 2^-14, the smallest half with an exponent of its own. */
const NORMAL = 0x3880_0000;
/** What the exponents' biases differ by, 127 and 15, in the place of the exponent. */
const REBIAS = 112 << 23;
/** Exponent of 2^-25, half of the smallest half: what is below it is 0. */
const TINY_EXPONENT = 102;

/** The nearest halves, of two equally near the even one. A NaN stays one. */
export function toHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(words.length);
  for (let i = 0; i < words.length; i++) halves[i] = roundWord(words[i]!);
  return halves;
}

/** @param word the bits of a number in single precision */
function roundWord(word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const size = word & 0x7fff_ffff;
  if (size >= NORMAL) {
    if (size >= TOO_LARGE) return sign | (size > INFINITE ? 0x7e00 : 0x7c00);
    // 13 bits are dropped; a carry runs on into the exponent, where it belongs.
    return sign | ((size - REBIAS + 0xfff + ((size >>> 13) & 1)) >>> 13);
  }
  const exponent = size >>> 23;
  if (exponent < TINY_EXPONENT) return sign;
  const mantissa = (size & 0x7f_ffff) | 0x80_0000;
  const dropped = 126 - exponent; // the value is mantissa · 2^(exponent − 150), the halves here are multiples of 2^-24
  return sign | ((mantissa + (1 << (dropped - 1)) - 1 + ((mantissa >>> dropped) & 1)) >>> dropped);
}

/** What 16 bits stand for; exact. */
export function fromHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  table ??= makeTable();
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) values[i] = table[halves[i]!]!;
  return values;
}

/** The 65,536 halves in order of their bits; 256 KiB, made when first needed. */
let table: Float32Array<ArrayBuffer> | null = null;

function makeTable(): Float32Array<ArrayBuffer> {
  const values = new Float32Array(1 << 16);
  for (let bits = 0; bits < 0x8000; bits++) {
    const exponent = bits >>> 10;
    const fraction = bits & 1023;
    const finite = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
    const value = exponent < 31 ? finite : fraction === 0 ? Infinity : NaN;
    values[bits] = value;
    values[bits | 0x8000] = -value;
  }
  return values;
}
