import { describe, expect, test } from "vitest";
import { drawSprite, SHAPES_IMAGE, SYMMETRY_ANGLES, type SpriteFactors } from "../datasets/shape-sprite";
import { fillUniform } from "../lib/random";
import { measureShape, TURN_PERIODS } from "./shape-factors";

const PIXELS = SHAPES_IMAGE.height * SHAPES_IMAGE.width;

function picture(factors: SpriteFactors): Float32Array {
  const bytes = new Uint8Array(PIXELS);
  drawSprite(factors, bytes);
  return Float32Array.from(bytes, (byte) => byte / 255);
}

/** Drawn as the data set's are (`scripts/data/shapes`): the same ranges, its own generator, stream and seed, the first 600. */
function drawnFactors(count: number): SpriteFactors[] {
  const u = new Float32Array(5);
  return Array.from({ length: count }, (_, i) => {
    fillUniform({ seed: 10_000, stream: 2 }, i, u);
    const shape = Math.floor(u[0]! * 3);
    return { shape, size: 5 + 4 * u[1]!, angle: SYMMETRY_ANGLES[shape]! * u[2]!, x: 10 + 12 * u[3]!, y: 10 + 12 * u[4]! };
  });
}

/** Difference of two turns of a shape, radians, the short way round. */
function turnError(shape: number, a: number, b: number): number {
  const period = SYMMETRY_ANGLES[shape]!;
  const rest = Math.abs(a - b) % period;
  return Math.min(rest, period - rest);
}

const CASES = drawnFactors(600).map((factors) => ({ factors, measured: measureShape(picture(factors), SHAPES_IMAGE) }));

/** 3 × 3 binomial blur, some times over, as a decoder's doubt looks. */
function blurred(pixels: Float32Array, times: number): Float32Array {
  const { width, height } = SHAPES_IMAGE;
  let from = pixels;
  for (let pass = 0; pass < times; pass++) {
    const to = new Float32Array(PIXELS);
    for (let row = 1; row < height - 1; row++) {
      for (let column = 1; column < width - 1; column++) {
        for (let k = 0; k < 9; k++) {
          const [dr, dc] = [Math.floor(k / 3) - 1, (k % 3) - 1];
          to[row * width + column]! += (from[(row + dr) * width + column + dc]! * (2 - Math.abs(dr)) * (2 - Math.abs(dc))) / 16;
        }
      }
    }
    from = to;
  }
  return from;
}

describe("over the data set's own sprites", () => {
  test("every shape is recognised", () => {
    expect(CASES.filter(({ factors, measured }) => measured?.shape !== factors.shape)).toEqual([]);
  });

  // A sprite is sampled 64 times a pixel and rounded to bytes, and edges fainter than the haze are cut.
  test.each([
    ["x", 0.05],
    ["y", 0.05],
    ["size", 0.05],
  ] as const)("%s is found to within %f pixels", (factor, tolerance) => {
    const errors = CASES.map(({ factors, measured }) => Math.abs(measured![factor] - factors[factor]));
    expect(Math.max(...errors)).toBeLessThan(tolerance);
  });

  test.each([
    [0, 1.5],
    [1, 1.5],
    [2, 1.5],
  ])("the turn of shape %i is found to within %f degrees", (shape, tolerance) => {
    const own = CASES.filter(({ factors }) => factors.shape === shape);
    const errors = own.map(({ factors, measured }) => (turnError(shape, measured!.angle!, factors.angle) * 180) / Math.PI);
    expect(own.length).toBeGreaterThan(150);
    expect(Math.max(...errors)).toBeLessThan(tolerance);
  });
});

test("a blurred sprite in a haze: no shape is taken for another, few for none; half a pixel about its place, a tenth about its size", () => {
  const seen = drawnFactors(200).map((factors) => {
    const hazy = blurred(picture(factors), 3).map((value) => 0.02 + 0.95 * value);
    return { factors, measured: measureShape(hazy, SHAPES_IMAGE)! };
  });
  expect(seen.filter(({ factors, measured }) => ![factors.shape, null].includes(measured.shape))).toEqual([]);
  expect(seen.filter(({ measured }) => measured.shape === null).length).toBeLessThan(10); // of 200
  for (const { factors, measured } of seen) {
    expect(Math.abs(measured.x - factors.x)).toBeLessThan(0.5);
    expect(Math.abs(measured.y - factors.y)).toBeLessThan(0.5);
    expect(Math.abs(measured.size / factors.size - 1)).toBeLessThan(measured.shape === null ? 0.15 : 0.1); // √(2.31 / 1.96) − 1 = 0.09 more
  }
});

test("a disc is none of the shapes: it has a place and a size, no turn", () => {
  const disc = Float32Array.from({ length: PIXELS }, (_, i) =>
    Math.hypot((i % 32) + 0.5 - 12, Math.floor(i / 32) + 0.5 - 20) < 6 ? 1 : 0,
  );
  const measured = measureShape(disc, SHAPES_IMAGE)!;
  expect(measured).toMatchObject({ shape: null, angle: null });
  expect(measured.x).toBeCloseTo(12, 6);
  expect(measured.y).toBeCloseTo(20, 6);
  expect(measured.size).toBeCloseTo(6 * Math.sqrt(Math.PI / 1.96), 0);
});

test("its periods are the generator's", () => {
  expect(TURN_PERIODS).toEqual(SYMMETRY_ANGLES);
});

test("an empty picture, a faint one, a grey one and one of no numbers have nothing to measure", () => {
  expect(measureShape(new Float32Array(PIXELS), SHAPES_IMAGE)).toBeNull();
  expect(measureShape(new Float32Array(PIXELS).fill(0.05), SHAPES_IMAGE)).toBeNull();
  expect(measureShape(new Float32Array(PIXELS).fill(0.5), SHAPES_IMAGE)).toBeNull(); // as an untrained decoder paints it
  expect(measureShape(new Float32Array(PIXELS).fill(Number.NaN), SHAPES_IMAGE)).toBeNull();
});
