/**
 * Everything the adversarial part of the engine is held to, as one suite that runs on
 * every backend: in Node on cpu and wasm, in Chromium on webgpu.
 */
import { afterAll, beforeAll, describe } from "vitest";
import { openBackend, type OpenBackend } from "../engine/backend";
import * as tf from "../engine/tf";
import type { BackendName } from "../protocol/run-config";
import type { SuiteBackend } from "./engine-suite";
import { goldenGanSuite } from "./gan-golden-suite";
import { ganGradientSuite } from "./gan-gradient-suite";
import { ganTrainerSuite } from "./gan-trainer-suite";

/**
 * cpu computes in float64 and stores float32 (6e-8 apart); wasm computes in float32 over sums of at most 15 terms; WGSL lets
 * exp and log be off by a few units in the last place more, and three steps of Adadelta multiply that. Two networks in a row,
 * each trained on what the other says, double the way from first rounding to last number.
 */
const TOLERANCE: Readonly<Record<BackendName, number>> = { cpu: 1e-5, wasm: 2e-5, webgpu: 1e-4 };

/** For a software adapter on a busy machine; nothing here waits for a clock. */
const TEST_TIMEOUT_MS = 60_000;

export function ganSuite(backend: BackendName): void {
  describe(`GANs on ${backend}`, { timeout: TEST_TIMEOUT_MS }, () => {
    let opened: OpenBackend | undefined;
    const suite: SuiteBackend = { backend, tolerance: TOLERANCE[backend], opened: () => opened! };
    beforeAll(async () => {
      opened = await openBackend(backend, { engine: "tfjs" });
      tf.engine().startScope();
    });
    afterAll(() => {
      tf.engine().endScope();
      opened?.close();
    });
    goldenGanSuite(suite);
    ganGradientSuite(suite);
    ganTrainerSuite(suite);
  });
}
