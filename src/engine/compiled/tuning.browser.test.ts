/** The measurement itself, on the software adapter. */
import { afterEach, expect, test } from "vitest";
import { expectNoGpuErrors, openTestDevice } from "../../testing/gpu-bench";
import { tune } from "./tuning";
import { DENSE_PRODUCTS, isTuning, register, subgroup, workgroup, type DenseStyle, type Tuning } from "./tuning-choice";
import { DenseTrial, type Trial } from "./tuning-trial";

const SMALL: Trial = { product: "forward", rows: 8, inputs: 16, units: 16 };

afterEach(() => expectNoGpuErrors());

test("finds a tuning, and with subgroups only where the device has them", async () => {
  const device = await openTestDevice();
  const calls: number[] = [];
  const tuning = await tune(device, (done, total) => calls.push(done / total));
  expect(isTuning(tuning)).toBe(true);
  expect(stylesOf(tuning)).not.toContain("subgroups");
  expect(calls.at(-1)).toBe(1);
  expect(calls).toEqual(calls.toSorted((a, b) => a - b));
  device.destroy();
});

test("leaves out a variant that the device refuses, and goes on", async () => {
  const device = await openTestDevice(); // without subgroups
  const trial = new DenseTrial(device);
  const [refused, plain] = await trial.race(SMALL, [subgroup(16, 1), register(4, 1)]);
  expect(refused).toBeNull();
  expect(plain).toBeGreaterThan(0);
  expect(await trial.isSound(SMALL, subgroup(16, 1))).toBe(false);
  trial.dispose();
  device.destroy();
});

test("tells a variant that computes wrongly from one that does not, for every product", async () => {
  const right = await openTestDevice(navigator.gpu, ["subgroups"]);
  const wrong = await openSwappedDevice();
  for (const product of DENSE_PRODUCTS) {
    const shape = { ...SMALL, product, rows: 20, inputs: 24, units: 32 };
    const sound = new DenseTrial(right);
    for (const variant of [register(4, 1), subgroup(16, 1), workgroup(4, 4, 4)]) expect(await sound.isSound(shape, variant)).toBe(true);
    sound.dispose();
    const unsound = new DenseTrial(wrong);
    expect(await unsound.isSound(shape, subgroup(16, 1))).toBe(false);
    expect(await unsound.isSound(shape, register(4, 1))).toBe(true);
    unsound.dispose();
  }
  right.destroy();
  wrong.destroy();
});

test("a driver whose lanes lie otherwise is never given a kernel with swaps", async () => {
  const device = await openSwappedDevice();
  expect(stylesOf(await tune(device))).not.toContain("subgroups");
  device.destroy();
});

/** Neighbours in each other's places, as where a driver numbers a subgroup's lanes otherwise. */
async function openSwappedDevice(): Promise<GPUDevice> {
  const device = await openTestDevice(navigator.gpu, ["subgroups"]);
  const native = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) => native({ ...descriptor, code: descriptor.code.replaceAll("quadSwapX", "quadSwapY") });
  return device;
}

function stylesOf({ dense }: Tuning): DenseStyle[] {
  return Object.values(dense).flatMap((bySize) => Object.values(bySize).map(({ style }) => style));
}
