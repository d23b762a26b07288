/** The engine's suite on WebGPU (software adapter), and a device that goes away in mid-run. */
import { expect, test, vi } from "vitest";
import { initialWeights } from "../model/initial-weights";
import { engineSuite } from "../testing/engine-suite";
import { openBackend, type BackendLoss } from "./backend";
import { buildTrainer, createTrainer } from "./create-trainer";
import { selfTestInputs } from "./self-test";
import * as tf from "./tf";

engineSuite("webgpu");

test("auto takes WebGPU first, on a device of ours", async () => {
  const opened = await openBackend("auto");
  expect(opened.backend).toBe("webgpu");
  expect(opened.skipped).toEqual([]);
  expect(opened.device).toBeInstanceOf(GPUDevice);
  expect(opened.adapter).not.toBe("");
  opened.close();
});

test("wasm runs in the browser from the URLs that Vite gives", async () => {
  const opened = await openBackend("wasm");
  expect(opened.backend).toBe("wasm");
  opened.close();
});

test("a lost device is told at once, rejects what waits, and a new one goes on from the checkpoint", async () => {
  const inputs = selfTestInputs();
  const first = await openBackend("webgpu");
  const lost = new Promise<BackendLoss>((resolve) => first.onLost(resolve));
  const trainer = await createTrainer(inputs, first, "auto");
  trainer.train(2);
  const checkpoint = await trainer.exportCheckpoint();
  await trainer.readLosses();
  trainer.train(2);
  const expected = await trainer.readLosses();

  trainer.train(1);
  first.device!.destroy();
  expect(await lost).toMatchObject({ reason: "destroyed" });
  expect(await new Promise<BackendLoss>((resolve) => first.onLost(resolve))).toEqual(await lost);
  await expect(trainer.readLosses()).rejects.toBeInstanceOf(Error);
  await expect(trainer.exportWeights()).rejects.toBeInstanceOf(Error);
  trainer.dispose();
  first.close();
  expect(tf.engine().state.numTensors).toBe(0);

  const second = await openBackend("webgpu");
  const resumed = await createTrainer({ ...inputs, weights: initialWeights(inputs.network, "keras", 9) }, second, "auto");
  resumed.importCheckpoint(checkpoint);
  resumed.train(2);
  expect(await resumed.readLosses()).toEqual(expected);
  resumed.dispose();
  second.close();
});

test("closing a backend on purpose is no loss", async () => {
  const opened = await openBackend("webgpu");
  let losses = 0;
  opened.onLost(() => losses++);
  opened.close();
  await opened.device!.lost;
  await Promise.resolve();
  expect(losses).toBe(0);
});

test("a driver that computes wrong numbers never trains a compiled step: TensorFlow.js takes over, and the report says what was wrong", async () => {
  const { prototype } = GPUDevice;
  const native = prototype.createShaderModule; // oxlint-disable-line typescript/unbound-method -- called on a device below
  // Half as bright a picture, in the compiled kernels alone: TensorFlow.js reads no packed bytes.
  const broken = vi.spyOn(prototype, "createShaderModule").mockImplementation(function (this: GPUDevice, descriptor) {
    return native.call(this, { ...descriptor, code: descriptor.code.replaceAll("unpack4x8unorm(", "0.5 * unpack4x8unorm(") });
  });
  try {
    const opened = await openBackend("webgpu");
    const { trainer, report } = await buildTrainer(selfTestInputs(), opened, "auto");
    expect(report).toMatchObject({ backend: "webgpu", engine: "tfjs", engineNote: { engine: "compiled", reason: "self-test-failed" } });
    expect(report.engineNote?.detail).toMatch(/^reconstruction .* 24\.198324, 23\.52161 wanted$/);
    trainer.dispose();
    opened.close();
  } finally {
    broken.mockRestore();
  }
});
