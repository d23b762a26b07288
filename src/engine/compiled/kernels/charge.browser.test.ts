/** What a batch is charged for its KL, and the slope of it, against float64 sums of the terms. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fillUniform } from "../../../lib/random";
import { capacityAt } from "../../../model/schedule";
import { expectClose } from "../../../testing/close";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { padded } from "../kernel";
import { chargeFloats, chargeKernel } from "./charge";
import { STATE_BYTES } from "./state";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

/** Sums of up to 300 numbers of one sign, in chains of two and a tree: a few ulp. */
const TOLERANCE = 1e-6;
const KL_SCALE = Math.fround(4 / 7);
const SCHEDULE = { scheduleSteps: 100 };

/** `struct State` of step `step`, with klScale. */
function stateAt(step: number): Uint32Array {
  const bytes = new ArrayBuffer(STATE_BYTES);
  new Uint32Array(bytes)[0] = step;
  new Float32Array(bytes)[4] = KL_SCALE;
  return new Uint32Array(bytes);
}

/** `[batch][padded(latentDim)]`, and each dimension's mean. */
function termsOf(batch: number, latentDim: number) {
  const stride = padded(latentDim);
  const values = new Float32Array(batch * latentDim);
  fillUniform({ seed: 3, stream: 9 }, 0, values);
  const klTerms = new Float32Array(batch * stride);
  const means = new Float64Array(latentDim);
  values.forEach((value, i) => {
    const [row, d] = [Math.floor(i / latentDim), i % latentDim];
    const term = (value * (1 + d)) / latentDim; // some dimensions far below, some far above any threshold
    klTerms[row * stride + d] = term;
    means[d]! += Math.fround(term) / batch;
  });
  return { klTerms, means };
}

const SHAPES = [
  { batchSize: 7, latentDim: 3 },
  { batchSize: 300, latentDim: 17 },
] as const;

async function charge(config: Parameters<typeof chargeKernel>[0], klTerms: Float32Array, step: number): Promise<Float32Array> {
  const kernel = chargeKernel(config);
  const found = await runKernel(device, kernel, {
    klTerms,
    state: stateAt(step),
    charge: new Float32Array(chargeFloats(config.latentDim)).fill(NaN),
  });
  return new Float32Array(found.charge!);
}

test.each(SHAPES)("free bits of $batchSize codes of $latentDim dimensions", async (shape) => {
  const { klTerms, means } = termsOf(shape.batchSize, shape.latentDim);
  for (const freeBits of [0.2, 10]) {
    const found = await charge({ klMode: "free-bits", freeBits, capacity: 0, ...SCHEDULE, ...shape }, klTerms, 5);
    const kl = means.reduce((sum, mean) => sum + mean, 0);
    const penalty = means.reduce((sum, mean) => sum + Math.max(freeBits, mean), 0);
    const slopes = Float64Array.from({ length: padded(shape.latentDim) }, (_, d) => (means[d]! > freeBits ? KL_SCALE : 0));
    expectClose(found.subarray(0, 2), [kl, penalty], TOLERANCE, `terms above ${freeBits}`);
    expect([...found.subarray(4)]).toEqual([...slopes]);
  }
});

test.each(SHAPES)("the way to a capacity of $batchSize codes of $latentDim dimensions", async (shape) => {
  const { klTerms, means } = termsOf(shape.batchSize, shape.latentDim);
  const kl = means.reduce((sum, mean) => sum + mean, 0);
  for (const [capacity, step] of [
    [0, 0],
    [50, 0],
    [50, 37],
    [50, 12_345],
  ] as const) {
    const config = { klMode: "capacity", freeBits: 0, capacity, ...SCHEDULE, ...shape } as const;
    const found = await charge(config, klTerms, step);
    const excess = kl - capacityAt(config, step + 1);
    expectClose(found.subarray(0, 2), [kl, Math.abs(excess)], TOLERANCE, `terms at ${step}`);
    const slopes = found.subarray(4, 4 + shape.latentDim);
    expect(slopes.every((slope) => slope === Math.sign(excess) * KL_SCALE)).toBe(true);
  }
});

test("a NaN among the terms is told, under either charge", async () => {
  const { klTerms } = termsOf(7, 3);
  klTerms[4] = NaN;
  for (const klMode of ["free-bits", "capacity"] as const) {
    const config = { klMode, freeBits: 0.2, capacity: 1, ...SCHEDULE, batchSize: 7, latentDim: 3 };
    const [kl, penalty] = await charge(config, klTerms, 0);
    expect([kl, penalty]).toEqual([NaN, NaN]);
  }
});
