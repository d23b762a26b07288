import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromHalf, toHalf } from "./half";

const halfOf = (value: number) => toHalf(new Float32Array([value]))[0]!;
const valueOf = (bits: number) => fromHalf(new Uint16Array([bits]))[0]!;

/** By other means: the nearest of all finite halves, found by trying each; ties to the even bits, and beyond 65,520 infinity. */
const ALL = Array.from({ length: 0x7c00 }, (_, bits) => {
  const exponent = bits >>> 10;
  return exponent === 0 ? (bits & 1023) / 1024 / 2 ** 14 : (1 + (bits & 1023) / 1024) * 2 ** (exponent - 15);
});
function nearestHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size >= 65_520) return sign | 0x7c00;
  let [low, high] = [0, ALL.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ALL[middle]! <= size) low = middle;
    else high = middle;
  }
  const [below, above] = [size - ALL[low]!, ALL[high]! - size];
  return sign | (below === above ? (low % 2 === 0 ? low : high) : below < above ? low : high);
}

describe("to half precision", () => {
  // Known answers: numpy.array(x, "float16").view("uint16").
  test.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [0, 0],
    [-0, 0x8000],
    [65_504, 0x7bff],
    [65_519.996, 0x7bff],
    [65_520, 0x7c00],
    [-1e9, 0xfc00],
    [Infinity, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -14, 0x0400],
    [2 ** -24, 1],
    [2 ** -25, 0],
    [2 ** -25 * 1.0001, 1],
    [1.5 * 2 ** -24, 2],
    [2.5 * 2 ** -24, 2],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [0.1, 0x2e66],
    [1e-30, 0],
    [-1e-45, 0x8000],
  ])("%d", (value, bits) => {
    expect(halfOf(value)).toBe(bits);
  });

  test("any number becomes the nearest half", () => {
    const number = fc.oneof(
      fc.float({ noNaN: true }),
      fc.float({ min: -9, max: 9, noNaN: true }),
      fc.float({ min: -(2 ** -13), max: 2 ** -13, noNaN: true }),
    );
    fc.assert(
      fc.property(number, (value) => {
        expect(halfOf(value)).toBe(nearestHalf(value));
      }),
      { numRuns: 3_000 },
    );
  });

  test("and so does every number half way between two, and next to it", () => {
    const middles = Float32Array.from(ALL.slice(1), (above, i) => (ALL[i]! + above) / 2); // exact in single precision: it has one bit more than a half
    const words = new Uint32Array(middles.buffer);
    const near = new Float32Array(Uint32Array.from([-1, 0, 1].flatMap((step) => [...words].map((word) => word + step))).buffer);
    expect([...toHalf(near)]).toEqual(Array.from(near, nearestHalf));
  });

  test("no number stays no number, whatever its bits", () => {
    const words = new Uint32Array([0x7fc0_0000, 0xffc0_0000, 0x7f80_0001, 0x7fff_ffff]);
    expect([...fromHalf(toHalf(new Float32Array(words.buffer)))]).toEqual([NaN, NaN, NaN, NaN]);
  });

  test("a part of a larger array", () => {
    const within = new Float32Array([9, 1, -2, 9]).subarray(1, 3);
    expect([...toHalf(within)]).toEqual([0x3c00, 0xc000]);
  });
});

const plain = (half: number) => ((half & 0x7fff) > 0x7c00 ? NaN : half);

describe("from half precision", () => {
  test.each([
    [0x3c00, 1],
    [0x8000, -0],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7e01, NaN],
    [0x0001, 2 ** -24],
    [0x83ff, -1023 * 2 ** -24],
    [0x2e66, 0.0999755859375],
  ])("bits %d", (bits, value) => {
    expect(valueOf(bits)).toBe(value);
  });

  test("all 65,536 come back as they were, but for what a NaN carries", () => {
    const bits = Uint16Array.from({ length: 1 << 16 }, (_, i) => i);
    expect(Array.from(toHalf(fromHalf(bits)), plain)).toEqual(Array.from(bits, plain));
  });

  test("nothing is nothing", () => {
    expect(toHalf(new Float32Array(0))).toEqual(new Uint16Array(0));
    expect(fromHalf(new Uint16Array(0))).toEqual(new Float32Array(0));
  });
});
