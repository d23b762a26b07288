/** Each image's loss and KL against float64 sums of its partials. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fillUniform } from "../../../lib/random";
import { expectClose } from "../../../testing/close";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { imageSumsKernel } from "./image-sums";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

/** Up to 260 additions of one sign in a row: rounding grows as their root, √260 · 2⁻²⁵ in the mean. */
const TOLERANCE = 2e-6;

function uniforms(count: number): Float32Array {
  const values = new Float32Array(count);
  fillUniform({ seed: 2, stream: 1 }, count, values);
  return values;
}

function sums(values: Float32Array, each: number): Float64Array {
  const out = new Float64Array(values.length / each);
  values.forEach((value, i) => (out[Math.floor(i / each)]! += value));
  return out;
}

test.each([
  { images: 1, lossPartials: 1, klPartials: 1 },
  { images: 7, lossPartials: 5, klPartials: 2 },
  { images: 128, lossPartials: 196, klPartials: 5 },
  { images: 65, lossPartials: 1_037, klPartials: 0 },
])("$images images of $lossPartials and $klPartials partials", async (shape) => {
  const losses = uniforms(shape.images * shape.lossPartials);
  const kls = uniforms(shape.images * shape.klPartials);
  const bytes = shape.images * 4;
  const contents = { losses, imageLosses: bytes, ...(shape.klPartials > 0 ? { kls, imageKls: bytes } : {}) };
  const { imageLosses, imageKls } = await runKernel(device, imageSumsKernel(shape), contents, shape.images);
  expectClose(new Float32Array(imageLosses!), sums(losses, shape.lossPartials), TOLERANCE, "losses");
  const expected = shape.klPartials > 0 ? sums(kls, shape.klPartials) : [];
  expectClose(new Float32Array(imageKls ?? new ArrayBuffer(0)), expected, TOLERANCE, "KLs");
});

test("a piece that is not full leaves the images behind it alone", async () => {
  const shape = { images: 128, lossPartials: 3, klPartials: 0 };
  const imageLosses = new Float32Array(128).fill(-1);
  const after = await runKernel(device, imageSumsKernel(shape), { losses: uniforms(128 * 3), imageLosses }, 64);
  expect(new Float32Array(after.imageLosses!).subarray(64)).toEqual(imageLosses.subarray(64));
});
