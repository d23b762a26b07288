/** Plans of a few numbers, written by hand, carried out on a device. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { dispatch, numberKernel, tinyPlan } from "../../testing/compiled-plan";
import { expectNoGpuErrors, openTestDevice } from "../../testing/gpu-bench";
import { createExecutor, type Executor, type PassName } from "./executor";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

const double = numberKernel("double", "2 * x");
const add = numberKernel("add", "x + y");

async function run(record: (pass: GPUComputePassEncoder) => void): Promise<void> {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  record(pass);
  pass.end();
  device.queue.submit([encoder.finish()]);
  await expectNoGpuErrors(device);
}

async function valuesOf(executor: Executor, name: string): Promise<number[]> {
  const buffer = executor.buffer(name);
  const staging = device.createBuffer({ size: buffer.size, usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(buffer, 0, staging, 0, buffer.size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const values = [...new Float32Array(staging.getMappedRange())];
  staging.destroy();
  return values;
}

test("dispatches of one pass come in order, many runs in one pass too", async () => {
  const training = { dispatches: [dispatch(double, "a", "b"), dispatch(add, "b", "c"), dispatch(add, "a", "c"), dispatch(add, "c", "a")] };
  const executor = await createExecutor(tinyPlan({ training }), device);
  device.queue.writeBuffer(executor.buffer("a"), 0, Float32Array.of(1, 2, -3));
  await run((pass) => {
    for (let step = 0; step < 3; step++) executor.record(pass, "training", 3);
  });
  // A step: c += 3 a, then a += c. From a = 1, c = 0: (4, 3), (19, 15), (91, 72).
  expect(await valuesOf(executor, "a")).toEqual([91, 182, -273]);
  expect(await valuesOf(executor, "c")).toEqual([72, 144, -216]);
  executor.dispose();
});

test("a pass over fewer images leaves the rows beyond alone, and the next one may have all again", async () => {
  const executor = await createExecutor(tinyPlan({ decode: { dispatches: [dispatch(add, "a", "b")] } }), device);
  device.queue.writeBuffer(executor.buffer("a"), 0, Float32Array.of(1, 10, 100));
  await run((pass) => executor.record(pass, "decode", 1));
  await run((pass) => executor.record(pass, "decode", 3));
  await run((pass) => executor.record(pass, "decode", 2));
  expect(await valuesOf(executor, "b")).toEqual([3, 20, 100]);
  executor.dispose();
});

test("the same code is one pipeline, set once where it runs twice in a row, and kept for the next plan", async () => {
  const triple = numberKernel("triple", "3 * x");
  const subtract = numberKernel("subtract", "x - y");
  const compiling = vi.spyOn(device, "createComputePipelineAsync");
  const progress: [number, number][] = [];
  const sameCode = { ...triple, label: "triple again" };
  const plan = tinyPlan({
    training: { dispatches: [dispatch(triple, "a", "b"), dispatch(sameCode, "b", "c"), dispatch(subtract, "a", "c")] },
    encode: { dispatches: [dispatch(triple, "a", "b")] },
  });
  const executor = await createExecutor(plan, device, { onProgress: (...at) => progress.push(at) });
  (await createExecutor(plan, device)).dispose();
  expect(compiling).toHaveBeenCalledTimes(2);
  compiling.mockRestore();
  expect(progress).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
  ]);
  expect(["training", "encode", "decode"].map((pass) => executor.dispatchesOf(pass as PassName))).toEqual([3, 1, 0]);

  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  const setting = vi.spyOn(pass, "setPipeline");
  executor.record(pass, "training", 3);
  pass.end();
  encoder.finish();
  expect(setting).toHaveBeenCalledTimes(2);
  executor.dispose();
});

test("a shader that does not compile is refused by its label, with the line; its buffers are freed", async () => {
  const destroying = vi.spyOn(GPUBuffer.prototype, "destroy");
  const plan = tinyPlan({ encode: { dispatches: [dispatch(numberKernel("bad", "x + nothing"), "a", "b")] } });
  await expect(createExecutor(plan, device)).rejects.toThrow(/bad: line \d+: [^]*nothing/);
  expect(destroying).toHaveBeenCalledTimes(3);
  destroying.mockRestore();
});

test("what the device refuses is thrown, not logged", async () => {
  const huge = { name: "huge", bytes: device.limits.maxBufferSize + 4, lifetime: "state", holds: "too much" } as const;
  await expect(createExecutor(tinyPlan({ buffers: [huge] }), device)).rejects.toThrow(/Executor: buffers: /);
  const training = { dispatches: [dispatch(double, "a", "d")] };
  await expect(createExecutor(tinyPlan({ training }), device)).rejects.toThrow("double binds d, which the plan does not have");
  // More than one binding may see.
  const wide = { name: "a", bytes: device.limits.maxStorageBufferBindingSize + 4, lifetime: "state", holds: "too wide" } as const;
  const plan = tinyPlan({ training: { dispatches: [dispatch(double, "a", "b")] } });
  await expect(createExecutor({ ...plan, buffers: [wide, plan.buffers[1]!] }, device)).rejects.toThrow(/Executor: bind groups: /);
});
