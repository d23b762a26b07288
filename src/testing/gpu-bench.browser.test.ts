/** The bench itself: it runs a kernel, and it is loud about a wrong one. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { declareBindings, type Kernel } from "../engine/compiled/kernel";
import { expectNoGpuErrors, openTestDevice, runKernel } from "./gpu-bench";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

const bindings = [
  { name: "x", access: "read" },
  { name: "y", access: "read_write" },
] as const;

/** y = 2 x, one thread each. */
const double = (type: string): Kernel => ({
  label: "double",
  code: `${declareBindings(bindings, { x: "array<f32>", y: type })}
@compute @workgroup_size(1) fn main(@builtin(workgroup_id) id: vec3u) { y[id.y] = 2 * x[id.y]; }`,
  bindings,
  grid: { x: 1, rowsPerImage: 1, rowsPerTile: 1 },
});

test("runs as many workgroups as the images ask for, and reads back what was written", async () => {
  const { x, y } = await runKernel(device, double("array<f32>"), { x: Float32Array.of(1, 2, 3), y: Float32Array.of(7, 7, 7) }, 2);
  expect(new Float32Array(y!)).toEqual(Float32Array.of(2, 4, 7));
  expect(x).toBeUndefined();
});

test("throws what the compiler says, with the line", async () => {
  await expect(runKernel(device, double("array<u32>"), { x: 4, y: 4 })).rejects.toThrow(/double:3:[^]*y\[id\.y\]/);
});

test("throws a validation error, and a binding that was forgotten", async () => {
  await expect(runKernel(device, double("array<f32>"), { x: 0, y: 4 })).rejects.toThrow("runKernel: double");
  await expect(runKernel(device, double("array<f32>"), { x: 4 })).rejects.toThrow("y has no contents");
});

test("an error that no scope caught fails the test that asks", async () => {
  device.createBuffer({ size: 4, usage: 0 });
  await expect(expectNoGpuErrors(device)).rejects.toThrow("WebGPU errors");
});
