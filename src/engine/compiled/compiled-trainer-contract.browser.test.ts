/** The contract of every trainer, and every family of autoencoders through it, compiled, on the software adapter. */
import { afterAll, afterEach, beforeAll, describe, vi } from "vitest";
import { CompiledBench } from "../../testing/compiled-bench";
import { trainerSuite } from "../../testing/trainer-suite";
import { expectNoGpuErrors } from "../../testing/gpu-bench";

/** For a software adapter on a busy machine; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** WGSL lets exp and log be off by a few units in the last place, and three steps of an optimiser multiply that. */
const TOLERANCE = 1e-4;

describe("compiled training", () => {
  let bench: CompiledBench;
  beforeAll(async () => {
    bench = await CompiledBench.open();
  });
  afterEach(() => expectNoGpuErrors(bench.device));
  afterAll(() => bench.device.destroy());
  trainerSuite({
    engine: "compiled",
    backend: "webgpu",
    tolerance: TOLERANCE,
    make: (inputs) => bench.make(inputs),
    alive: () => bench.alive(),
  });
});
