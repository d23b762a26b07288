/**
 * Makes the kernels of the weight and bias gradients with the optimiser's update:
 * split sums (`conv-weights.wgsl`), then their total and the update (`conv-update.wgsl`).
 */
import type { ConvSpec } from "../../../model/network";
import { declareBindings, padded, type Kernel, type KernelBinding } from "../kernel";
import { fillTemplate } from "../template";
import { columnsOf, MAX_STRIP } from "./conv-gather";
import { convShape, evenShare, lane, linesOf, vectorType, weightRows, type ConvShape } from "./conv-shape";
import biasSource from "./conv-bias.wgsl?raw";
import updateSource from "./conv-update.wgsl?raw";
import source from "./conv-weights.wgsl?raw";
import { byteCode, operandNames, type OperandSource } from "./operand";
import type { OptimiserCode } from "./optimiser";

/** Invocations that keep a large GPU busy, and splits that one invocation can add up without being waited for. */
const INVOCATIONS = 16_384;
const MAX_SPLITS = 256;
const MAX_BIAS_SPLITS = 512;
const PIXELS_PER_BIAS_SPLIT = 64;
const WORKGROUP = 64;

/** How a sum is split, and where in `partials` the parts lie; all places in vec4f. */
export interface WeightSplits {
  /** Strips of so many neighbouring pixels make a row of the small image, the last perhaps with fewer. */
  readonly pixels: number;
  readonly stripsPerRow: number;
  readonly strips: number;
  readonly stripsPerSplit: number;
  readonly splits: number;
  /** One split's weights. */
  readonly weights4: number;
  readonly biasSplits: number;
  readonly biasPixels: number;
  readonly outputs4: number;
  /** Where the bias' parts begin. */
  readonly biasAt: number;
  readonly bytes: number;
}

/** Depends on shapes alone, so that the same step gives the same bits whichever variant carries it out. */
export function weightSplits({ spec, images }: WeightProduct): WeightSplits {
  const shape = convShape(spec);
  const { shares: stripsPerRow, size: pixels } = evenShare(shape.small.width, MAX_STRIP);
  const strips = images * shape.small.height * stripsPerRow;
  const wanted = Math.min(strips, MAX_SPLITS, Math.ceil(INVOCATIONS / tilesOf(shape, pixels).tiles));
  const { shares: splits, size: stripsPerSplit } = evenShare(strips, Math.ceil(strips / wanted));
  const weights4 = weightRows(shape) * shape.far4;
  const outputs4 = padded(spec.to.channels) / 4;
  const outputPixels = images * spec.to.height * spec.to.width;
  const bias = evenShare(outputPixels, Math.max(PIXELS_PER_BIAS_SPLIT, Math.ceil(outputPixels / MAX_BIAS_SPLITS)));
  const biasAt = splits * weights4;
  const bytes = 16 * (biasAt + bias.shares * outputs4);
  const sizes = { pixels, stripsPerRow, strips, stripsPerSplit, splits, weights4, outputs4 };
  return { ...sizes, biasAt, biasSplits: bias.shares, biasPixels: bias.size, bytes };
}

export interface WeightProduct {
  readonly spec: ConvSpec;
  readonly images: number;
  readonly source: Exclude<OperandSource, "images">;
}

/** What the invocations of one split make between them. */
function tilesOf({ far4, near4, kernel }: ConvShape, pixels: number) {
  const { shares, size } = columnsOf(far4, pixels * kernel);
  return { columns: size, columnTiles: shares, tilesPerRow: near4 * shares, tiles: kernel * near4 * shares };
}

export function weightsKernel(product: WeightProduct): Kernel {
  const { spec } = product;
  const shape = convShape(spec);
  const { large, small, kernel, stride, padTop, padLeft, near4, far4, nearRows } = shape;
  const splits = weightSplits(product);
  const tiles = tilesOf(shape, splits.pixels);
  const invocations = splits.splits * tiles.tiles;
  const weightGroups = Math.ceil(invocations / WORKGROUP);
  const bindings = weightBindings(product);
  const isPacked = product.source === "gathered";
  const code = fillTemplate(source, {
    ...splits,
    ...tiles,
    bindings: declareBindings(bindings, PARTIAL_TYPES),
    packed: isPacked,
    byteAt: isPacked ? byteCode(large.height * large.width * large.channels) : "",
    size: WORKGROUP,
    weightGroups,
    invocations,
    near4,
    far4,
    height: small.height,
    width: small.width,
    stride,
    padTop,
    padLeft,
    largeHeight: large.height,
    largeWidth: large.width,
    weightRowsPerTap: kernel * nearRows,
    biasSum: biasCode(product, splits),
    ...weightLines(product, shape, splits, tiles.columns),
  });
  const x = weightGroups + Math.ceil((splits.biasSplits * splits.outputs4) / WORKGROUP);
  return { label: `${spec.kind} weight gradient`, code, bindings, grid: { x, rowsPerImage: 0, rowsPerTile: 1 } };
}

