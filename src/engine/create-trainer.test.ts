/** Which engine a wish gets, where the compiled one cannot be had: TensorFlow.js, with the reason. In Node, on the cpu rung. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import { FailureError } from "../protocol/failure";
import { openBackend, type OpenBackend } from "./backend";
import { DEFAULT_TUNING } from "./compiled/tuning-choice";
import type { OpenCompiled } from "./compiled/open-compiled";
import { buildTrainer, createTrainer } from "./create-trainer";
import { selfTestInputs } from "./self-test";

let cpu: OpenBackend;
beforeAll(async () => {
  cpu = await openBackend("cpu");
});
afterAll(() => cpu.close());

/** The cpu rung as though it had a compiled engine. */
function withCompiled(compiled: () => Promise<OpenCompiled>): OpenBackend {
  return { ...cpu, compiled };
}

async function noteOf(compiled: () => Promise<OpenCompiled>, kind: "dense" | "conv" = "dense") {
  const { trainer, report } = await buildTrainer(selfTestInputs(kind), withCompiled(compiled), "auto");
  trainer.train(1);
  expect([...(await trainer.readLosses()).step]).toEqual([1]);
  trainer.dispose();
  expect(report.engine).toBe("tfjs");
  return report.engineNote;
}

/** A device of which only the limits are there: more is asked of it only once there is a plan. */
function deviceWith(limits: Partial<GPUSupportedLimits>): GPUDevice {
  const floor = { maxStorageBufferBindingSize: 2 ** 27, maxBufferSize: 2 ** 28, maxComputeWorkgroupsPerDimension: 65_535 };
  return { limits: { ...floor, ...limits } } as GPUDevice;
}

function engineOn(device: GPUDevice, proveConvolutions = () => Promise.resolve()): () => Promise<OpenCompiled> {
  return () => Promise.resolve({ device, tuning: DEFAULT_TUNING, proveConvolutions });
}

const wrongNumbers = new FailureError({ kind: "self-test-failed", backend: "webgpu", message: "kl 0, 0; 0.1 wanted" });

test("an engine whose self-test fails never trains, and says what it computed", async () => {
  expect(await noteOf(() => Promise.reject(wrongNumbers))).toEqual({
    engine: "compiled",
    reason: "self-test-failed",
    detail: "kl 0, 0; 0.1 wanted",
  });
});

test("convolutions have a self-test of their own, asked of nobody else", async () => {
  let asked = 0;
  const engine = engineOn(deviceWith({ maxBufferSize: 16 }), () => {
    asked += 1;
    return Promise.reject(wrongNumbers);
  });
  expect((await noteOf(engine, "conv"))?.reason).toBe("self-test-failed");
  expect((await noteOf(engine, "dense"))?.reason).toBe("not-compilable");
  expect(asked).toBe(1);
});

test("a config without a plan on this device says why", async () => {
  const note = await noteOf(engineOn(deviceWith({ maxBufferSize: 16 })));
  expect(note).toMatchObject({ engine: "compiled", reason: "not-compilable" });
  expect(note?.detail).toMatch(/^images, .* this GPU binds/);
});

test("a GAN asks nothing of the GPU, and says that it is the GAN", async () => {
  const { config, ...inputs } = selfTestInputs("dense");
  const gan = { ...config, model: "gan" } as const;
  const network = describeNetwork(gan, inputs.network.image);
  const weights = initialWeights(network, gan.initialiser, gan.seed);
  let asked = 0;
  const engine = () => {
    asked += 1;
    return engineOn(deviceWith({}))();
  };
  const { trainer, report } = await buildTrainer({ ...inputs, config: gan, network, weights }, withCompiled(engine), "auto");
  expect([trainer.kind, report.engine, asked]).toEqual(["adversarial", "tfjs", 0]);
  expect(report.engineNote).toEqual({ engine: "compiled", reason: "not-compilable", detail: "", feature: "gan" });
  trainer.dispose();
  await expect(createTrainer({ ...inputs, config: gan, network, weights }, cpu, "auto")).rejects.toThrow("a GAN is no autoencoder");
});

test("a driver that throws is a build that failed", async () => {
  const note = await noteOf(() => Promise.reject(new TypeError("createBuffer is not a function")));
  expect(note).toEqual({ engine: "compiled", reason: "build-failed", detail: "createBuffer is not a function" });
});
