/** What the two mistakes call a KL, of codes, against float64. */
import { afterAll, afterEach, beforeAll, test } from "vitest";
import { fillNormal } from "../../../lib/random";
import { expectClose } from "../../../testing/close";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { padded } from "../kernel";
import { codeChargeKernel } from "./code-charge";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

/** Four terms, of either sign in the mean. */
const TOLERANCE = 1e-6;

test.each(["detached-kl", "code-mean"] as const)("%s", async (mistake) => {
  for (const [rows, latentDim] of [
    [1, 1],
    [7, 3],
    [100, 17],
    [65, 4],
  ] as const) {
    const stride = padded(latentDim);
    const heads = new Float32Array(rows * stride);
    fillNormal({ seed: 4, stream: 9 }, 0, heads); // in the padding too, where nothing should look
    const expected = new Float64Array((rows * stride) / 4);
    heads.forEach((z, i) => {
      if (i % stride >= latentDim) return;
      expected[Math.floor(i / 4)]! += mistake === "code-mean" ? z / latentDim : z ** 2 / 2;
    });
    const kernel = codeChargeKernel({ rows, latentDim, mistake });
    const { kls } = await runKernel(device, kernel, { heads, kls: new Float32Array(expected.length).fill(NaN) }, rows);
    expectClose(new Float32Array(kls!), expected, TOLERANCE, `${rows} × ${latentDim}`);
  }
});
