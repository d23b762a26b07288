/** The compiled trainer on the software adapter against PyTorch. */
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { CompiledBench } from "../../testing/compiled-bench";
import { compiledGoldenSuite } from "../../testing/compiled-golden-suite";
import { expectNoGpuErrors } from "../../testing/gpu-bench";

describe("compiled training", () => {
  let bench: CompiledBench;
  beforeAll(async () => {
    bench = await CompiledBench.open();
  });
  afterEach(() => expectNoGpuErrors(bench.device));
  afterAll(() => bench.device.destroy());
  compiledGoldenSuite((inputs) => bench.make(inputs));
});
