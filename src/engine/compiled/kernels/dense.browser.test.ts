/** The dense products in every variant, against float64 loops and, to the bit, against one another. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillNormal } from "../../../lib/random";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { productTwin, type Operand, type ProductTwin } from "../../../testing/product-twin";
import { padded } from "../kernel";
import { register, subgroup, workgroup, type DenseProduct, type DenseVariant } from "../tuning-choice";
import { denseProduct, type DenseOperation } from "./dense-product";
import type { Epilogue } from "./epilogue";
import type { OperandSource } from "./operand";
import type { OptimiserCode } from "./optimiser";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice(navigator.gpu, ["subgroups"]);
});
afterAll(async () => {
  await expectNoGpuErrors(device);
  device.destroy();
});

const PLAINEST = register(4, 1);
/** One tile of each kind that is smaller, and one that is larger than most of the shapes below; odd numbers of vec4f too. */
const VARIANTS: Readonly<Record<string, DenseVariant>> = {
  "registers 16×2, 4×2": register(16, 2, 4, 2),
  "registers 4×3, 8×8": register(4, 3, 8, 8),
  "subgroups 16×1": subgroup(16, 1),
  "subgroups 32×2": subgroup(32, 2),
  "subgroups 16×1, 8×8": subgroup(16, 1, 8, 8),
  "workgroup 4, 4×4": workgroup(4, 4, 4),
  "workgroup 4, 8×8": workgroup(4, 8, 8),
  "workgroup 8, 2×2": workgroup(8, 2, 2),
};

interface Shape {
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
}

/** Batch 1, 7, 128 and widths 1, 3, 17, 400, each on either side of a layer. */
const SHAPES: readonly Shape[] = [
  { batch: 1, inputs: 400, units: 17 },
  { batch: 1, inputs: 1, units: 1 },
  { batch: 7, inputs: 17, units: 400 },
  { batch: 7, inputs: 3, units: 3 },
  { batch: 128, inputs: 400, units: 3 },
  { batch: 128, inputs: 17, units: 17 },
];
/** Of every variant below, each way, and none ends at an edge. */
const SEVERAL_TILES: Shape = { batch: 33, inputs: 50, units: 100 };
const PRODUCTS = ["forward", "inputGradient", "weightGradient"] as const;

interface Data {
  readonly x: Float32Array;
  readonly dy: Float32Array;
  readonly parameters: Float32Array;
  readonly images: Uint32Array;
  readonly order: Uint32Array;
}

/** Images that a step's order picks from. */
const IMAGES = 11;

function dataOf({ batch, inputs, units }: Shape): Data {
  const bytes = new Uint8Array(IMAGES * padded(inputs));
  for (let image = 0; image < IMAGES; image++) {
    for (let i = 0; i < inputs; i++) bytes[image * padded(inputs) + i] = (image * 89 + i * 37) % 256;
  }
  return {
    x: normals(1, batch, inputs),
    dy: normals(2, batch, units),
    parameters: concatenated(normals(3, inputs, units, padded(inputs)), normals(4, 1, units)),
    images: new Uint32Array(bytes.buffer),
    order: Uint32Array.from({ length: batch }, (_, row) => (row * 7 + 3) % IMAGES),
  };
}

/** `[allRows][padded(columns)]`, padding 0. */
function normals(stream: number, rows: number, columns: number, allRows = rows): Float32Array {
  const tight = new Float32Array(rows * columns);
  fillNormal({ seed: 5, stream }, 0, tight);
  const values = new Float32Array(allRows * padded(columns));
  for (let row = 0; row < rows; row++) values.set(tight.subarray(row * columns, (row + 1) * columns), row * padded(columns));
  return values;
}

