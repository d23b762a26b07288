/** Updates in place against the float64 optimisers, over many steps, with the scalars that begin.wgsl makes. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fillNormal } from "../../../lib/random";
import { INITIALISERS, OPTIMISERS } from "../../../protocol/run-config";
import { expectClose } from "../../../testing/close";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { optimiserTwin, type ScalarState } from "../../../testing/optimiser-twin";
import { optimiserKernel } from "../../../testing/snippet-kernel";
import { SLOT_NAMES } from "../../optimiser-constants";
import { beginKernel } from "./begin";
import { optimiserCode } from "./optimiser";
import { stateBytes } from "./state";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

const QUADS = 17;
const STEPS = 12;
/** Rounding of each step's few operations, and of the parameters themselves, adds up over twelve steps. */
const TOLERANCE = 2e-6;

function normals(block: number): Float32Array {
  const values = new Float32Array(4 * QUADS);
  fillNormal({ seed: 8, stream: 9 }, block, values);
  return values;
}

const CASES = [
  ...OPTIMISERS.flatMap((optimiser) => INITIALISERS.map((initialiser) => ({ optimiser, initialiser, adamBeta1: 0.9 }))),
  ...[0, 0.5].map((adamBeta1) => ({ optimiser: "adam", initialiser: "pytorch", adamBeta1 }) as const),
];

test.each(CASES)("$optimiser as $initialiser has it, first decay $adamBeta1", async ({ optimiser, initialiser, adamBeta1 }) => {
  const config = { optimiser, initialiser, adamBeta1, momentum: 0.9, learningRate: optimiser === "adadelta" ? 1 : 0.01 };
  const begin = beginKernel({ ...config, trainSize: 10, batchSize: 1, betaSchedule: "constant", scheduleSteps: 1 });
  const update = optimiserKernel(optimiserCode(config), QUADS);
  const start = normals(0).map((value) => value / 100); // small beside their way, which the twin judges too
  const twins = Array.from(start, (w): ScalarState => ({ w, a: 0, b: 0 }));
  const slots = SLOT_NAMES[optimiser];
  let buffers: Record<string, Float32Array> = { parameters: start };
  for (const slot of slots) buffers[slot] = new Float32Array(start.length);
  for (let step = 0; step < STEPS; step++) {
    // Gradients of many sizes, as a network's are; some 0 for ever, as in the padding.
    const gradients = normals(step + 1).map((value, i) => (i % 8 === 7 ? 0 : value * 10 ** (-(i % 8) / 2)));
    const before = new Uint32Array(stateBytes({ step, seed: 1, learningRate: config.learningRate, beta: 1 }));
    const { state } = await runKernel(device, begin, { state: before, order: 4 });
    const after = await runKernel(device, update, { ...buffers, gradients, state: new Uint32Array(state!) });
    buffers = Object.fromEntries(Object.entries(after).map(([name, bytes]) => [name, new Float32Array(bytes)]));
    twins.forEach((twin, i) => optimiserTwin(config, twin, gradients[i]!, step + 1));
  }
  const moved = (values: Float32Array | readonly number[]) => Array.from(values, (w, i) => w - start[i]!);
  expectClose(moved(buffers.parameters!), moved(twins.map(({ w }) => w)), 5 * TOLERANCE, "way of the parameters");
  expectClose(
    buffers.parameters!,
    twins.map(({ w }) => w),
    TOLERANCE,
    "parameters",
  );
  expectClose(
    buffers[slots[0]!]!,
    twins.map(({ a }) => a),
    TOLERANCE,
    slots[0],
  );
  if (slots.length > 1)
    expectClose(
      buffers[slots[1]!]!,
      twins.map(({ b }) => b),
      TOLERANCE,
      slots[1],
    );
  for (let i = 7; i < start.length; i += 8) expect(buffers.parameters![i]).toBe(start[i]);
});
