/** The ladder as far as Node has rungs: no WebGPU, WebAssembly from files, cpu. */
import { expect, test, vi } from "vitest";
import { openBackend } from "./backend";
import { buildTrainer, createTrainer } from "./create-trainer";
import { selfTest, selfTestInputs } from "./self-test";
import * as tf from "./tf";

test("auto walks down to the first rung that works, and keeps the reasons", async () => {
  const opened = await openBackend("auto");
  expect(opened.backend).toBe("wasm");
  expect(opened.skipped).toEqual([{ backend: "webgpu", failure: { kind: "no-webgpu", detail: "no-api" } }]);
  expect(opened.device).toBeUndefined();
  expect(tf.getBackend()).toBe("wasm");
  opened.close();
});

test("where there is no WebGPU, TensorFlow.js trains and the report says why", async () => {
  const opened = await openBackend("cpu");
  for (const [wish, engineNote] of [
    ["auto", { engine: "compiled", reason: "not-webgpu", detail: "" }],
    ["compiled", { engine: "compiled", reason: "not-webgpu", detail: "" }],
    ["tfjs", null],
  ] as const) {
    // eslint-disable-next-line no-await-in-loop -- one at a time
    const { trainer, report } = await buildTrainer(selfTestInputs(), opened, wish);
    expect(report).toEqual({ backend: "cpu", engine: "tfjs", adapter: "", skipped: [], engineNote });
    trainer.dispose();
  }
  opened.close();
});

test("a named backend that cannot be had is a named failure, and no other is taken", async () => {
  await expect(openBackend("webgpu")).rejects.toMatchObject({ failure: { kind: "no-webgpu", detail: "no-api" } });
});

test("one backend can be closed and another opened, or the same again, and nothing is left behind", async () => {
  for (const backend of ["cpu", "wasm", "wasm", "cpu"] as const) {
    // eslint-disable-next-line no-await-in-loop -- one at a time is what TensorFlow.js can do
    const opened = await openBackend(backend);
    // eslint-disable-next-line no-await-in-loop
    await selfTest(opened.backend, (inputs) => createTrainer(inputs, opened, "auto"));
    opened.close();
    expect(tf.engine().state.numTensors).toBe(0);
  }
});

test("a backend that was closed is not made ready again, beside the next one", async () => {
  const opened = await openBackend("cpu");
  opened.close();
  const next = await openBackend("cpu");
  await expect(opened.tensorflow()).rejects.toThrow("closed");
  expect(tf.getBackend()).toBe("cpu");
  next.close();
});

// Last: emscripten aborts once and for all.
test("auto comes down to cpu when the WASM binary cannot be loaded, and says why", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {}); // emscripten speaks of it, too
  const opened = await openBackend("auto", { wasmUrls: { plain: "/nowhere/plain.wasm", simd: "/nowhere/simd.wasm" } });
  expect(opened.backend).toBe("cpu");
  expect(opened.skipped[1]).toMatchObject({ backend: "wasm", failure: { kind: "backend-unavailable", backend: "wasm" } });
  opened.close();
});
