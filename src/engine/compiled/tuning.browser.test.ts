/** The measurement itself, on the software adapter. */
import { afterEach, expect, test } from "vitest";
import { expectNoGpuErrors, openTestDevice } from "../../testing/gpu-bench";
import { tune } from "./tuning";
import { isTuning, register, subgroup, type DenseStyle, type Tuning } from "./tuning-choice";
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
  expect(await trial.results(SMALL, subgroup(16, 1))).toBeNull();
  trial.dispose();
  device.destroy();
});

test("leaves out a variant that computes something else", async () => {
  const device = await openTestDevice(navigator.gpu, ["subgroups"]);
  const trial = new DenseTrial(device);
  const judge = (await trial.results(SMALL, register(4, 1)))!;
  expect(judge).toHaveLength(8 * 16);
  expect(await trial.agrees(SMALL, subgroup(16, 1), judge)).toBe(true);
  expect(await trial.agrees({ ...SMALL, inputs: 12 }, subgroup(16, 1), judge)).toBe(false);
  trial.dispose();
  device.destroy();
});

function stylesOf({ dense }: Tuning): DenseStyle[] {
  return Object.values(dense).flatMap((bySize) => Object.values(bySize).map(({ style }) => style));
}