function concatenated(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Adds to what is there, so that a second call shows; a call outside the result spoils its start. */
function adding(name: string, rows: number, columns: number): Epilogue & OptimiserCode {
  const code = `fn add(i: u32, isInside: bool, sum: vec4f) { if (isInside) { ${name}[i] += sum; } else { ${name}[0] = vec4f(1e9); } }
fn finish(row: u32, column: u32, sum: vec4f) {
  add(row * ${columns / 4}u + column / 4u, row < ${rows}u && column < ${columns}u && column % 4u == 0u, sum);
}
fn update(index: u32, gradient: vec4f) { add(index, index < ${(rows * columns) / 4}u, gradient); }`;
  return { label: "test", bindings: [{ name, access: "read_write" }], types: { [name]: "array<vec4f>" }, code };
}

interface Case extends Shape {
  readonly product: DenseProduct;
  readonly source: OperandSource;
}

const rowsOf = ({ product, batch, inputs }: Case) => (product === "weightGradient" ? padded(inputs) + 1 : batch);
const columnsOf = ({ product, inputs, units }: Case) => padded(product === "inputGradient" ? inputs : units);

async function run(item: Case, data: Data, variant: DenseVariant): Promise<Float32Array> {
  const [rows, columns] = [rowsOf(item), columnsOf(item)];
  const result = item.product === "weightGradient" ? "parameters" : "y";
  const { product, batch, source } = item;
  const end = adding(result, rows, columns);
  const operation: DenseOperation = { product, rows: batch, inputs: padded(item.inputs), units: padded(item.units), source, end };
  const contents = { ...data, [result]: rows * columns * 4 };
  const results = await runKernel(device, denseProduct(operation, variant), contents, batch);
  return new Float32Array(results[result]!);
}

function twinOf({ product, source, batch, inputs, units }: Case, data: Data): ProductTwin {
  const [i4, u4] = [padded(inputs), padded(units)];
  const bytes = new Uint8Array(data.images.buffer);
  const imageOf = (row: number) => (source === "gathered" ? data.order[row]! : row);
  const pixel: Operand = (row, i) => (source === "activations" ? data.x[row * i4 + i]! : bytes[imageOf(row) * i4 + i]! / 255);
  const x: Operand = (row, i) => (i === i4 ? 1 : pixel(row, i)); // the column of ones meets the bias
  const dy: Operand = (row, u) => data.dy[row * u4 + u]!;
  const w: Operand = (i, u) => data.parameters[i * u4 + u]!;
  if (product === "forward") return productTwin(x, w, batch, i4 + 1, u4);
  if (product === "inputGradient") return productTwin(dy, (u, i) => w(i, u), batch, u4, i4);
  return productTwin((i, n) => x(n, i), dy, i4 + 1, batch, u4);
}

/**
 * Each product and each sum is rounded once, by half a unit of 2⁻²³ relative to what there is so far, and unpacking a byte once more by
 * at most 2.5 units (WGSL's division): (terms + 5) · 2⁻²³ times the sum of absolute values bounds the lot. In the padding that is 0.
 */
function expectClose(results: Float32Array, { sums, magnitudes }: ProductTwin, terms: number): void {
  expect(results.length).toBe(sums.length);
  const wrong = [...sums].flatMap((sum, i) => {
    const isClose = Math.abs(results[i]! - sum) <= (terms + 5) * 2 ** -23 * magnitudes[i]!;
    return isClose ? [] : [`result ${i} is ${results[i]}, wants ${sum}`];
  });
  expect(wrong.slice(0, 5)).toEqual([]);
}

const termsOf = ({ product, batch, inputs, units }: Case) =>
  ({ forward: inputs + 1, inputGradient: units, weightGradient: batch })[product];

for (const product of PRODUCTS) {
  test(`${product} matches float64 loops at odd shapes, padding 0`, async () => {
    for (const shape of SHAPES) {
      const item: Case = { ...shape, product, source: "activations" };
      const data = dataOf(shape);
      expectClose(await run(item, data, PLAINEST), twinOf(item, data), termsOf(item));
    }
  });
}

for (const [name, variant] of Object.entries(VARIANTS)) {
  test(`${name} gives the plainest variant's results to the bit`, async () => {
    const data = dataOf(SEVERAL_TILES);
    for (const product of PRODUCTS) {
      const item: Case = { ...SEVERAL_TILES, product, source: "activations" };
      const [results, plain] = [await run(item, data, variant), await run(item, data, PLAINEST)];
      expect({ product, bits: new Uint32Array(results.buffer) }).toEqual({ product, bits: new Uint32Array(plain.buffer) });
    }
  });
}

test.each(["gathered", "images"] as const)("reads packed bytes, %s, forward and for the weights, in each style", async (source) => {
  const shape = { batch: 7, inputs: 17, units: 21 };
  const data = dataOf(shape);
  for (const variant of [PLAINEST, subgroup(16, 1), workgroup(4, 4, 4)]) {
    for (const product of ["forward", "weightGradient"] as const) {
      const item: Case = { ...shape, product, source };
      expectClose(await run(item, data, variant), twinOf(item, data), termsOf(item));
    }
  }
});

test("runs over fewer images than it is made for", async () => {
  const shape = { batch: 7, inputs: 17, units: 3 };
  const data = dataOf(shape);
  const item: Case = { ...shape, product: "forward", source: "activations" };
  const kernel = denseProduct({ ...item, rows: 7, inputs: 20, units: 4, end: adding("y", 7, 4) }, workgroup(4, 1, 1));
  const { y } = await runKernel(device, kernel, { ...data, y: 7 * 4 * 4 }, 2);
  const twin = twinOf(item, data);
  const first = 2 * 4; // two images, four columns; a tile has four rows, of which the others may be made too
  expectClose(
    new Float32Array(y!).subarray(0, first),
    { sums: twin.sums.subarray(0, first), magnitudes: twin.magnitudes.subarray(0, first) },
    18,
  );
  expect(new Float32Array(y!).subarray(4 * 4).every((value) => value === 0)).toBe(true);
});
