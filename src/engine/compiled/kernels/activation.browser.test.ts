/** Each activation where its formula could lose digits or overflow: every value against its own size, not beside larger ones. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LEAKY_SLOPE } from "../../../model/forward";
import { ACTIVATIONS, type Activation } from "../../../protocol/run-config";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { snippetKernel } from "../../../testing/snippet-kernel";
import { activationCode } from "./activation";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

/** float64, without the twin's plain differences, which round near 0. */
const EXACT: Readonly<Record<Activation, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  lrelu: (x) => (x > 0 ? x : LEAKY_SLOPE * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

/** The derivative where the output is near 0, from the output: where a plain difference from 1 would keep no digit. */
const EXACT_SLOPE: Readonly<Record<Activation, (y: number) => number>> = {
  linear: () => 1,
  relu: (y) => (y > 0 ? 1 : 0),
  lrelu: (y) => (y > 0 ? 1 : LEAKY_SLOPE),
  elu: (y) => (y > 0 ? 1 : 1 + y),
  softplus: (y) => -Math.expm1(-y),
  tanh: (y) => 1 - y * y,
  sigmoid: (y) => y * (1 - y),
};

const SIZES = [1e-30, 1e-10, 1e-6, 1e-3, 0.1, 0.3, 0.49, 0.5, 0.51, 0.9, 1, 3, 8, 20, 60, 85, 100, 1e4, 1e30];

async function apply(activation: Activation, functionName: "activate" | "activationSlope", values: Float32Array): Promise<Float32Array> {
  const snippet = {
    label: activation,
    bindings: [{ name: "y", access: "read_write" }],
    types: { y: "array<vec4f>" },
    code: activationCode(activation),
  } as const;
  const kernel = snippetKernel(snippet, ["x"], values.length / 4, `y[i] = ${functionName}(x[i]);`);
  const { y } = await runKernel(device, kernel, { x: values, y: values.byteLength });
  return new Float32Array(y!);
}

/** `exp` may be 3 + 2|x| ulp off, what is made of it a few more; below e^-87 float32 ends. */
function allowed(x: number, expected: number): number {
  return (6 + 2 * Math.min(Math.abs(x), 87)) * 2 ** -23 * Math.abs(expected) + 1.2e-38;
}

test.each(ACTIVATIONS)("%s keeps its digits near 0 and stays finite far from it", async (activation) => {
  const x = Float32Array.from([...SIZES, ...SIZES.map((size) => -size), 0, 0]);
  const y = await apply(activation, "activate", x);
  for (const [i, value] of x.entries()) {
    const expected = EXACT[activation](value);
    expect(Math.abs(y[i]! - expected), `${activation}(${value}) is ${y[i]}, not ${expected}`).toBeLessThanOrEqual(allowed(value, expected));
  }
});

test.each(ACTIVATIONS)("the derivative of %s from outputs near 0", async (activation) => {
  const y = Float32Array.from([1e-30, 1e-10, 1e-6, 1e-3, 0.1, 0.3, 0.49, 0.5]);
  const slopes = await apply(activation, "activationSlope", y);
  for (const [i, value] of y.entries()) {
    const expected = EXACT_SLOPE[activation](value);
    expect(Math.abs(slopes[i]! - expected), `${activation}' at ${value} is ${slopes[i]}, not ${expected}`).toBeLessThanOrEqual(
      allowed(value, expected),
    );
  }
});

test.each(ACTIVATIONS)("%s passes a NaN on, so that a run that diverges is seen", async (activation) => {
  const y = await apply(activation, "activate", Float32Array.of(NaN, 1, NaN, -1));
  expect([y[0], y[2]]).toEqual([NaN, NaN]);
});
