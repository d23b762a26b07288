import { expect, test } from "vitest";
import { tuningKey } from "./tuning";
import { DEFAULT_TUNING, isTuning, register, subgroup, variantFor, workgroup, type Tuning } from "./tuning-choice";

const sizes = { small: workgroup(4, 4, 4), medium: register(4, 1), large: subgroup(32, 2) };
const TUNING: Tuning = {
  style: "workgroup",
  dense: { forward: sizes, inputGradient: DEFAULT_TUNING.dense.forward, weightGradient: sizes },
};

test("takes the variant by the number of results, and no large tile for short sums", () => {
  expect(variantFor(TUNING, "forward", { rows: 128, columns: 64, depth: 784 })).toBe(sizes.small);
  expect(variantFor(TUNING, "forward", { rows: 129, columns: 64, depth: 784 })).toBe(sizes.medium);
  expect(variantFor(TUNING, "weightGradient", { rows: 785, columns: 400, depth: 128 })).toBe(sizes.large);
  expect(variantFor(TUNING, "forward", { rows: 128, columns: 400, depth: 20 })).toBe(sizes.medium);
  expect(variantFor(TUNING, "weightGradient", { rows: 4097, columns: 4096, depth: 20 })).toBe(sizes.large); // small ones were too many for a grid
  expect(variantFor(TUNING, "inputGradient", { rows: 1, columns: 4, depth: 4 })).toBe(DEFAULT_TUNING.dense.inputGradient.small);
});

test("knows a stored tuning again after JSON", () => {
  for (const tuning of [TUNING, DEFAULT_TUNING]) expect(isTuning(JSON.parse(JSON.stringify(tuning)))).toBe(true);
});

test.each([
  ["nothing", null],
  ["another style", { ...TUNING, style: "fast" }],
  ["no variants", { style: "registers" }],
  ["a missing product", { ...TUNING, dense: { forward: sizes } }],
  ["rows that no kernel can be made for", withForward({ ...sizes.large, rows: 6 })],
  [
    "a weight gradient's subgroups of too few rows",
    { ...TUNING, dense: { ...TUNING.dense, weightGradient: { ...sizes, large: subgroup(8, 1) } } },
  ],
  ["more invocations than a device must have", withForward(workgroup(4, 32, 16))],
  ["several columns in workgroup memory", withForward({ ...sizes.small, columns: 2 })],
  ["text where a number belongs", withForward({ ...sizes.large, threadsX: "4" })],
])("turns down a stored value with %s", (_, value) => {
  expect(isTuning(value)).toBe(false);
});

function withForward(large: unknown): unknown {
  return { ...TUNING, dense: { ...TUNING.dense, forward: { ...sizes, large } } };
}

test("tells adapters apart by all that they say of themselves", () => {
  const info = {
    vendor: "v",
    architecture: "a",
    device: "",
    description: "d",
    subgroupMinSize: 4,
    subgroupMaxSize: 4,
    isFallbackAdapter: true,
  };
  const key = tuningKey(info as GPUAdapterInfo);
  for (const name of ["vendor", "architecture", "device", "description"]) {
    expect(tuningKey({ ...info, [name]: "other" } as GPUAdapterInfo)).not.toBe(key);
  }
});
