/** Pixels drawn and spoilt against `model/corruption`, pixel by pixel, in training and of held-out images, in both layouts. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fillUniform } from "../../../lib/random";
import { binarise, corrupt, isBinarised, type Draws } from "../../../model/corruption";
import { CORRUPTIONS, type CorruptionKind } from "../../../protocol/run-config";
import { expectClose } from "../../../testing/close";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { padded } from "../kernel";
import type { RowLayout } from "../plan";
import { drawImagesKernel } from "./draw-images";
import { pieceStateBytes, stateBytes } from "./state";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

const SEED = 0xdead_beef;
const STEP = 123;
const STORED = 11;
const ROWS = 7;
/** Black, white and exact greys are compared in bits of a normal's rounding: see random.browser.test.ts. */
const TOLERANCE = 1e-6;

/** 5 · 3 pixels of one and of three channels: as a plain row, and with each pixel's channels padded. */
const LAYOUTS: readonly { readonly pixels: number; readonly layout: RowLayout }[] = [
  { pixels: 15, layout: { columns: 16, group: { size: 15, stride: 16 } } },
  { pixels: 15, layout: { columns: 60, group: { size: 1, stride: 4 } } },
  { pixels: 45, layout: { columns: 60, group: { size: 3, stride: 4 } } },
];

function storedImages(pixels: number) {
  const uniforms = new Float32Array(STORED * pixels);
  fillUniform({ seed: 3, stream: 9 }, 0, uniforms);
  const bytes = Array.from({ length: STORED }, (_, i) =>
    Array.from(uniforms.subarray(i * pixels, (i + 1) * pixels), (u, pixel) =>
      pixel % 5 === 0 ? 0 : pixel % 5 === 1 ? 255 : Math.floor(u * 256),
    ),
  );
  const packed = new Uint8Array(STORED * padded(pixels));
  bytes.forEach((image, i) => packed.set(image, i * padded(pixels)));
  return { bytes, images: new Uint32Array(packed.buffer) };
}

interface Case {
  readonly reconstruction: "bce" | "bernoulli";
  readonly corruption: CorruptionKind;
  readonly corruptionLevel: number;
  readonly spoilt: boolean;
}

const CASES: readonly Case[] = [
  ...CORRUPTIONS.map((corruption) => ({ reconstruction: "bce", corruption, corruptionLevel: 0.3, spoilt: true }) as const),
  { reconstruction: "bce", corruption: "masking", corruptionLevel: 1, spoilt: true },
  { reconstruction: "bernoulli", corruption: "none", corruptionLevel: 0.3, spoilt: true },
  { reconstruction: "bernoulli", corruption: "salt", corruptionLevel: 0.5, spoilt: true },
  { reconstruction: "bernoulli", corruption: "gaussian", corruptionLevel: 0.5, spoilt: false },
];

/** @param imageOf the row's image in the store */
function expected(
  { spoilt, ...changes }: Case,
  drawsOf: (row: number) => Draws,
  images: readonly (readonly number[])[],
  layout: RowLayout,
) {
  const config = { model: "ae", seed: SEED, ...changes } as const;
  const { size, stride } = layout.group;
  const out = new Float64Array(images.length * layout.columns);
  images.forEach((bytes, row) => {
    const x = Float32Array.from(bytes, (byte) => byte / 255);
    if (isBinarised(config)) binarise(SEED, drawsOf(row), x);
    if (spoilt) corrupt(config, drawsOf(row), x);
    x.forEach((value, i) => (out[row * layout.columns + Math.floor(i / size) * stride + (i % size)] = value));
  });
  return out;
}

test.each(CASES)("a batch: $reconstruction, $corruption $corruptionLevel, spoilt: $spoilt", async (of) => {
  for (const { pixels, layout } of LAYOUTS) {
    const { bytes, images } = storedImages(pixels);
    const order = Uint32Array.from({ length: ROWS }, (_, row) => (row * 7 + 3) % STORED);
    const kernel = drawImagesKernel({ config: { model: "ae", ...of }, rows: ROWS, pixels, layout, pass: "training", spoilt: of.spoilt });
    const state = new Uint32Array(stateBytes({ step: STEP, seed: SEED, learningRate: 1, beta: 1 }));
    const contents = { images, order, state, drawn: new Float32Array(ROWS * layout.columns).fill(NaN) };
    const { drawn } = await runKernel(device, kernel, contents, ROWS);
    const draws = (row: number): Draws => ({ purpose: "training", block: STEP, first: row * pixels });
    const batch = Array.from(order, (image) => bytes[image]!);
    expectClose(new Float32Array(drawn!), expected(of, draws, batch, layout), TOLERANCE, `${pixels} pixels in ${layout.columns}`);
  }
});

test.each(CASES)("held-out images by their places: $reconstruction, $corruption $corruptionLevel, spoilt: $spoilt", async (of) => {
  for (const { pixels, layout } of LAYOUTS) {
    const { bytes, images } = storedImages(pixels);
    const places = Uint32Array.from({ length: ROWS }, (_, row) => 60_001 - 37 * row);
    const kernel = drawImagesKernel({ config: { model: "ae", ...of }, rows: ROWS, pixels, layout, pass: "held-out", spoilt: of.spoilt });
    const state = new Uint32Array(pieceStateBytes(SEED));
    const contents = { images, places, state, drawn: new Float32Array(ROWS * layout.columns).fill(NaN) };
    const { drawn } = await runKernel(device, kernel, contents, ROWS);
    const draws = (row: number): Draws => ({ purpose: "evaluation", block: 0, first: places[row]! * pixels });
    expectClose(
      new Float32Array(drawn!),
      expected(of, draws, bytes.slice(0, ROWS), layout),
      TOLERANCE,
      `${pixels} pixels in ${layout.columns}`,
    );
  }
});

const undrawn = (): Draws => ({ purpose: "evaluation", block: 0, first: 0 });

test("what nothing is drawn for is the bytes themselves, and needs no state", async () => {
  const { pixels, layout } = LAYOUTS[2]!;
  const { bytes, images } = storedImages(pixels);
  const of = { reconstruction: "bce", corruption: "masking", corruptionLevel: 0.5, spoilt: false } as const;
  const kernel = drawImagesKernel({ config: { model: "ae", ...of }, rows: ROWS, pixels, layout, pass: "held-out", spoilt: false });
  expect(kernel.bindings.map(({ name }) => name)).toEqual(["images", "drawn"]);
  const { drawn } = await runKernel(device, kernel, { images, drawn: 4 * ROWS * layout.columns }, ROWS);
  expectClose(new Float32Array(drawn!), expected(of, undrawn, bytes.slice(0, ROWS), layout), TOLERANCE, "pixels");
});
