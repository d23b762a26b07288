/**
 * Everything the engine over TensorFlow.js is held to, as one suite that runs on every
 * backend: in Node on cpu and wasm, in Chromium on webgpu.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBackend, type OpenBackend } from "../engine/backend";
import { buildTrainer } from "../engine/create-trainer";
import { selfTestInputs } from "../engine/self-test";
import * as tf from "../engine/tf";
import type { BackendName } from "../protocol/run-config";
import { goldenSuite } from "./golden-suite";
import { gradientSuite } from "./gradient-suite";
import { trainerSuite } from "./trainer-suite";

export interface SuiteBackend {
  readonly backend: BackendName;
  /** Relative, of float32 against float64. */
  readonly tolerance: number;
  /** The one the suite has open. */
  readonly opened: () => OpenBackend;
}

/**
 * cpu computes in float64 and stores float32 (6e-8 apart); wasm computes in float32 over sums of at most 15 terms; WGSL lets
 * exp and log be off by a few units in the last place more, and three steps of Adadelta multiply that.
 */
const TOLERANCE: Readonly<Record<BackendName, number>> = { cpu: 5e-6, wasm: 1e-5, webgpu: 1e-4 };

/** For a software adapter on a busy machine; nothing here waits for a clock. */
const TEST_TIMEOUT_MS = 60_000;

export function engineSuite(backend: BackendName): void {
  describe(`the engine on ${backend}`, { timeout: TEST_TIMEOUT_MS }, () => {
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
    goldenSuite(suite);
    gradientSuite(suite);
    trainerSuite({
      ...suite,
      engine: "tfjs",
      make: async (inputs) => {
        const { trainer } = await buildTrainer(inputs, opened!, "tfjs");
        if (trainer.kind !== "autoencoder") throw new TypeError("engineSuite: asked for an autoencoder");
        return trainer;
      },
      alive: () => tf.memory().numTensors,
    });
    reportTests(suite);
  });
}

function reportTests({ backend, opened }: SuiteBackend): void {
  test("the report names backend and engine, and passes no engine over that nobody wished for", async () => {
    const { trainer, report } = await buildTrainer(selfTestInputs(), opened(), "tfjs");
    expect(report).toMatchObject({ backend, engine: "tfjs", skipped: opened().skipped, engineNote: null });
    trainer.dispose();
  });
}
