/** Activations at the end of a product, and their derivatives at the end of a gradient by a layer's input, against the twin. */
import { afterAll, afterEach, beforeAll, test } from "vitest";
import { fillNormal } from "../../../lib/random";
import { ACTIVATIONS } from "../../../protocol/run-config";
import { centralDifferences } from "../../../testing/central-differences";
import { expectClose } from "../../../testing/close";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { activationTwin } from "../../../testing/model-twin";
import { epilogueKernel } from "../../../testing/snippet-kernel";
import type { Group } from "../plan";
import { activationEpilogue, inputGradientEpilogue } from "./epilogue";
import { STATE_BYTES } from "./state";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

/** A formula of a few float32 operations, each within an ulp or, of `exp`, within 3 + 2|x| of them: |x| is below 8 here. */
const TOLERANCE = 2e-6;

/** A dense layer, two heads side by side, an image of three-channel pixels, and no padding at all. */
const MATRICES: readonly { readonly rows: number; readonly columns: Group; readonly paddedColumns: number }[] = [
  { rows: 1, columns: { size: 1, stride: 4 }, paddedColumns: 4 },
  { rows: 7, columns: { size: 17, stride: 20 }, paddedColumns: 20 },
  { rows: 7, columns: { size: 3, stride: 4 }, paddedColumns: 8 },
  { rows: 128, columns: { size: 400, stride: 400 }, paddedColumns: 400 },
];

function normals(count: number, block: number): Float32Array {
  const values = new Float32Array(count);
  fillNormal({ seed: 5, stream: 9 }, block, values);
  return values;
}

const isReal = ({ size, stride }: Group, column: number) => column % stride < size;

test.each(ACTIVATIONS)("%s of the sum, and 0 in the padding", async (activation) => {
  for (const { rows, columns, paddedColumns } of MATRICES) {
    const sums = normals(rows * paddedColumns, 0).map((value) => 2 * value);
    const kernel = epilogueKernel(activationEpilogue({ activation, columns, paddedColumns }), rows, paddedColumns);
    const { y } = await runKernel(device, kernel, { sums, y: new Float32Array(sums.length).fill(NaN) });
    const expected = Float64Array.from(sums, (sum, i) => (isReal(columns, i % paddedColumns) ? activationTwin(activation, sum) : 0));
    expectClose(new Float32Array(y!), expected, TOLERANCE, `${activation} ${rows} × ${paddedColumns}`);
  }
});

test.each(ACTIVATIONS)("the derivative of %s, from its output", async (activation) => {
  for (const { rows, columns, paddedColumns } of MATRICES) {
    const x = Float64Array.from(normals(rows * paddedColumns, 1), (value) => 2 * value);
    const sums = normals(x.length, 2);
    const y = Float32Array.from(x, (value) => activationTwin(activation, value));
    const kernel = epilogueKernel(inputGradientEpilogue({ activation, columns, paddedColumns }), rows, paddedColumns);
    const { dyBelow } = await runKernel(device, kernel, { sums, y, dyBelow: new Float32Array(sums.length).fill(NaN) });
    const at = [0];
    const expected = Float64Array.from(x, (value, i) => {
      at[0] = value;
      const [slope] = centralDifferences(at, () => activationTwin(activation, at[0]!));
      return isReal(columns, i % paddedColumns) ? sums[i]! * slope! : 0;
    });
    expectClose(new Float32Array(dyBelow!), expected, TOLERANCE, `${activation} ${rows} × ${paddedColumns}`);
  }
});

test.each(["linear", "relu"] as const)("what an objective has of a %s output besides comes before its derivative", async (activation) => {
  const [klScale, klShare] = [Math.fround(4 / 7), 0.25];
  const state = new Float32Array(STATE_BYTES / 4).fill(klScale, 4, 5);
  for (const { rows, columns, paddedColumns } of MATRICES) {
    const sums = normals(rows * paddedColumns, 2);
    const y = normals(rows * paddedColumns, 1).map((value) => activationTwin(activation, value));
    const epilogue = inputGradientEpilogue({ activation, columns, paddedColumns, klShare });
    const dyBelow = new Float32Array(sums.length).fill(NaN);
    const contents = { sums, state, ...(activation === "linear" ? {} : { y }), dyBelow };
    const found = await runKernel(device, epilogueKernel(epilogue, rows, paddedColumns), contents);
    const slope = (value: number) => (activation === "linear" || value > 0 ? 1 : 0);
    const expected = Float64Array.from(y, (value, i) =>
      isReal(columns, i % paddedColumns) ? (sums[i]! + klScale * klShare) * slope(value) : 0,
    );
    expectClose(new Float32Array(found.dyBelow!), expected, TOLERANCE, `${activation} ${rows} × ${paddedColumns}`);
  }
});
