/**
 * Makes the kernels of the weight and bias gradients with the optimiser's update:
 * split sums (`conv-weights.wgsl`), then their total and the update (`conv-update.wgsl`).
 */
import type { ConvSpec } from "../../../model/network";
import { declareBindings, padded, type Kernel, type KernelBinding } from "../kernel";
import { fillTemplate } from "../template";
import type { ConvSource } from "./conv-gather";
import { convShape, evenShare, lane, linesOf, vectorType, weightRows, type ConvShape } from "./conv-shape";
import updateSource from "./conv-update.wgsl?raw";
import source from "./conv-weights.wgsl?raw";
import type { OptimiserCode } from "./optimiser";

/** Invocations that keep a large GPU busy, and splits that one invocation can add up without being waited for. */
const INVOCATIONS = 16_384;
const MAX_SPLITS = 256;
const MAX_BIAS_SPLITS = 512;
const PIXELS_PER_BIAS_SPLIT = 64;
const WORKGROUP = 64;
/** Multiply-adds of vec4f for each pixel, one register each. */
const MAX_PRODUCTS = 48;

/** How a sum is split, and where in `partials` the parts lie; all places in vec4f. */
export interface WeightSplits {
  readonly splits: number;
  /** Rows of small images in one split. */
  readonly linesPerSplit: number;
  /** One split's weights. */
  readonly weights4: number;
  readonly biasSplits: number;
  readonly biasPixels: number;
  readonly outputs4: number;
  /** Where the bias' parts begin. */
  readonly biasAt: number;
  readonly bytes: number;
}

/** Depends on shapes alone, so that the same step gives the same bits whatever carries it out. @param tiles invocations of one split */
export function weightSplits(spec: ConvSpec, images: number, tiles: number): WeightSplits {
  const shape = convShape(spec);
  const lines = images * shape.small.height;
  const wanted = Math.min(lines, MAX_SPLITS, Math.ceil(INVOCATIONS / tiles));
  const { shares: splits, size: linesPerSplit } = evenShare(lines, Math.ceil(lines / wanted));
  const weights4 = weightRows(shape) * shape.far4;
  const outputs4 = padded(spec.to.channels) / 4;
  const pixels = images * spec.to.height * spec.to.width;
  const bias = evenShare(pixels, Math.max(PIXELS_PER_BIAS_SPLIT, Math.ceil(pixels / MAX_BIAS_SPLITS)));
  const biasAt = splits * weights4;
  return {
    ...{ splits, linesPerSplit, weights4, outputs4, biasAt },
    ...{ biasSplits: bias.shares, biasPixels: bias.size, bytes: 16 * (biasAt + bias.shares * outputs4) },
  };
}

export interface WeightProduct {
  readonly spec: ConvSpec;
  readonly images: number;
  readonly source: Exclude<ConvSource, "images">;
}

/** Vec4f of far channels that one invocation makes. */
function columnsOf({ far4, kernel, lanes }: ConvShape) {
  return evenShare(far4, Math.max(1, Math.min(8, Math.floor(MAX_PRODUCTS / (kernel * lanes)))));
}

/** As `weightSplits` of the kernel below. */
export function slidingSplits({ spec, images }: WeightProduct): WeightSplits {
  const shape = convShape(spec);
  return weightSplits(spec, images, shape.kernel * shape.near4 * columnsOf(shape).shares);
}

export function slidingWeightsKernel(product: WeightProduct): Kernel {
  const { spec, images } = product;
  const shape = convShape(spec);
  const { large, small, kernel, stride, padTop, padLeft, near4, far4, nearRows } = shape;
  const columns = columnsOf(shape);
  const splits = slidingSplits(product);
  const tiles = kernel * near4 * columns.shares;
  const groupsPerSplit = Math.ceil(tiles / WORKGROUP);
  const weightGroups = splits.splits * groupsPerSplit;
  const bindings = weightBindings(product);
  const code = fillTemplate(source, {
    bindings: declareBindings(bindings, PARTIAL_TYPES),
    packed: product.source === "gathered",
    words: padded(large.height * large.width * large.channels) / 4,
    ...biasValues(product, splits),
    ...{ size: WORKGROUP, weightGroups, groupsPerSplit, tiles, columns: columns.size, columnTiles: columns.shares },
    ...{ near4, far4, tilesPerRow: near4 * columns.shares, linesPerSplit: splits.linesPerSplit, lines: images * small.height },
    ...{ height: small.height, width: small.width, stride, padTop, padLeft, largeHeight: large.height, largeWidth: large.width },
    ...{ smallLine: small.width * far4, weights4: splits.weights4, weightRowsPerTap: kernel * nearRows },
    ...slidingLines(product, shape, columns.size),
  });
  const x = weightGroups + Math.ceil((splits.biasSplits * splits.outputs4) / WORKGROUP);
  return { label: `${spec.kind} weight gradient`, code, bindings, grid: { x, rowsPerImage: 0, rowsPerTile: 1 } };
}

