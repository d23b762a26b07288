/**
 * Fills the templates of a dense product for one variant: rows and columns of a tile,
 * and whether its operands pass through workgroup memory, or between the lanes of a subgroup.
 */
import { declareBindings, type Kernel, type KernelBinding } from "../kernel";
import { fillTemplate, type TemplateValues } from "../template";
import type { DenseProduct, DenseVariant } from "../tuning-choice";
import operandsSource from "./dense-operands.wgsl?raw";
import registersSource from "./dense-registers.wgsl?raw";
import workgroupSource from "./dense-workgroup.wgsl?raw";
import type { Epilogue } from "./epilogue";
import { operandNames, type OperandSource } from "./operand";
import type { OptimiserCode } from "./optimiser";

export interface DenseOperation {
  readonly product: DenseProduct;
  readonly rows: number;
  readonly inputs: number;
  readonly units: number;
  readonly source: OperandSource;
  readonly end: Epilogue | OptimiserCode;
}

/** Rows of k that a workgroup holds at a time: 64 × 64 outputs then take 8 KB, half of what every device has. */
const WORKGROUP_DEPTH = 16;
/** Copies of the epilogue's code in one kernel. */
const MOST_UNROLLED = 8;

const LABELS = { forward: "forward", inputGradient: "input gradient", weightGradient: "weight gradient" };

/** @throws RangeError when a width is not a multiple of 4, or a weight gradient's tile does not take rows four at a time */
export function denseProduct(operation: DenseOperation, variant: DenseVariant): Kernel {
  const { product, rows, inputs, units, end } = operation;
  if (inputs % 4 !== 0 || units % 4 !== 0) throw new RangeError(`denseProduct: ${inputs} inputs, ${units} units, wants multiples of 4`);
  const left = product === "inputGradient" ? "dy" : "x";
  const bindings = [...operandBindings(operation, left), ...end.bindings];
  const types = {
    images: "array<u32>",
    order: "array<u32>",
    x: "array<vec4f>",
    dy: "array<vec4f>",
    parameters: "array<vec4f>",
    ...end.types,
  };
  const shared = sharedValues(operation);
  const operands = fillTemplate(operandsSource, {
    ...shared,
    bindings: declareBindings(bindings, types),
    epilogue: end.code,
    packed: operation.source !== "activations",
    gathered: operation.source === "gathered",
    left,
    leftQuads: (product === "inputGradient" ? units : inputs) / 4,
    resultRows: product === "weightGradient" ? inputs + 1 : rows,
    biasStart: (inputs * units) / 4,
  });
  const isShared = variant.style === "workgroup";
  const tile = { rows: variant.threadsY * variant.rows, columns: variant.threadsX * (isShared ? 1 : variant.columns) * 4 };
  const tilesX = Math.ceil((product === "inputGradient" ? inputs : units) / tile.columns);
  const values = { ...shared, ...(isShared ? workgroupValues(operation, variant) : registerValues(operation, variant)), operands, tilesX };
  return {
    label: `dense ${LABELS[product]} ${end.label}`,
    code: fillTemplate(isShared ? workgroupSource : registersSource, values),
    bindings,
    grid:
      product === "weightGradient"
        ? { x: tilesX * Math.ceil((inputs + 1) / tile.rows), rowsPerImage: 0, rowsPerTile: 1 }
        : { x: tilesX, rowsPerImage: 1, rowsPerTile: tile.rows },
  };
}

function operandBindings({ product, source }: DenseOperation, left: string): KernelBinding[] {
  return [...operandNames(source, left), product === "weightGradient" ? "dy" : "parameters"].map((name) => ({ name, access: "read" }));
}

/** Of the result's columns and rows, and of k, which the sums run over. */
function sharedValues({ product, rows, inputs, units }: DenseOperation) {
  const isWeights = product === "weightGradient";
  const quads = (product === "inputGradient" ? inputs : units) / 4;
  const k = { forward: inputs, inputGradient: units, weightGradient: rows }[product];
  return {
    forward: product === "forward",
    inputGradient: product === "inputGradient",
    weightGradient: isWeights,
    quads,
    lastQuad: quads - 1,
    // What one load of the left operand is of: a row, or four rows.
    lastVector: (isWeights ? inputs / 4 : rows) - 1,
    perVector: isWeights ? 4 : 1,
    lastK: k - 1,
  };
}

function registerValues({ product, rows, inputs, units }: DenseOperation, variant: DenseVariant): TemplateValues {
  const isWeights = product === "weightGradient";
  const subgroups = variant.style === "subgroups";
  const lanes = subgroups ? 4 : 1;
  const perVector = isWeights ? 4 : 1;
  const vectors = variant.rows / perVector;
  const loads = vectors / lanes;
  if (!Number.isInteger(loads)) throw new RangeError(`registerValues: ${variant.rows} rows, wants a multiple of ${perVector * lanes}`);
  const { threadsX, threadsY, columns } = variant;
  const results = variant.rows * columns;
  return {
    enable: subgroups ? "enable subgroups;" : "",
    subgroups,
    threadsX,
    threadsY,
    columns,
    lanes,
    loads,
    vectors,
    results,
    tileQuads: threadsX * columns,
    leftLoads: isWeights ? 4 : 1,
    rounds: Math.ceil({ forward: inputs, inputGradient: units, weightGradient: rows }[product] / 4),
    ragged: rows % 4 !== 0,
    unrolled: results <= MOST_UNROLLED,
    perVectorResults: perVector * columns,
  };
}

function workgroupValues({ product, rows, inputs, units }: DenseOperation, variant: DenseVariant): TemplateValues {
  const { threadsX, threadsY } = variant;
  const isWeights = product === "weightGradient";
  const vectors = variant.rows / (isWeights ? 4 : 1);
  if (!Number.isInteger(vectors)) throw new RangeError(`workgroupValues: ${variant.rows} rows, wants a multiple of 4`);
  const k = { forward: inputs, inputGradient: units, weightGradient: rows }[product];
  const depthVectors = WORKGROUP_DEPTH / 4;
  return {
    threadsX,
    threadsY,
    threads: threadsX * threadsY,
    rows: variant.rows,
    vectors,
    tileVectors: threadsY * vectors,
    depth: WORKGROUP_DEPTH,
    depthVectors,
    depthPadded: Math.ceil(k / WORKGROUP_DEPTH) * WORKGROUP_DEPTH,
    kVectors: Math.ceil(k / 4),
    lastKVector: Math.ceil(k / 4) - 1,
    lastColumn: inputs - 1,
    right: isWeights ? "dy" : "parameters",
    leftSize: threadsY * vectors * (isWeights ? WORKGROUP_DEPTH : depthVectors),
    rightVectors: threadsX * WORKGROUP_DEPTH,
    rightSize: product === "inputGradient" ? threadsX * 4 * (depthVectors + 1) : threadsX * WORKGROUP_DEPTH,
  };
}
