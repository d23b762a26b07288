/** Convolutions and transposed ones, forward and backward, at odd shapes against the float64 loops of `conv-twin`. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { fillNormal } from "../../../lib/random";
import { describeNetwork, type ConvSpec } from "../../../model/network";
import { expectClose } from "../../../testing/close";
import { convGradientTwin, convTwin } from "../../../testing/conv-twin";
import { expectNoGpuErrors, openTestDevice, runKernel } from "../../../testing/gpu-bench";
import { padded, type Kernel } from "../kernel";
import { matrixFromTable, tableFromMatrix } from "../parameter-places";
import { convForward, convInputGradient, convWeightGradient } from "./conv";
import { convMatrices } from "./conv-shape";
import { activationEpilogue, inputGradientEpilogue } from "./epilogue";
import type { OptimiserCode } from "./optimiser";

let device: GPUDevice;
beforeAll(async () => {
  device = await openTestDevice();
});
afterEach(() => expectNoGpuErrors(device));
afterAll(() => device.destroy());

/** Sums of up to a few hundred float32 products, each rounded to 6e-8 of partial sums that may be some times the result. */
const TOLERANCE = 4e-6;

const STYLES = ["registers", "workgroup"] as const;
type Style = (typeof STYLES)[number];

/** The kernels of the two styles, or the one where they are the same. */
function variants(make: (style: Style) => Kernel): [Style, Kernel][] {
  const byCode = new Map(STYLES.map((style) => [make(style).code, style] as const));
  return Array.from(byCode.values(), (style) => [style, make(style)]);
}

type Size = readonly [height: number, width: number];

interface Case {
  readonly kind: "conv" | "transposed";
  readonly kernel: 3 | 4;
  readonly stride: 1 | 2;
  /** Of the large image. */
  readonly size: Size;
  readonly channels: readonly [from: number, to: number];
  readonly images: number;
}

/** Every kind × kernel × stride, and every odd number of channels on either side of each kind. */
const CASES: readonly Case[] = [
  { kind: "conv", kernel: 3, stride: 2, size: [4, 6], channels: [3, 8], images: 7 },
  { kind: "conv", kernel: 3, stride: 1, size: [5, 7], channels: [5, 17], images: 1 },
  { kind: "conv", kernel: 4, stride: 2, size: [5, 7], channels: [8, 5], images: 7 },
  { kind: "conv", kernel: 4, stride: 1, size: [8, 8], channels: [17, 3], images: 1 },
  { kind: "conv", kernel: 3, stride: 2, size: [8, 8], channels: [1, 1], images: 7 },
  { kind: "conv", kernel: 3, stride: 2, size: [9, 19], channels: [40, 36], images: 2 },
  { kind: "transposed", kernel: 3, stride: 2, size: [4, 6], channels: [8, 17], images: 7 },
  { kind: "transposed", kernel: 3, stride: 1, size: [8, 8], channels: [17, 1], images: 7 },
  { kind: "transposed", kernel: 4, stride: 2, size: [8, 8], channels: [5, 3], images: 1 },
  { kind: "transposed", kernel: 4, stride: 1, size: [5, 7], channels: [3, 5], images: 7 },
  { kind: "transposed", kernel: 3, stride: 2, size: [8, 20], channels: [1, 40], images: 1 },
];

function specOf({ kind, kernel, stride, size: [height, width], channels: [from, to] }: Case): ConvSpec {
  const config = { model: "ae", latentDim: 2, outputActivation: "linear" } as const;
  const layer = { filters: to, kernel, stride, activation: "tanh" } as const;
  const dense = { units: ((height / stride) * width * from) / stride, activation: "linear" } as const;
  const network =
    kind === "conv"
      ? describeNetwork({ ...config, encoder: [layer], decoder: [] }, { height, width, channels: from })
      : describeNetwork({ ...config, encoder: [], decoder: [dense, layer] }, { height, width, channels: 1 });
  const spec = kind === "conv" ? network.encoder[0]! : network.decoder[1]!;
  if (spec.kind === "dense") throw new RangeError("specOf: no convolution");
  return spec;
}

const named = (item: Case): [string, Case] => [
  `${item.kind} ${item.kernel} × ${item.kernel} stride ${item.stride}, ${item.size.join(" × ")}, ${item.channels.join(" → ")}, ${item.images} images`,
  item,
];

function normals(count: number, block: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  fillNormal({ seed: 11, stream: 9 }, block, values);
  return values;
}

/** Weights so small that the sums come to about 1, where an activation passes their rounding on without enlarging it. */
const WEIGHT_SCALE = 0.1;

