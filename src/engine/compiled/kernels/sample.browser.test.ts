/** Codes and KL against the twins: noise of the right stream, block and element, each dimension once, nothing in the padding. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fillNormal } from "../../../lib/random";
import { LOG_VAR_RANGE } from "../../../model/forward";
import { STREAMS } from "../../../model/streams";
import { expectClose } from "../../../testing/close";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { klTwin } from "../../../testing/model-twin";
import { padded } from "../kernel";
import { sampleKernel } from "./sample";
import { pieceStateBytes, stateBytes } from "./state";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

const SEED = 77;
const STEP = 123;
/** Of images in the held-out set, not one after the other. */
const placeOf = (row: number) => 1_001 + ((row * 37) % 211);
/** `exp` of up to 10 may be 23 ulp off, ε six; all else is a rounding or two. */
const TOLERANCE = 4e-6;

const SHAPES = [
  [1, 1],
  [7, 3],
  [7, 17],
  [128, 20],
  [100, 2],
] as const;

/** Heads in the kernel's layout, some log σ² beyond the range, and in plain rows. */
function headsOf(rows: number, latentDim: number) {
  const stride = padded(latentDim);
  const values = new Float32Array(rows * latentDim * 2);
  fillNormal({ seed: 9, stream: 9 }, 0, values);
  const heads = new Float32Array(rows * stride * 2).fill(9); // in the padding too, where nothing should look
  const at = (row: number, d: number) => row * 2 * stride + d;
  for (let i = 0; i < rows * latentDim; i++) {
    const [row, d] = [Math.floor(i / latentDim), i % latentDim];
    heads[at(row, d)] = values[2 * i]!;
    heads[at(row, d) + stride] = i % 7 === 6 ? -25 : i % 7 === 3 && rows === 1 ? 25 : values[2 * i + 1]!;
  }
  const mean = (row: number, d: number) => heads[at(row, d)]!;
  const logVar = (row: number, d: number) => Math.min(LOG_VAR_RANGE.max, Math.max(LOG_VAR_RANGE.min, heads[at(row, d) + stride]!));
  return { heads, mean, logVar, stride };
}

function klPartials(rows: number, latentDim: number, { mean, logVar, stride }: ReturnType<typeof headsOf>): Float64Array {
  const partials = new Float64Array((rows * stride) / 4);
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < latentDim; d++) partials[(row * stride) / 4 + Math.floor(d / 4)]! += klTwin([mean(row, d)], [logVar(row, d)]);
  }
  return partials;
}

/** `[rows][stride]`, 0 in the padding. */
function codes(rows: number, latentDim: number, stride: number, code: (row: number, d: number) => number): Float64Array {
  return Float64Array.from({ length: rows * stride }, (_, i) => (i % stride < latentDim ? code(Math.floor(i / stride), i % stride) : 0));
}

test.each(SHAPES)("training draws for %i rows of %i dimensions", async (rows, latentDim) => {
  const posterior = headsOf(rows, latentDim);
  const { heads, mean, logVar, stride } = posterior;
  const epsilon = new Float32Array(rows * latentDim);
  fillNormal({ seed: SEED, stream: STREAMS.trainingNoise }, STEP, epsilon);
  const state = new Uint32Array(stateBytes({ step: STEP, seed: SEED, learningRate: 1, beta: 1 }));
  const empty = new Float32Array(rows * stride).fill(NaN);
  const kernel = sampleKernel({ rows, latentDim, variant: "training" });
  const { z, kls } = await runKernel(device, kernel, { heads, state, z: empty, kls: empty.slice(0, empty.length / 4) }, rows);
  const drawn = codes(rows, latentDim, stride, (row, d) => mean(row, d) + Math.exp(logVar(row, d) / 2) * epsilon[row * latentDim + d]!);
  expectClose(new Float32Array(z!), drawn, TOLERANCE, "z");
  expectClose(new Float32Array(kls!), klPartials(rows, latentDim, posterior), TOLERANCE, "KL");
});

