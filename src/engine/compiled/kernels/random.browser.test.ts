/** The generator in WGSL against its twin in TypeScript: words and uniforms in bits, normals up to rounding. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { feistelHalfBits, fillNormal, fillUniform, permutedIndex, randomU32 } from "../../../lib/random";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { snippetKernel } from "../../../testing/snippet-kernel";
import { RANDOM_WGSL } from "./random";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

/** `out[i] = expression` for i below `count`. */
async function evaluate(expression: string, type: "f32" | "u32", count: number): Promise<ArrayBuffer> {
  const snippet = {
    label: "random",
    bindings: [{ name: "drawn", access: "read_write" }],
    types: { drawn: `array<${type}>` },
    code: RANDOM_WGSL,
  } as const;
  const { drawn } = await runKernel(device, snippetKernel(snippet, [], count, `drawn[i] = ${expression};`), { drawn: count * 4 });
  return drawn!;
}

const SEEDS = [
  { seed: 0, stream: 0, block: 0 },
  { seed: 1, stream: 3, block: 12_345 },
  { seed: 0xffff_ffff, stream: 4, block: 0xffff_fff0 },
];

test.each(SEEDS)("words and uniforms are equal in bits, seed $seed", async ({ seed, stream, block }) => {
  const count = 1_001;
  const counter = `vec2u(${seed}u, ${stream}u), vec2u(i >> 1u, ${block}u)`;
  const words = new Uint32Array(await evaluate(`threefry2x32(${counter})[i & 1u]`, "u32", count));
  expect(words).toEqual(Uint32Array.from(words, (_, i) => randomU32({ seed, stream }, block, i)));
  const uniforms = new Float32Array(count);
  fillUniform({ seed, stream }, block, uniforms);
  expect(new Float32Array(await evaluate(`unitFromU32(threefry2x32(${counter})[i & 1u])`, "f32", count))).toEqual(uniforms);
});

test.each(SEEDS)("normals are equal up to rounding, each against its own size, seed $seed", async ({ seed, stream, block }) => {
  const expected = new Float32Array(20_001);
  fillNormal({ seed, stream }, block, expected);
  const normals = new Float32Array(await evaluate(`standardNormal(vec2u(${seed}u, ${stream}u), ${block}u, i)`, "f32", expected.length));
  // Logarithm, root, series, product: an ulp (2^-23 at most) each, some of them of what is under the root; the twin's own rounding.
  const worst = normals.reduce((most, value, i) => Math.max(most, Math.abs(value / expected[i]! - 1)), 0);
  expect(worst).toBeLessThan(6 * 2 ** -23);
});

/** Uniforms that a few thousand draws seldom meet: a normal of almost no radius, of the largest, and angles on the axes. */
test("radius and angle keep their digits at the ends of a uniform", async () => {
  const ends = [0, 1, 2, 3, 1000, 2 ** 22, 2 ** 23 - 1, 2 ** 23, 2 ** 23 + 1, 3 * 2 ** 22, 2 ** 24 - 2, 2 ** 24 - 1];
  const at = `(array<u32, ${ends.length}>(${ends.map((end) => `${end}u`).join(", ")})[i] << 8u)`;
  const radii = new Float32Array(await evaluate(`-2 * logOfUnit(1 - unitFromU32(${at}))`, "f32", ends.length));
  ends.forEach((end, i) => {
    const expected = -2 * Math.log1p(-end / 2 ** 24);
    expect(Math.abs(radii[i]! - expected)).toBeLessThanOrEqual(4 * 2 ** -24 * expected);
  });
  for (const [part, exact] of [
    ["x", Math.cos],
    ["y", Math.sin],
  ] as const) {
    const turned = new Float32Array(await evaluate(`turned(unitFromU32(${at})).${part}`, "f32", ends.length));
    ends.forEach((end, i) => {
      const expected = exact((2 * Math.PI * end) / 2 ** 24);
      // 1e-15: what float64 makes of a right angle's cosine, which is 0 here.
      expect(Math.abs(turned[i]! - expected)).toBeLessThanOrEqual(3 * 2 ** -24 * Math.abs(expected) + 1e-15);
    });
  }
});

test.each([1, 2, 7, 16, 17, 1_000, 9_000])("a permutation of %i is the twin's", async (count) => {
  const random = { seed: 7, stream: 2 };
  for (const block of [1, 2 ** 28 + 3, 600_000_000]) {
    const images = await evaluate(`permutedIndex(vec2u(7u, 2u), ${block}u, ${count}u, ${feistelHalfBits(count)}u, i)`, "u32", count);
    expect(new Uint32Array(images)).toEqual(Uint32Array.from({ length: count }, (_, i) => permutedIndex(random, block, count, i)));
  }
});
