/** A step's batch against `batchIndices`, number for number, and its scalars against float64. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { batchIndices } from "../../../model/batch-order";
import { betaAt } from "../../../model/schedule";
import { BETA_SCHEDULES, INITIALISERS, OPTIMISERS, stepsPerEpoch } from "../../../protocol/run-config";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { beginKernel } from "./begin";
import { stateBytes } from "./state";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

const SEED = 0xdead_beef;

/** As the page's defaults have it; what a test is about comes on top. */
const PLAIN = { adamBeta1: 0.9, betaSchedule: "constant", scheduleSteps: 1_000 } as const;

async function begin(config: Parameters<typeof beginKernel>[0], step: number, rates = { learningRate: 0.001, beta: 4 }) {
  const before = new Uint32Array(stateBytes({ step, seed: SEED, ...rates }));
  const { order, state } = await runKernel(device, beginKernel(config), { state: before, order: config.batchSize * 4 });
  const [klScale, rate, epsilon] = new Float32Array(state!, 16, 3) as unknown as [number, number, number];
  return { order: new Uint32Array(order!), given: new Uint32Array(state!).slice(0, 4), before: before.slice(0, 4), klScale, rate, epsilon };
}

/** Less than a file, a whole file, files and a rest, a rest of one image, and a batch that leaves a rest of an epoch. */
const SIZES = [
  { trainSize: 7, batchSize: 7 },
  { trainSize: 100, batchSize: 1 },
  { trainSize: 2_000, batchSize: 128 },
  { trainSize: 2_001, batchSize: 128 },
  { trainSize: 9_000, batchSize: 128 },
  { trainSize: 60_000, batchSize: 512 },
];

test.each(SIZES)("order of $trainSize images in batches of $batchSize", async (sizes) => {
  const config = { ...PLAIN, ...sizes, optimiser: "sgd", initialiser: "pytorch" } as const;
  const perEpoch = stepsPerEpoch(config);
  const expected = new Uint32Array(config.batchSize);
  for (const step of new Set([0, perEpoch - 1, perEpoch, 2 * perEpoch - 1, 50_000 * perEpoch + Math.floor(perEpoch / 2)])) {
    batchIndices({ ...config, seed: SEED }, step, expected);
    expect((await begin(config, step)).order, `step ${step}`).toEqual(expected);
  }
});

test.each(INITIALISERS)("scalars of every optimiser as %s has them, from the first step to the millionth", async (initialiser) => {
  for (const optimiser of OPTIMISERS) {
    const config = { ...PLAIN, trainSize: 100, batchSize: 7, optimiser, initialiser };
    for (const step of [0, 1, 2, 9, 99, 999, 12_345, 1_000_000]) {
      const { klScale, rate, epsilon, given, before } = await begin(config, step);
      const correction = optimiser === "adam" ? Math.sqrt(1 - 0.999 ** (step + 1)) : 1;
      const scale = optimiser === "adam" ? correction / (1 - 0.9 ** (step + 1)) : 1;
      // Half a dozen float32 operations, `exp` within a few ulp where 1 − βᵗ comes from it: 2⁻²³ each.
      const tolerance = 10 * 2 ** -23;
      expect(Math.abs(rate / (0.001 * scale) - 1), `${optimiser} rate at ${step}`).toBeLessThan(tolerance);
      expect(Math.abs(klScale / (4 / 7) - 1)).toBeLessThan(tolerance);
      const ofAdam = initialiser === "keras" ? 1e-7 : 1e-8 * correction;
      const wanted = optimiser === "adam" ? ofAdam : 0;
      expect(Math.abs(epsilon - wanted), `epsilon at ${step}`).toBeLessThanOrEqual(tolerance * wanted);
      expect(given).toEqual(before); // what the CPU wrote stays
    }
  }
});

test.each([0, 0.5, 0.999])("a first decay of %f: the correction of its mean, from the first step on", async (adamBeta1) => {
  const config = { ...PLAIN, adamBeta1, trainSize: 100, batchSize: 7, optimiser: "adam", initialiser: "pytorch" } as const;
  for (const step of [0, 1, 99, 1_000_000]) {
    const { rate } = await begin(config, step);
    const scale = Math.sqrt(1 - 0.999 ** (step + 1)) / (1 - adamBeta1 ** (step + 1));
    expect(Math.abs(rate / (0.001 * scale) - 1), `rate at ${step}`).toBeLessThan(10 * 2 ** -23); // as above
  }
});

test.each(BETA_SCHEDULES)("β of each step, %s", async (betaSchedule) => {
  for (const scheduleSteps of [1, 7, 1_000]) {
    const config = { ...PLAIN, betaSchedule, scheduleSteps, trainSize: 100, batchSize: 7, optimiser: "sgd", initialiser: "keras" } as const;
    for (const step of [0, 1, 3, 6, 7, 8, 499, 500, 999, 1_000, 1_499, 12_345_678]) {
      const { klScale } = await begin(config, step);
      const wanted = betaAt(config, 4, step + 1) / 7;
      // Three operations; what a cycle has begun with is counted in whole steps.
      expect(Math.abs(klScale - wanted), `${scheduleSteps} steps, step ${step}`).toBeLessThanOrEqual(4 * 2 ** -24 * wanted);
    }
  }
});