test.each(SHAPES)("evaluation draws for a piece of %i rows of %i dimensions", async (rows, latentDim) => {
  const posterior = headsOf(rows, latentDim);
  const { heads, mean, logVar, stride } = posterior;
  const epsilon = new Float32Array(1_300 * latentDim);
  fillNormal({ seed: SEED, stream: STREAMS.evaluationNoise }, 0, epsilon);
  const state = new Uint32Array(pieceStateBytes(SEED));
  const places = Uint32Array.from({ length: rows }, (_, row) => placeOf(row));
  const noiseOf = (row: number, d: number) => epsilon[placeOf(row) * latentDim + d]!;
  const contents = { heads, state, places, z: rows * stride * 4, kls: rows * stride };
  const { z, kls } = await runKernel(device, sampleKernel({ rows, latentDim, variant: "evaluation" }), contents, rows);
  const drawn = codes(rows, latentDim, stride, (row, d) => mean(row, d) + Math.exp(logVar(row, d) / 2) * noiseOf(row, d));
  expectClose(new Float32Array(z!), drawn, TOLERANCE, "z");
  expectClose(new Float32Array(kls!), klPartials(rows, latentDim, posterior), TOLERANCE, "KL");
});

test.each(SHAPES)("the KL of each dimension of %i rows of %i", async (rows, latentDim) => {
  const { heads, mean, logVar, stride } = headsOf(rows, latentDim);
  const state = new Uint32Array(stateBytes({ step: STEP, seed: SEED, learningRate: 1, beta: 1 }));
  const empty = new Float32Array(rows * stride).fill(NaN);
  const kernel = sampleKernel({ rows, latentDim, variant: "training", byDimension: true });
  const { klTerms } = await runKernel(device, kernel, { heads, state, z: empty, klTerms: empty }, rows);
  const terms = codes(rows, latentDim, stride, (row, d) => klTwin([mean(row, d)], [logVar(row, d)]));
  expectClose(new Float32Array(klTerms!), terms, TOLERANCE, "KL");
});

test.each(SHAPES)("the means of %i rows of %i dimensions, in bits", async (rows, latentDim) => {
  const { heads, mean, stride } = headsOf(rows, latentDim);
  const kernel = sampleKernel({ rows, latentDim, variant: "mean" });
  const { z } = await runKernel(device, kernel, { heads, z: new Float32Array(rows * stride).fill(NaN) }, rows);
  expect(new Float32Array(z!)).toEqual(Float32Array.from(codes(rows, latentDim, stride, mean)));
});

test("near the prior the KL keeps its digits and is not negative", async () => {
  const logVars = [0, 1e-6, -1e-6, 1e-4, -1e-4, 0.01, -0.01, 0.3, -0.499, 0.5, -0.5];
  const heads = new Float32Array(logVars.length * 8);
  logVars.forEach((logVar, row) => (heads[8 * row + 4] = logVar));
  const state = new Uint32Array(pieceStateBytes(1));
  const kernel = sampleKernel({ rows: logVars.length, latentDim: 1, variant: "evaluation" });
  const contents = { heads, state, places: Uint32Array.from(logVars, (_, row) => row), z: logVars.length * 16, kls: logVars.length * 4 };
  const { kls } = await runKernel(device, kernel, contents, logVars.length);
  new Float32Array(kls!).forEach((kl, row) => {
    const v = Math.fround(logVars[row]!);
    // The difference cancels in float64 too where v is small: there its series.
    const expected = Math.abs(v) < 1e-3 ? (v * v) / 4 + v ** 3 / 12 : (Math.expm1(v) - v) / 2;
    // From a half on, e^v − 1 − v loses three bits to cancellation, of a few ulp each.
    expect(Math.abs(kl - expected), `log σ² ${v}`).toBeLessThanOrEqual(5e-6 * expected);
  });
});
