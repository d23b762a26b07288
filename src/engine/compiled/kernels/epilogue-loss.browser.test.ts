/** Reconstruction losses of packed images and their gradients by the logits, against the twin, for dense and image-shaped logits. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fillNormal, fillUniform } from "../../../lib/random";
import { centralDifferences } from "../../../testing/central-differences";
import { expectClose } from "../../../testing/close";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { activationTwin, bceTwin, squaredErrorTwin } from "../../../testing/model-twin";
import { epilogueKernel } from "../../../testing/snippet-kernel";
import { padded } from "../kernel";
import { judgeEpilogue, lossEpilogue, type JudgedPixels } from "./epilogue-loss";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

/** A formula of a few float32 operations, each within an ulp or, of `exp`, within 3 + 2|x| of them: |x| is below 8 here. */
const TOLERANCE = 2e-6;
/** A derivative from the output alone, 1 − y², is off by ulps of 1 where y is near 1, whatever its own size; three quarters are padding. */
const GRADIENT_TOLERANCE = 5e-6;

const KINDS = [
  { reconstruction: "bce", outputActivation: "sigmoid" },
  { reconstruction: "mse", outputActivation: "sigmoid" },
  { reconstruction: "mse", outputActivation: "tanh" },
  { reconstruction: "mse", outputActivation: "linear" },
  { reconstruction: "gaussian", outputActivation: "sigmoid" },
  { reconstruction: "gaussian", outputActivation: "linear" },
] as const;

/** Of the Gaussian; its square is no number of float32. */
const SIGMA = 0.3;

/** Widths of a dense layer, and positions of an image with one and with three channels, whose pixels do not start on a word. */
const SHAPES = [
  { batch: 1, rowsPerImage: 1, width: 1 },
  { batch: 7, rowsPerImage: 1, width: 17 },
  { batch: 128, rowsPerImage: 1, width: 100 },
  { batch: 7, rowsPerImage: 25, width: 1 },
  { batch: 3, rowsPerImage: 9, width: 3 },
] as const;
type Shape = (typeof SHAPES)[number];

const STORED = 11;

/** `[STORED][bytes]` and the same packed, each image padded to whole words. */
function storedImages(bytes: number) {
  const uniforms = new Float32Array(STORED * bytes);
  fillUniform({ seed: 3, stream: 9 }, 0, uniforms);
  const pixels = Array.from({ length: STORED }, (_, i) =>
    Array.from(uniforms.subarray(i * bytes, (i + 1) * bytes), (u) => Math.floor(u * 256)),
  );
  const packed = new Uint8Array(STORED * padded(bytes));
  pixels.forEach((image, i) => packed.set(image, i * padded(bytes)));
  return { pixels, images: new Uint32Array(packed.buffer) };
}

/** Everything of one run: GPU inputs, and x and logits again as the twin takes them, `[rows · width]`. */
function inputsOf({ batch, rowsPerImage, width }: Shape, imageOfRow: (image: number) => number) {
  const { pixels, images } = storedImages(rowsPerImage * width);
  const paddedColumns = padded(width);
  const rows = batch * rowsPerImage;
  const sums = new Float32Array(rows * paddedColumns);
  fillNormal({ seed: 4, stream: 9 }, 0, sums);
  const places = Array.from({ length: rows * width }, (_, i) => Math.floor(i / width) * paddedColumns + (i % width));
  const x = Array.from({ length: rows * width }, (_, i) => {
    const image = Math.floor(i / (rowsPerImage * width));
    return pixels[imageOfRow(image)]![i % (rowsPerImage * width)]! / 255;
  });
  return { images, sums: sums.map((sum) => 3 * sum), places, x, rows, paddedColumns };
}

function judgedPixels(kind: (typeof KINDS)[number], { rowsPerImage, width }: Shape): JudgedPixels {
  return {
    ...kind,
    sigma: SIGMA,
    target: "images",
    rowsPerImage,
    columns: { size: width, stride: padded(width) },
    paddedColumns: padded(width),
  };
}

function lossTwin({ reconstruction, outputActivation }: (typeof KINDS)[number], logits: readonly number[], x: readonly number[]): number {
  if (reconstruction === "bce") return bceTwin(logits, x);
  const squared = squaredErrorTwin(
    logits.map((logit) => activationTwin(outputActivation, logit)),
    x,
  );
  return reconstruction === "mse" ? squared : squared / (2 * SIGMA ** 2) + (x.length / 2) * Math.log(2 * Math.PI * SIGMA ** 2);
}

