/** A label behind a row, behind an image with padded channels, of a batch and of a piece. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fillNormal } from "../../../lib/random";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { spread } from "../parameter-places";
import type { RowLayout } from "../plan";
import { tellKernel, toldLayout } from "./tell";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

const CASES: readonly { readonly rows: number; readonly layout: RowLayout; readonly count: number; readonly classes: number }[] = [
  { rows: 1, layout: { columns: 4, group: { size: 1, stride: 4 } }, count: 1, classes: 10 },
  { rows: 7, layout: { columns: 20, group: { size: 17, stride: 20 } }, count: 17, classes: 3 },
  { rows: 65, layout: { columns: 8, group: { size: 8, stride: 8 } }, count: 8, classes: 10 },
  { rows: 7, layout: { columns: 24, group: { size: 3, stride: 4 } }, count: 18, classes: 10 },
  { rows: 7, layout: { columns: 36, group: { size: 1, stride: 4 } }, count: 9, classes: 2 },
];

test.each(CASES)("$rows rows of $count numbers and $classes classes", async ({ rows, layout, count, classes }) => {
  const x = new Float32Array(rows * layout.columns);
  fillNormal({ seed: 5, stream: 9 }, 0, x); // in the padding too, where nothing should look
  const labels = Uint32Array.from({ length: rows + 3 }, (_, i) => (i * 7 + 2) % (classes + 1)); // one too large among them
  const order = Uint32Array.from({ length: rows }, (_, row) => (row * 5 + 2) % (rows + 3));
  const told = toldLayout(layout, count, classes);
  for (const pass of ["training", "held-out"] as const) {
    const kernel = tellKernel({ rows, layout, count, classes, pass });
    const empty = new Float32Array(rows * told.columns).fill(NaN);
    const found = await runKernel(device, kernel, { x, labels, order, told: empty }, rows);
    const expected = new Float32Array(empty.length);
    for (let row = 0; row < rows; row++) {
      const label = Math.min(labels[pass === "training" ? order[row]! : row]!, classes - 1);
      const put = (n: number, value: number) => (expected[row * told.columns + spread(n, told.group)] = value);
      for (let n = 0; n < count; n++) put(n, x[row * layout.columns + spread(n, layout.group)]!);
      put(count + label, 1);
    }
    expect(new Float32Array(found.told!)).toEqual(expected);
  }
});
