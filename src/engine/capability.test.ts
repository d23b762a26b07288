/** Every config belongs to one family, and what an engine refuses is named. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { BACKENDS, DEFAULT_CONFIG, ENGINES } from "../protocol/run-config";
import { COMPILED_REFUSALS } from "../protocol/messages";
import { anyConfig } from "../testing/any-config";
import { canRun, compiledRefusal, FAMILIES, familyOf } from "./capability";

const of = (changes: Partial<typeof DEFAULT_CONFIG>) => familyOf({ ...DEFAULT_CONFIG, ...changes });

test("families go by what is most particular", () => {
  expect(of({})).toBe("vae");
  expect(of({ model: "ae" })).toBe("ae");
  expect(of({ model: "ae", corruption: "salt" })).toBe("denoising-ae");
  expect(of({ corruption: "gaussian", corruptionLevel: 0 })).toBe("vae");
  expect(of({ corruption: "gaussian" })).toBe("denoising-vae");
  expect(of({ corruption: "gaussian", conditional: true })).toBe("conditional-vae");
  expect(of({ model: "ae", conditional: true })).toBe("conditional-ae");
  expect(of({ model: "gan", corruption: "salt" })).toBe("gan");
});

test("TensorFlow.js runs every config on every backend; the compiled engine none without WebGPU, and none that it refuses", () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      expect(FAMILIES).toContain(familyOf(config));
      const refusal = compiledRefusal(config);
      expect([...COMPILED_REFUSALS, null]).toContain(refusal);
      for (const backend of BACKENDS) {
        const runs = ENGINES.filter((engine) => canRun(config, engine, backend));
        expect(runs).toEqual(backend === "webgpu" && refusal === null ? ["compiled", "tfjs"] : ["tfjs"]);
      }
    }),
    { seed: 4 },
  );
});

test("what is refused is refused for that alone", () => {
  expect(compiledRefusal({ ...DEFAULT_CONFIG, model: "gan" })).toBe("gan");
  expect(compiledRefusal(DEFAULT_CONFIG)).toBeNull();
});