/** Weights and bias by name, x and dy of the images one after another, and what the twin makes of them. */
function dataOf(spec: ConvSpec, images: number, x = normals(images * spec.inputs, 0)) {
  const places = convMatrices(spec).flatMap(({ places }) => places);
  const table = Object.fromEntries(
    places.map((place, i) => [place.name, normals(place.rows * place.columns, i + 1).map((value) => WEIGHT_SCALE * value)]),
  );
  const [weight, bias] = [table[`${spec.name}.weight`]!, table[`${spec.name}.bias`]!];
  const dy = normals(images * spec.units, 3);
  const each = <T>(make: (x: Float32Array, dy: Float32Array) => T): T[] =>
    Array.from({ length: images }, (_, b) => {
      return make(x.subarray(b * spec.inputs, (b + 1) * spec.inputs), dy.subarray(b * spec.units, (b + 1) * spec.units));
    });
  const sums = each((x) => convTwin(spec, weight, bias, x)).flat();
  const gradients = each((x, dy) => convGradientTwin(spec, weight, x, dy));
  return { table, x, dy, sums, gradients };
}

/** Channels padded to fours with zeros. */
function padChannels(values: ArrayLike<number>, channels: number): Float32Array<ArrayBuffer> {
  const stride = padded(channels);
  const wide = new Float32Array((values.length / channels) * stride);
  for (let i = 0; i < values.length; i++) wide[Math.floor(i / channels) * stride + (i % channels)] = values[i]!;
  return wide;
}

function parametersOf(spec: ConvSpec, table: Readonly<Record<string, Float32Array<ArrayBuffer>>>) {
  const [parameters, bias] = convMatrices(spec).map((matrix) => matrixFromTable(matrix, table));
  return { parameters: parameters!, ...(bias === undefined ? {} : { bias }) };
}

const columnsOf = (channels: number) => ({ columns: { size: channels, stride: padded(channels) }, paddedColumns: padded(channels) });

test.each(CASES.map(named))("forward, with an activation: %s", async (_, item) => {
  const spec = specOf(item);
  const { table, x, sums } = dataOf(spec, item.images);
  const expected = padChannels(sums.map(Math.tanh), spec.to.channels);
  const epilogue = activationEpilogue({ activation: "tanh", ...columnsOf(spec.to.channels) });
  const make = (style: Style) => convForward({ spec, images: item.images, source: "activations", epilogue, tuning: { style } });
  for (const [style, kernel] of variants(make)) {
    const y = new Float32Array(expected.length).fill(NaN);
    const contents = { x: padChannels(x, spec.from.channels), ...parametersOf(spec, table), y };
    const result = await runKernel(device, kernel, contents, item.images);
    expectClose(new Float32Array(result.y!), expected, TOLERANCE, style);
  }
});

test.each(CASES.map(named))("gradient by the input, through an activation: %s", async (_, item) => {
  const spec = specOf(item);
  const { table, dy, gradients } = dataOf(spec, item.images);
  const below = normals(item.images * spec.inputs, 4).map(Math.tanh);
  const expected = padChannels(
    gradients.flatMap(({ input }) => [...input]).map((gradient, i) => gradient * (1 - below[i]! ** 2)),
    spec.from.channels,
  );
  const epilogue = inputGradientEpilogue({ activation: "tanh", ...columnsOf(spec.from.channels) });
  for (const [style, kernel] of variants((style) => convInputGradient({ spec, images: item.images, epilogue, tuning: { style } }))) {
    const contents = {
      dy: padChannels(dy, spec.to.channels),
      parameters: parametersOf(spec, table).parameters,
      y: padChannels(below, spec.from.channels),
      dyBelow: new Float32Array(expected.length).fill(NaN),
    };
    const { dyBelow } = await runKernel(device, kernel, contents, item.images);
    expectClose(new Float32Array(dyBelow!), expected, TOLERANCE, style);
  }
});

const RATE = 0.5;

/** `parameters −= rate · gradient`. */
const DESCENT: OptimiserCode = {
  label: "descent",
  bindings: [{ name: "parameters", access: "read_write" }],
  types: { parameters: "array<vec4f>" },
  code: `fn update(index: u32, gradient: vec4f) { parameters[index] -= ${RATE} * gradient; }`,
};

type Inputs = Readonly<Record<string, Float32Array | Uint32Array>>;

/** The matrices after one update, in the order of `convMatrices`. */
async function updated(spec: ConvSpec, images: number, style: Style, inputs: Inputs, matrices: readonly Float32Array[]) {
  const source = "images" in inputs ? "gathered" : "activations";
  const { kernels, partialsBytes } = convWeightGradient({ spec, images, source, optimiser: DESCENT, tuning: { style } });
  const [sum, ...updates] = kernels;
  const { partials } = await runKernel(device, sum!.kernel, { ...inputs, partials: partialsBytes }, images);
  const results = [...matrices];
  for (const { kernel, matrix } of updates) {
    const contents = { partials: new Float32Array(partials!), parameters: matrices[matrix]! };
    results[matrix] = new Float32Array((await runKernel(device, kernel, contents, images)).parameters!);
  }
  return results;
}