export const PARTIAL_TYPES = { x: "array<vec4f>", images: "array<u32>", order: "array<u32>", dy: "array<vec4f>", partials: "array<vec4f>" };

export function weightBindings({ source }: WeightProduct): KernelBinding[] {
  const names = [...operandNames(source, "x"), "dy"];
  return [...names.map((name) => ({ name, access: "read" as const })), { name: "partials", access: "read_write" }];
}

/** WGSL `fn sumBias(index: u32)`. */
export function biasCode({ spec, images }: WeightProduct, splits: WeightSplits): string {
  const outputPixels = images * spec.to.height * spec.to.width;
  return fillTemplate(biasSource, { ...splits, biasSums: splits.biasSplits * splits.outputs4, outputPixels });
}

/** The unrolled lines: `v<t>` pixel t of what the strip needs of a large row, `s<p>_<c>` far channels of its pixel p, `a<j>_<l>_<c>` the sums. */
function weightLines({ spec, source }: WeightProduct, shape: ConvShape, { stripsPerRow, pixels }: WeightSplits, columns: number) {
  const { large, small, kernel, stride, padLeft, near4, far4, lanes, nearRows } = shape;
  const [nearName, farName] = spec.kind === "conv" ? ["x", "dy"] : ["dy", "x"];
  const isPacked = source === "gathered";
  const type = isPacked ? vectorType(lanes) : "vec4f";
  const lastLeft = (stripsPerRow - 1) * pixels * stride - padLeft;
  const mayMiss = (t: number) => t < padLeft || lastLeft + t >= large.width;
  const read = (t: number) => {
    if (!isPacked) return `${nearName}[nearAt + ${t * near4}u]`;
    const bytes = Array.from({ length: lanes }, (_, l) => `byteAt(image, (nearAt + ${t}u) * ${large.channels}u + ${l}u)`);
    return `${type}(${bytes.join(", ")})`;
  };
  const near = (t: number) => `    let v${t} = ${mayMiss(t) ? `select(${type}(), ${read(t)}, left + ${t}u < ${large.width}u)` : read(t)};`;
  const isWhole = stripsPerRow * pixels === small.width;
  const far = (p: number, c: number) => {
    const value = `${farName}[farAt + ${p * far4 + c}u]`;
    return `    let s${p}_${c} = ${isWhole ? value : `select(vec4f(), ${value}, firstX + ${p}u < ${small.width}u)`};`;
  };
  const sums = kernel * lanes * columns;
  const place = (q: number) => ({ j: Math.floor(q / lanes / columns), l: Math.floor(q / columns) % lanes, c: q % columns });
  const sum = ({ j, l, c }: ReturnType<typeof place>) => `a${j}_${l}_${c}`;
  const multiply = ({ j, l, c }: ReturnType<typeof place>) =>
    Array.from({ length: pixels }, (_, p) => ` + ${lane(`v${p * stride + j}`, l, isPacked ? lanes : 4)} * s${p}_${c}`).join("");
  const finish = ({ j, l, c }: ReturnType<typeof place>) => {
    const store = `partials[out + ${(j * nearRows + l) * far4 + c}u] = ${sum({ j, l, c })};`;
    return columns > 1 && far4 % columns !== 0 ? `  if (column + ${c}u < ${far4}u) { ${store} }` : `  ${store}`;
  };
  return {
    accumulators: linesOf(sums, (q) => `  var ${sum(place(q))} = vec4f();`),
    load: [linesOf((pixels - 1) * stride + kernel, near), linesOf(pixels * columns, (q) => far(Math.floor(q / columns), q % columns))].join(
      "\n",
    ),
    multiply: linesOf(sums, (q) => `    ${sum(place(q))} = ${sum(place(q))}${multiply(place(q))};`),
    finish: linesOf(sums, (q) => finish(place(q))),
  };
}

/** @param of which of the layer's matrices: `bias` only where it has one of its own */
export function updateKernel({ spec }: WeightProduct, splits: WeightSplits, optimiser: OptimiserCode, of: "weight" | "bias"): Kernel {
  const { weights4, outputs4, biasAt, biasSplits } = splits;
  const withBias = of === "weight" && spec.kind === "conv";
  const count4 = of === "weight" ? weights4 : outputs4;
  const count = count4 + (withBias ? outputs4 : 0);
  const bindings: KernelBinding[] = [{ name: "partials", access: "read" }, ...optimiser.bindings];
  const code = fillTemplate(updateSource, {
    bindings: declareBindings(bindings, { partials: "array<vec4f>", ...optimiser.types }),
    optimiser: optimiser.code,
    size: WORKGROUP,
    count,
    count4,
    withBias,
    weights4,
    bias4: outputs4,
    biasAt,
    biasSplits,
    first: of === "weight" ? 0 : biasAt,
    splits: of === "weight" ? splits.splits : biasSplits,
  });
  const grid = { x: Math.ceil(count / WORKGROUP), rowsPerImage: 0, rowsPerTile: 1 };
  return { label: `${spec.kind} ${of} update ${optimiser.label}`, code, bindings, grid };
}
