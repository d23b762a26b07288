/** A batch's means against float64, over odd numbers of partials; the ring, and the step that goes one up. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fillUniform } from "../../../lib/random";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { finishKernel, METRICS_BYTES, RING } from "./finish";
import { stateBytes } from "./state";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

function partials(count: number, stream: number): Float32Array {
  const values = new Float32Array(count);
  fillUniform({ seed: 2, stream }, 0, values);
  return values.map((value) => 2 * value ** 4); // a few large ones, as of pixels
}

function mean(values: Float32Array, batch: number): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / batch;
}

/** @param charge KL and penalty that were summed before */
async function finish(step: number, batch: number, losses: Float32Array, kls: Float32Array, charge?: Float32Array) {
  const kernel = finishKernel({ batch, lossPartials: losses.length, klPartials: kls.length, charged: charge !== undefined });
  const state = new Uint32Array(stateBytes({ step, seed: 1, learningRate: 1, beta: 4 }));
  const contents = {
    losses,
    ...(kls.length > 0 ? { kls } : {}),
    ...(charge && { charge }),
    state,
    metrics: new Float32Array((RING * METRICS_BYTES) / 4).fill(-1),
  };
  const { metrics, state: after } = await runKernel(device, kernel, contents);
  return { metrics: new Float32Array(metrics!), step: new Uint32Array(after!)[0]! };
}

/** Well within 1e-6 of the sum: a hundred thousand numbers of one sign in chains of at most 40 additions. */
const TOLERANCE = 2.5e-7;

test.each([
  { batch: 1, losses: 1, kls: 1 },
  { batch: 7, losses: 35, kls: 7 },
  { batch: 128, losses: 128 * 196, kls: 128 * 5 },
  { batch: 128, losses: 128 * 784, kls: 128 },
  { batch: 7, losses: 4096, kls: 8195 },
])("means over a batch of $batch, of $losses and $kls partials", async (sizes) => {
  const { batch } = sizes;
  const [losses, kls] = [partials(sizes.losses, 1), partials(sizes.kls, 2)];
  const step = 3 * RING + 17;
  const { metrics, step: after } = await finish(step, batch, losses, kls);
  const [reconstruction, kl, penalty, stamp] = metrics.subarray(17 * 4) as unknown as [number, number, number, number];
  expect(Math.abs(reconstruction / mean(losses, batch) - 1)).toBeLessThan(TOLERANCE);
  expect(Math.abs(kl / mean(kls, batch) - 1)).toBeLessThan(TOLERANCE);
  expect(penalty).toBe(kl);
  expect([stamp, after]).toEqual([step + 1, step + 1]);
  const others = metrics.filter((value, i) => Math.floor(i / 4) !== 17 && value !== -1);
  expect(others.length).toBe(0);
});

test("an autoencoder has no KL; the same numbers give the same bits; a NaN is not lost", async () => {
  const losses = partials(25_088, 3);
  const { metrics } = await finish(RING - 1, 128, losses, new Float32Array(0));
  const last = metrics.slice(4 * RING - 4);
  expect(last[1]).toBe(0);
  expect(last[2]).toBe(0);
  expect((await finish(RING - 1, 128, losses, new Float32Array(0))).metrics).toEqual(metrics);
  losses[20_000] = NaN;
  expect((await finish(0, 128, losses, new Float32Array(0))).metrics[0]).toBeNaN();
});

test("a KL that was charged before comes with its penalty", async () => {
  const { metrics } = await finish(0, 7, partials(35, 1), new Float32Array(0), Float32Array.of(3.5, 1.25, 0, 0, 9, 9, 9, 9));
  expect([...metrics.subarray(1, 4)]).toEqual([3.5, 1.25, 1]);
});
