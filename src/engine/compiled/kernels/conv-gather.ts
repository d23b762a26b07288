/**
 * Makes the kernel that gathers a small image from a large one, without workgroup
 * memory; formula and layout in `conv-gather.wgsl`.
 */
import { declareBindings, type Kernel, type KernelBinding } from "../kernel";
import { fillTemplate } from "../template";
import { evenShare, lane, linesOf, vectorType, weightRows, type ConvShape } from "./conv-shape";
import source from "./conv-gather.wgsl?raw";
import type { Epilogue } from "./epilogue";
import { byteCode, operandNames, type OperandSource } from "./operand";

export interface ConvProduct {
  readonly label: string;
  readonly shape: ConvShape;
  /** Most images of a run. */
  readonly images: number;
  /** Name of the buffer of activations that is read; not of packed bytes. */
  readonly operand: string;
  readonly source: OperandSource;
  /** `row`: the last row of the matrix; `buffer`: a binding `bias`. */
  readonly bias: "none" | "row" | "buffer";
  readonly epilogue: Epilogue;
}

/** Pixels of a strip, and multiply-adds of vec4f in the inner loop for each of its steps: more of both outgrow what a compiler handles fast. */
export const MAX_STRIP = 8;
const MAX_PRODUCTS = 100;
const WORKGROUP = 64;

export function gatherKernel(product: ConvProduct): Kernel {
  const { label, shape, images, epilogue } = product;
  const { small, large, kernel, stride, padTop, padLeft, far4, near4, lanes, nearRows } = shape;
  const strip = evenShare(small.width, MAX_STRIP);
  const columns = columnsOf(far4, strip.size * kernel);
  const bindings = [...operandBindings(product), ...epilogue.bindings];
  const isPacked = product.source !== "activations";
  const code = fillTemplate(source, {
    bindings: declareBindings(bindings, { ...OPERAND_TYPES, [product.operand]: "array<vec4f>", ...epilogue.types }),
    epilogue: epilogue.code,
    packed: isPacked,
    byteAt: isPacked ? byteCode(large.height * large.width * large.channels) : "",
    gathered: product.source === "gathered",
    size: WORKGROUP,
    strips: images * small.height * strip.shares,
    stripsPerRow: strip.shares,
    pixels: strip.size,
    columns: columns.size,
    height: small.height,
    stride,
    padTop,
    padLeft,
    kernel,
    near4,
    largeHeight: large.height,
    largeWidth: large.width,
    weightsPerRow: kernel * nearRows * far4,
    weightsPerChunk: lanes * far4,
    ...gatherLines(product, strip.shares, strip.size, columns.size),
  });
  const grid = { x: columns.shares, rowsPerImage: small.height * strip.shares, rowsPerTile: WORKGROUP };
  return { label, code, bindings, grid };
}

export const OPERAND_TYPES = { images: "array<u32>", order: "array<u32>", parameters: "array<vec4f>", bias: "array<vec4f>" };

export function operandBindings({ operand, source, bias }: ConvProduct): KernelBinding[] {
  const names = [...operandNames(source, operand), "parameters", ...(bias === "buffer" ? ["bias"] : [])];
  return names.map((name) => ({ name, access: "read" }));
}

/** How many vec4f of channels one invocation makes. @param perColumn multiply-adds of one of them with one lane of the operand */
export function columnsOf(groups: number, perColumn: number): { readonly shares: number; readonly size: number } {
  return evenShare(groups, Math.max(1, Math.min(4, Math.floor(MAX_PRODUCTS / perColumn))));
}

/** The unrolled lines: `v<t>` pixel t of what the strip needs of a row, `a<p>_<c>` the sum of pixel p and column c. */
function gatherLines({ shape, operand, source, bias }: ConvProduct, stripsPerRow: number, pixels: number, columns: number) {
  const { small, large, kernel, stride, padLeft, far4, near4, lanes, nearRows } = shape;
  const span = (pixels - 1) * stride + kernel;
  const lastLeft = (stripsPerRow - 1) * pixels * stride - padLeft;
  const mayMiss = (t: number) => t < padLeft || lastLeft + t >= large.width;
  const read = (t: number) => {
    if (source === "activations") return `${operand}[at + ${t * near4}u]`;
    const bytes = Array.from({ length: lanes }, (_, l) => `byteAt(image, (at + ${t}u) * ${large.channels}u + ${l}u)`);
    return `${vectorType(lanes)}(${bytes.join(", ")})`;
  };
  const type = source === "activations" ? "vec4f" : vectorType(lanes);
  const valueLanes = source === "activations" ? 4 : lanes;
  const taps = Array.from({ length: kernel * lanes }, (_, q) => ({ j: Math.floor(q / lanes), l: q % lanes }));
  const weights = (c: number) =>
    taps.map(({ j, l }) => `      let w${j}_${l}_${c} = parameters[weightAt + ${(j * nearRows + l) * far4 + c}u];`);
  const multiply = (p: number, c: number) =>
    `      a${p}_${c} = a${p}_${c}${taps.map(({ j, l }) => ` + ${lane(`v${p * stride + j}`, l, valueLanes)} * w${j}_${l}_${c}`).join("")};`;
  const biasOf = (c: number) =>
    ({ none: "", row: ` + parameters[${weightRows(shape) * far4}u + column + ${c}u]`, buffer: ` + bias[column + ${c}u]` })[bias];
  const finish = (p: number, c: number) => {
    const guards = [
      ...(stripsPerRow * pixels > small.width ? [`firstX + ${p}u < ${small.width}u`] : []),
      ...(columns > 1 && far4 % columns !== 0 ? [`column + ${c}u < ${far4}u`] : []),
    ];
    const call = `finish(line * ${small.width}u + firstX + ${p}u, (column + ${c}u) * 4u, a${p}_${c}${biasOf(c)});`;
    return guards.length === 0 ? `  ${call}` : `  if (${guards.join(" && ")}) { ${call} }`;
  };
  return {
    inside: linesOf(span, (t) => (mayMiss(t) ? `  let inside${t} = left + ${t}u < ${large.width}u;` : [])),
    accumulators: linesOf(pixels * columns, (q) => `  var a${Math.floor(q / columns)}_${q % columns} = vec4f();`),
    load: linesOf(span, (t) => `      let v${t} = ${mayMiss(t) ? `select(${type}(), ${read(t)}, inside${t})` : read(t)};`),
    multiply: linesOf(columns, (c) => [...weights(c), linesOf(pixels, (p) => multiply(p, c))]),
    finish: linesOf(pixels * columns, (q) => finish(Math.floor(q / columns), q % columns)),
  };
}
