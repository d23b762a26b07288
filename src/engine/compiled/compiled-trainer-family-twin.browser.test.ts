/** Compiled training of what each family has of its own, against float64 loops, on the software adapter. */
import { afterAll, afterEach, beforeAll, describe, vi } from "vitest";
import { CompiledBench } from "../../testing/compiled-bench";
import { compiledConditionalTwinSuite, compiledFamilyTwinSuite } from "../../testing/compiled-twin-suite";
import { expectNoGpuErrors } from "../../testing/gpu-bench";
import { DEFAULT_TUNING, workgroup } from "./tuning-choice";

/** For a software adapter on a busy machine; nothing here waits for a clock. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe("compiled training", () => {
  let bench: CompiledBench;
  beforeAll(async () => {
    bench = await CompiledBench.open();
  });
  afterEach(() => expectNoGpuErrors(bench.device));
  afterAll(() => bench.device.destroy());
  compiledFamilyTwinSuite((inputs) => bench.make(inputs));

  describe("input gradients through workgroup memory", () => {
    const shared = workgroup(8, 8, 8);
    const inputGradient = { small: shared, medium: shared, large: shared };
    const tuning = { ...DEFAULT_TUNING, dense: { ...DEFAULT_TUNING.dense, inputGradient } };
    compiledConditionalTwinSuite((inputs) => bench.make(inputs, tuning));
  });
});
