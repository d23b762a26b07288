/** Gradients by both heads against central differences of what a batch's mean objective is of them. */
import { afterAll, afterEach, beforeAll, test } from "vitest";
import { fillNormal } from "../../../lib/random";
import { LOG_VAR_RANGE } from "../../../model/forward";
import type { HeadActivation } from "../../../protocol/run-config";
import { centralDifferences } from "../../../testing/central-differences";
import { expectClose } from "../../../testing/close";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { activationTwin, klTwin } from "../../../testing/model-twin";
import { epilogueKernel } from "../../../testing/snippet-kernel";
import { padded } from "../kernel";
import { posteriorGradientEpilogue } from "./epilogue-posterior";
import { STATE_BYTES } from "./state";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

/** z − μ is off by ulps of μ, some times larger than σ ε; the rest is a few float32 operations. */
const TOLERANCE = 5e-6;

const KL_SCALE = 4 / 7;
/** `struct State` with klScale alone. */
const STATE = new Float32Array(STATE_BYTES / 4).fill(KL_SCALE, 4, 5);

const clamped = (logVar: number) => Math.min(LOG_VAR_RANGE.max, Math.max(LOG_VAR_RANGE.min, logVar));

/** Plain; with heads through relu; and where each dimension is charged by a rate of its own, some not at all. */
const KINDS = [
  { activation: "linear", charged: false },
  { activation: "relu", charged: false },
  { activation: "linear", charged: true },
  { activation: "relu", charged: true },
] as const;

const SIZES = [
  [1, 1],
  [7, 2],
  [7, 17],
  [128, 20],
] as const;

test.each(KINDS)("$activation heads, charged by dimension: $charged", async ({ activation, charged }) => {
  for (const [rows, latentDim] of SIZES) await expectGradients(rows, latentDim, activation, charged);
});

async function expectGradients(rows: number, latentDim: number, activation: HeadActivation, charged: boolean): Promise<void> {
  const stride = padded(latentDim);
  const values = new Float32Array(rows * latentDim * 4);
  fillNormal({ seed: 6, stream: 9 }, 0, values);
  const rateOf = (d: number) => (charged ? Math.fround(KL_SCALE * (d % 3)) : KL_SCALE);
  const charge = Float32Array.from({ length: 4 + stride }, (_, i) => (i < 4 ? 9 : rateOf(i - 4)));
  const sums = new Float32Array(rows * stride).fill(9); // in the padding too
  const z = new Float32Array(rows * stride);
  const heads = new Float32Array(rows * stride * 2);
  const expected = new Float64Array(heads.length);
  for (let i = 0; i < rows * latentDim; i++) {
    const [row, d] = [Math.floor(i / latentDim), i % latentDim];
    const [meanSum, logVar, epsilon, dz] = values.subarray(4 * i) as unknown as [number, number, number, number];
    // Now and then beyond the range, either way, where nothing may come through.
    const logVarSum = i % 5 === 4 ? 25 * Math.sign(logVar) : logVar;
    const head = (sum: number) => activationTwin(activation, sum);
    const draw = (mu: number, value: number) => mu + Math.exp(clamped(value) / 2) * epsilon;
    const objective = (mu: number, value: number) => dz * draw(mu, value) + rateOf(d) * klTwin([mu], [clamped(value)]);
    const at = [meanSum, logVarSum];
    const [byMean] = centralDifferences(at, () => objective(head(at[0]!), 0)); // of log σ² it knows nothing
    const [, byLogVar] = logVarSum > LOG_VAR_RANGE.max ? [0, 0] : centralDifferences(at, () => objective(head(at[0]!), head(at[1]!)));
    const place = row * 2 * stride + d;
    sums[row * stride + d] = dz;
    z[row * stride + d] = draw(head(meanSum), head(logVarSum));
    [heads[place], heads[place + stride]] = at.map(head) as [number, number];
    [expected[place], expected[place + stride]] = [byMean!, byLogVar!];
  }
  const kernel = epilogueKernel(posteriorGradientEpilogue({ latentDim, activation, charged }), rows, stride);
  const dheads = new Float32Array(heads.length).fill(NaN);
  const found = await runKernel(device, kernel, { sums, heads, z, ...(charged ? { charge } : { state: STATE }), dheads });
  expectClose(new Float32Array(found.dheads!), expected, TOLERANCE, `gradients of ${rows} × ${latentDim}`);
}
