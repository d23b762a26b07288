/** The GPU's own clock, on an adapter that has one: Chromium's software adapter does. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { dispatch, numberKernel, tinyPlan } from "../../testing/compiled-plan";
import { openTestDevice } from "../../testing/gpu-bench";
import { createExecutor } from "./executor";
import { GpuTimer } from "./gpu-timer";
import { ReadBack } from "./read-back";

let device: GPUDevice;
const errors: string[] = [];
beforeAll(async () => {
  const adapter = await navigator.gpu.requestAdapter();
  device = await adapter!.requestDevice({ requiredFeatures: ["timestamp-query"] });
  device.addEventListener("uncapturederror", ({ error }) => errors.push(error.message));
});
afterAll(() => device.destroy());

/** A pass of many dispatches, timed where the timer takes it. @returns whether it was */
async function run(timer: GpuTimer, steps: number, afterSubmit = () => {}): Promise<boolean> {
  const training = { dispatches: [dispatch(numberKernel("add", "x + y"), "a", "b")] };
  const executor = await createExecutor(tinyPlan({ training }), device);
  const encoder = device.createCommandEncoder();
  const timestampWrites = timer.begin() ?? undefined;
  const pass = encoder.beginComputePass(timestampWrites && { timestampWrites });
  for (let i = 0; i < steps; i++) executor.record(pass, "training", 3);
  pass.end();
  const read = timestampWrites && timer.end(encoder, steps);
  device.queue.submit([encoder.finish()]);
  read?.();
  afterSubmit();
  await device.queue.onSubmittedWorkDone();
  executor.dispose();
  return timestampWrites !== undefined;
}

test("tells how long a submit took, one at a time and now and then", async () => {
  let now = 1_000;
  const told: { steps: number; gpuMs: number }[] = [];
  const readBack = new ReadBack(device);
  const timer = GpuTimer.create(
    device,
    readBack,
    () => now,
    (steps, gpuMs) => told.push({ steps, gpuMs }),
  );
  const began = performance.now();
  expect(await run(timer!, 500)).toBe(true);
  await vi.waitFor(() => expect(told.length).toBe(1));
  expect(told[0]!.steps).toBe(500);
  expect(told[0]!.gpuMs).toBeGreaterThan(0);
  expect(told[0]!.gpuMs).toBeLessThan(performance.now() - began);
  now += 50;
  expect(await run(timer!, 1)).toBe(false);
  now += 60;
  expect(await run(timer!, 1)).toBe(true);
  timer!.dispose();
  readBack.dispose();
  await device.queue.onSubmittedWorkDone();
  expect(errors).toEqual([]);
});

test("a reading cut short is no error, and a device without a clock has no timer", async () => {
  const readBack = new ReadBack(device);
  const onTimed = vi.fn<(steps: number, gpuMs: number) => void>();
  const timer = GpuTimer.create(device, readBack, () => 0, onTimed);
  await run(timer!, 1, () => readBack.dispose());
  timer!.dispose();
  expect(onTimed).not.toHaveBeenCalled();
  const plain = await openTestDevice();
  expect(GpuTimer.create(plain, readBack, () => 0, onTimed)).toBeNull();
  plain.destroy();
  expect(errors).toEqual([]);
});
