/** Makes the tiled kernels of both products, for devices with fast workgroup memory; formula and layout in `conv-tiled.wgsl`. */
import { declareBindings, type Kernel } from "../kernel";
import { fillTemplate } from "../template";
import { operandBindings, OPERAND_TYPES, type ConvProduct } from "./conv-gather";
import { weightRows } from "./conv-shape";
import source from "./conv-tiled.wgsl?raw";

/** Pixels of a workgroup; a constant of the template too. */
const PIXELS = 64;

/** Whether there is enough to share: whole vec4f of near channels, read from activations. */
export function canTile({ shape, source }: ConvProduct): boolean {
  return shape.lanes === 4 && source === "activations";
}

/** @param direction which of the two images comes out: `gather` the small one, `spread` the large one */
export function tiledKernel(product: ConvProduct, direction: "gather" | "spread"): Kernel {
  const { label, shape, images, operand, epilogue } = product;
  const { small, large, kernel, stride, padTop, padLeft, near4, far4, nearRows } = shape;
  const isSpread = direction === "spread";
  const [from, to] = isSpread ? [small, large] : [large, small];
  const [channels4, columns4] = isSpread ? [far4, near4] : [near4, far4];
  const quads = columns4 > 8 ? 16 : 8;
  const phases = isSpread ? stride : 1;
  const phaseHeight = Math.ceil(to.height / phases);
  const phaseWidth = Math.ceil(to.width / phases);
  const size = (PIXELS / 4) * quads;
  const bindings = [...operandBindings(product), ...epilogue.bindings];
  const biasRow = weightRows(shape) * far4;
  const code = fillTemplate(source, {
    bindings: declareBindings(bindings, { ...OPERAND_TYPES, [operand]: "array<vec4f>", ...epilogue.types }),
    epilogue: epilogue.code,
    spread: isSpread,
    size,
    quads,
    quads4: quads * 4,
    weightTile: 16 * quads,
    loads: (PIXELS * 4) / size,
    kPerLoad: size / PIXELS,
    stride,
    kernel,
    padTop,
    padLeft,
    shiftY: stride - (padTop % stride),
    shiftX: stride - (padLeft % stride),
    phaseHeight,
    phaseWidth,
    pixels: images * phaseHeight * phaseWidth,
    height: to.height,
    width: to.width,
    imagePixels: to.height * to.width,
    operandHeight: from.height,
    operandWidth: from.width,
    operand,
    channels4,
    columns4,
    nearRows,
    far4,
    bias: { none: "", row: ` + parameters[${biasRow}u + column]`, buffer: " + bias[column]" }[product.bias],
  });
  const grid = { x: Math.ceil(columns4 / quads) * phases ** 2, rowsPerImage: phaseHeight * phaseWidth, rowsPerTile: PIXELS };
  return { label, code, bindings, grid };
}