/** `values` of the real places, 0 elsewhere. */
function spread(values: ArrayLike<number>, places: readonly number[], length: number): Float64Array {
  const out = new Float64Array(length);
  places.forEach((place, i) => (out[place] = values[i]!));
  return out;
}

/** Loss of each four columns. */
function partialsTwin(
  kind: (typeof KINDS)[number],
  logits: readonly number[],
  x: readonly number[],
  places: readonly number[],
  quads: number,
) {
  const partials = new Float64Array(quads);
  places.forEach((place, i) => (partials[Math.floor(place / 4)]! += lossTwin(kind, [logits[i]!], [x[i]!])));
  return partials;
}

test.each(KINDS)("$reconstruction through $outputActivation in training", async (kind) => {
  for (const shape of SHAPES) {
    const order = Uint32Array.from({ length: shape.batch }, (_, row) => (row * 7 + 3) % STORED);
    const { images, sums, places, x, rows, paddedColumns } = inputsOf(shape, (row) => order[row]!);
    const kernel = epilogueKernel(lossEpilogue({ ...judgedPixels(kind, shape), batch: shape.batch }), rows, paddedColumns);
    const empty = new Float32Array(sums.length).fill(NaN);
    const { dy, losses } = await runKernel(device, kernel, { sums, images, order, dy: empty, losses: empty.subarray(sums.length * 0.75) });
    const logits = places.map((place) => sums[place]!);
    expectClose(new Float32Array(losses!), partialsTwin(kind, logits, x, places, sums.length / 4), TOLERANCE, `losses of ${rows} rows`);
    const at = [0];
    const gradient = logits.map((logit, i) => {
      at[0] = logit;
      return centralDifferences(at, () => lossTwin(kind, at, [x[i]!]))[0]! / shape.batch;
    });
    expectClose(new Float32Array(dy!), spread(gradient, places, sums.length), GRADIENT_TOLERANCE, `gradient of ${rows} rows`);
  }
});

test.each(KINDS)("$reconstruction through $outputActivation outside training", async (kind) => {
  for (const shape of SHAPES.filter(({ batch }) => batch <= STORED)) {
    const { images, sums, places, x, rows, paddedColumns } = inputsOf(shape, (row) => row);
    const kernel = epilogueKernel(judgeEpilogue(judgedPixels(kind, shape)), rows, paddedColumns);
    const empty = new Float32Array(sums.length).fill(NaN);
    const { y, losses } = await runKernel(device, kernel, { sums, images, y: empty, losses: empty.subarray(sums.length * 0.75) });
    const logits = places.map((place) => sums[place]!);
    expectClose(new Float32Array(losses!), partialsTwin(kind, logits, x, places, sums.length / 4), TOLERANCE, `losses of ${rows} rows`);
    const pixels = logits.map((logit) => activationTwin(kind.outputActivation, logit));
    expectClose(new Float32Array(y!), spread(pixels, places, sums.length), TOLERANCE, `pixels of ${rows} rows`);
  }
});

/** One logit at a time against its own size, where a sum would hide it: black and white pixels fitted ever better. */
test("a cross-entropy keeps its digits when a pixel fits well, and stays finite when it does not", async () => {
  const sums = Float32Array.of(-80, -30, -17, -12, -3, -1e-3, 0, 12, -90, -200, -1e4, 1e4, 30, 80, 100, 1e-3);
  const spreadSums = new Float32Array(sums.length * 4);
  sums.forEach((sum, i) => (spreadSums[4 * i] = sum));
  const images = new Uint32Array(sums.length); // black
  const dark = epilogueKernel(judgeEpilogue(judgedPixels(KINDS[0], SHAPES[0])), sums.length, 4);
  const { losses } = await runKernel(device, dark, { sums: spreadSums, images, y: spreadSums.byteLength, losses: sums.byteLength });
  new Float32Array(losses!).forEach((loss, i) => {
    const expected = Math.max(sums[i]!, 0) + Math.log1p(Math.exp(-Math.abs(sums[i]!)));
    // `exp` may be 3 + 2|x| ulp off; below e^-87 float32 ends.
    expect(Math.abs(loss - expected)).toBeLessThanOrEqual((4 + 2 * Math.min(Math.abs(sums[i]!), 87)) * 2 ** -23 * expected + 1.2e-38);
  });
});
