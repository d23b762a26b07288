import { expect, test, vi } from "vitest";
import { trainTwin } from "../testing/training-twin";
import { openBackend } from "./backend";
import { SELF_TESTS, selfTestInputs } from "./self-test";

test.each(["dense", "conv"] as const)("the known values are the float64 twin's: %s", (kind) => {
  const { config, network, weights, training } = selfTestInputs(kind);
  const { terms } = trainTwin(config, network, weights, training.pixels, 1);
  // Written down with eight digits.
  terms.forEach(({ reconstruction, kl }, i) => {
    expect(SELF_TESTS[kind].known.reconstruction[i]).toBeCloseTo(reconstruction, 5);
    expect(SELF_TESTS[kind].known.kl[i]).toBeCloseTo(kl, 7);
  });
});

test("a backend that answers zeros is refused, with what it said and what was wanted", async () => {
  vi.doMock("./backend-cpu", async () => {
    const { MathBackendCPU } = await import("@tensorflow/tfjs-backend-cpu");
    class Zeros extends MathBackendCPU {
      override async read(dataId: object) {
        const values = await super.read(dataId);
        return new Float32Array(values.length);
      }
    }
    return { startCpu: () => ({ loadKernels: () => Promise.resolve(new Zeros()), adapter: "", onLost: () => {}, close: () => {} }) };
  });
  await expect(openBackend("cpu")).rejects.toMatchObject({
    failure: { kind: "self-test-failed", backend: "cpu", message: expect.stringMatching(/^reconstruction 0, 0; 24\.19/) as string },
  });
  vi.doUnmock("./backend-cpu");
});
