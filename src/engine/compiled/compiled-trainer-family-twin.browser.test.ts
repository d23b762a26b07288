/** Compiled training of what each family has of its own, against float64 loops, on the software adapter. */
import { afterAll, afterEach, beforeAll, describe, vi } from "vitest";
import { CompiledBench } from "../../testing/compiled-bench";
import { compiledFamilyTwinSuite } from "../../testing/compiled-twin-suite";
import { expectNoGpuErrors } from "../../testing/gpu-bench";

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
});