async function expectUpdate(spec: ConvSpec, images: number, inputs: Inputs, data: ReturnType<typeof dataOf>) {
  const { table, gradients } = data;
  const plans = convMatrices(spec);
  const matrices = plans.map((plan) => matrixFromTable(plan, table));
  const source = "images" in inputs ? "gathered" : "activations";
  const partial = (style: Style) => convWeightGradient({ spec, images, source, optimiser: DESCENT, tuning: { style } }).kernels[0]!.kernel;
  for (const [style] of variants(partial)) {
    const results = await updated(spec, images, style, inputs, matrices);
    plans.forEach((plan, i) => {
      for (const [name, values] of Object.entries(tableFromMatrix(plan, results[i]!))) {
        const gradient = (at: number) =>
          gradients.reduce((sum, { weight, bias }) => sum + (name.endsWith(".bias") ? bias : weight)[at]!, 0);
        const expected = Array.from(table[name]!, (before, at) => before - RATE * gradient(at));
        expectClose(values, expected, TOLERANCE, `${name}, ${style}`);
      }
      const real = matrixFromTable(plan, tableFromMatrix(plan, results[i]!));
      expect(results[i], `padding of ${plan.name}, ${style}`).toEqual(real);
    });
  }
}

test.each(CASES.map(named))("update by the gradient of weights and bias, padding left at 0: %s", async (_, item) => {
  const spec = specOf(item);
  const data = dataOf(spec, item.images);
  const inputs = { x: padChannels(data.x, spec.from.channels), dy: padChannels(data.dy, spec.to.channels) };
  await expectUpdate(spec, item.images, inputs, data);
});

/** Bytes of so many images, packed into words with each image on a word of its own, and the same numbers tight. */
function packedImages(images: number, pixels: number) {
  const bytes = new Uint8Array(images * padded(pixels));
  const x = new Float32Array(images * pixels);
  for (let i = 0; i < x.length; i++) {
    const byte = (i * 89 + 7) % 256;
    bytes[Math.floor(i / pixels) * padded(pixels) + (i % pixels)] = byte;
    x[i] = byte / 255;
  }
  return { words: new Uint32Array(bytes.buffer), x };
}

test.each([1, 3])("reads packed images of %i channels, in the step's order and as they come", async (channels) => {
  const item: Case = { kind: "conv", kernel: 3, stride: 2, size: [5, 7], channels: [channels, 8], images: 7 };
  const spec = specOf(item);
  const stored = packedImages(9, spec.inputs);
  const order = Uint32Array.of(8, 0, 3, 3, 5, 1, 7);
  const inOrder = Float32Array.from({ length: order.length * spec.inputs }, (_, i) => {
    return stored.x[order[Math.floor(i / spec.inputs)]! * spec.inputs + (i % spec.inputs)]!;
  });
  const epilogue = activationEpilogue({ activation: "linear", ...columnsOf(spec.to.channels) });
  for (const [source, x] of [
    ["gathered", inOrder],
    ["images", stored.x.slice(0, inOrder.length)],
  ] as const) {
    const data = dataOf(spec, item.images, x);
    const kernel = convForward({ spec, images: item.images, source, epilogue, tuning: { style: "registers" } });
    const contents = { images: stored.words, order, ...parametersOf(spec, data.table), y: 4 * padChannels(data.sums, 8).length };
    const { y } = await runKernel(device, kernel, contents, item.images);
    expectClose(new Float32Array(y!), padChannels(data.sums, spec.to.channels), TOLERANCE, source);
    const inputs = { images: stored.words, order, dy: padChannels(data.dy, spec.to.channels) };
    if (source === "gathered") await expectUpdate(spec, item.images, inputs, data);
  }
});

test("runs over fewer images than it was made for", async () => {
  const spec = specOf({ kind: "conv", kernel: 3, stride: 1, size: [4, 6], channels: [8, 8], images: 7 });
  const { table, x, sums } = dataOf(spec, 7);
  const epilogue = activationEpilogue({ activation: "linear", ...columnsOf(8) });
  for (const style of STYLES) {
    const kernel = convForward({ spec, images: 7, source: "activations", epilogue, tuning: { style } });
    const { y } = await runKernel(device, kernel, { x, ...parametersOf(spec, table), y: 4 * sums.length }, 2);
    expectClose(new Float32Array(y!).subarray(0, 2 * spec.units), sums.slice(0, 2 * spec.units), TOLERANCE, style);
  }
});

test("refuses packed images where nothing reads them", () => {
  const spec = specOf({ kind: "conv", kernel: 3, stride: 1, size: [4, 6], channels: [5, 8], images: 1 });
  const epilogue = activationEpilogue({ activation: "linear", ...columnsOf(8) });
  const forward = () => convForward({ spec, images: 1, source: "images", epilogue, tuning: { style: "registers" } });
  expect(forward).toThrow("reads no packed images");
});
