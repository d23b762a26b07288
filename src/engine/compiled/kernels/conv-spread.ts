/**
 * Makes the kernel that spreads a small image over a large one, without workgroup
 * memory; formula and layout in `conv-spread.wgsl`.
 */
import { declareBindings, type Kernel } from "../kernel";
import { fillTemplate } from "../template";
import { columnsOf, MAX_STRIP, operandBindings, OPERAND_TYPES, type ConvProduct } from "./conv-gather";
import { evenShare, lane, linesOf, vectorType } from "./conv-shape";
import source from "./conv-spread.wgsl?raw";

const WORKGROUP = 64;

export function spreadKernel(product: ConvProduct): Kernel {
  const { label, shape, images, epilogue } = product;
  const { small, large, kernel, stride, padTop, far4, near4, lanes, nearRows } = shape;
  // In strides: a strip has as many pixels of each remainder.
  const strip = evenShare(Math.ceil(large.width / stride), MAX_STRIP);
  const columns = columnsOf(near4, strip.size * kernel);
  const stripsPerImage = Math.ceil(large.height / stride) * strip.shares;
  const bindings = [...operandBindings(product), ...epilogue.bindings];
  const code = fillTemplate(source, {
    bindings: declareBindings(bindings, { ...OPERAND_TYPES, [product.operand]: "array<vec4f>", ...epilogue.types }),
    epilogue: epilogue.code,
    size: WORKGROUP,
    strips: images * stripsPerImage,
    stripsPerImage,
    stripsPerRow: strip.shares,
    pixels: strip.size * stride,
    columns: columns.size,
    height: large.height,
    width: large.width,
    smallHeight: small.height,
    smallWidth: small.width,
    stride,
    kernel,
    padTop,
    far4,
    rowShift: stride - (padTop % stride),
    weightsPerRow: kernel * nearRows * far4,
    weightsPerColumn: lanes * far4,
    ...spreadLines(product, strip.shares, strip.size * stride, columns.size),
  });
  const grid = { x: columns.shares * stride, rowsPerImage: stripsPerImage, rowsPerTile: WORKGROUP };
  return { label, code, bindings, grid };
}

/** The unrolled lines: `v<o>` what lies o pixels of the small image from the strip's first, `a<t>_<c>` the sum of pixel t and column c. */
function spreadLines({ shape, operand, bias }: ConvProduct, stripsPerRow: number, pixels: number, columns: number) {
  const { small, large, kernel, stride, padLeft, far4, near4, lanes, nearRows } = shape;
  const first = -Math.floor((kernel - 1 - padLeft) / stride);
  const last = Math.floor((pixels - 1 + padLeft) / stride);
  const lastLeft = ((stripsPerRow - 1) * pixels) / stride;
  const mayMiss = (o: number) => o < 0 || lastLeft + o >= small.width;
  const type = vectorType(lanes);
  const name = (o: number) => `v${o - first}`;
  const load = (i: number) => {
    const o = first + i;
    const read = `${operand}[at + ${wrapped(o * far4)}u]`;
    return `      let ${name(o)} = ${mayMiss(o) ? `select(vec4f(), ${read}, inside${i})` : read};`;
  };
  const four = [0, 1, 2, 3];
  const weights = (j: number, c: number) => [
    ...four.slice(0, lanes).map((l) => `      let w${j}_${c}_${l} = parameters[weightAt + ${(j * nearRows + c * 4 + l) * far4}u];`),
    ...four.map((f) => {
      const column = four.slice(0, lanes).map((l) => lane(`w${j}_${c}_${l}`, f));
      return `      let m${j}_${c}_${f} = ${type}(${column.join(", ")});`;
    }),
  ];
  const multiply = (t: number, c: number) => {
    const taps = Array.from({ length: kernel }, (_, j) => j).filter((j) => (t + padLeft - j) % stride === 0);
    const terms = taps.flatMap((j) => four.map((f) => ` + ${lane(name((t + padLeft - j) / stride), f)} * m${j}_${c}_${f}`));
    return `      a${t}_${c} = a${t}_${c}${terms.join("")};`;
  };
  const whole = (sum: string) => (lanes === 4 ? sum : `vec4f(${[sum, ...Array.from({ length: 4 - lanes }, () => "0.0")].join(", ")})`);
  const finish = (t: number, c: number) => {
    const guards = [
      ...(stripsPerRow * pixels > large.width ? [`firstX + ${t}u < ${large.width}u`] : []),
      ...(columns > 1 && near4 % columns !== 0 ? [`column + ${c}u < ${near4}u`] : []),
    ];
    const sum = `${whole(`a${t}_${c}`)}${bias === "buffer" ? ` + bias[column + ${c}u]` : ""}`;
    const call = `finish(line + ${t}u, (column + ${c}u) * 4u, ${sum});`;
    return guards.length === 0 ? `  ${call}` : `  if (${guards.join(" && ")}) { ${call} }`;
  };
  return {
    inside: linesOf(last - first + 1, (i) =>
      mayMiss(first + i) ? `  let inside${i} = left + ${wrapped(first + i)}u < ${small.width}u;` : [],
    ),
    accumulators: linesOf(pixels * columns, (q) => `  var a${Math.floor(q / columns)}_${q % columns} = ${type}();`),
    load: linesOf(last - first + 1, load),
    multiply: linesOf(columns, (c) => [linesOf(kernel, (j) => weights(j, c)), linesOf(pixels, (t) => multiply(t, c))]),
    finish: linesOf(pixels * columns, (q) => finish(Math.floor(q / columns), q % columns)),
  };
}

/** A number as u32 adds it, negative ones too. */
function wrapped(offset: number): number {
  return offset >>> 0;
}