export const PARTIAL_TYPES = { x: "array<vec4f>", images: "array<u32>", order: "array<u32>", dy: "array<vec4f>", partials: "array<vec4f>" };

export function weightBindings({ source }: WeightProduct): KernelBinding[] {
  const names = source === "gathered" ? ["images", "order", "dy"] : ["x", "dy"];
  return [...names.map((name) => ({ name, access: "read" as const })), { name: "partials", access: "read_write" }];
}

export function biasValues({ spec, images }: WeightProduct, { biasSplits, biasPixels, outputs4, biasAt }: WeightSplits) {
  return { outputs4, biasPixels, biasAt, biasSums: biasSplits * outputs4, outputPixels: images * spec.to.height * spec.to.width };
}

/** The unrolled lines: `v<t>` pixel t under the kernel's row, `s<c>` far channels of the small pixel, `a<j>_<l>_<c>` the sums. */
function slidingLines({ spec, source }: WeightProduct, shape: ConvShape, columns: number) {
  const { large, small, kernel, stride, padLeft, near4, far4, lanes, nearRows } = shape;
  const [nearName, farName] = spec.kind === "conv" ? ["x", "dy"] : ["dy", "x"];
  const isPacked = source === "gathered";
  const type = isPacked ? vectorType(lanes) : "vec4f";
  const mayMiss = (t: number) => t < padLeft || (small.width - 1) * stride - padLeft + t >= large.width;
  const read = (t: number) => {
    if (!isPacked) return `${nearName}[rowAt + (left + ${t}u) * ${near4}u]`;
    const bytes = Array.from({ length: lanes }, (_, l) => `byteAt(image, (rowAt + left + ${t}u) * ${large.channels}u + ${l}u)`);
    return `${type}(${bytes.join(", ")})`;
  };
  const value = (t: number) => (mayMiss(t) ? `select(${type}(), ${read(t)}, left + ${t}u < ${large.width}u)` : read(t));
  const kept = kernel - stride;
  const sums = kernel * lanes * columns;
  const sum = (q: number) => `a${Math.floor(q / lanes / columns)}_${Math.floor(q / columns) % lanes}_${q % columns}`;
  const product = (q: number) =>
    `${lane(`v${Math.floor(q / lanes / columns)}`, Math.floor(q / columns) % lanes, isPacked ? lanes : 4)} * s${q % columns}`;
  const finish = (q: number) => {
    const [j, l, c] = [Math.floor(q / lanes / columns), Math.floor(q / columns) % lanes, q % columns];
    const store = `partials[out + ${(j * nearRows + l) * far4 + c}u] = ${sum(q)};`;
    return columns > 1 && far4 % columns !== 0 ? `  if (column + ${c}u < ${far4}u) { ${store} }` : `  ${store}`;
  };
  return {
    accumulators: linesOf(sums, (q) => `  var ${sum(q)} = vec4f();`),
    enter: linesOf(kept, (t) => `    var v${t} = ${value(t)};`),
    load: [
      linesOf(stride, (t) => `      let v${kept + t} = ${value(kept + t)};`),
      linesOf(columns, (c) => `      let s${c} = ${farName}[at + ${c}u];`),
    ].join("\n"),
    multiply: linesOf(sums, (q) => `      ${sum(q)} += ${product(q)};`),
    slide: linesOf(kept, (t) => `      v${t} = v${t + stride};`),
    finish: linesOf(sums, finish),
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
    ...{ size: WORKGROUP, count, count4, withBias, weights4, bias4: outputs4, biasAt, biasSplits },
    first: of === "weight" ? 0 : biasAt,
    splits: of === "weight" ? splits.splits : biasSplits,
  });
  const grid = { x: Math.ceil(count / WORKGROUP), rowsPerImage: 0, rowsPerTile: 1 };
  return { label: `${spec.kind} ${of} update ${optimiser.label}`, code, bindings, grid };
}
