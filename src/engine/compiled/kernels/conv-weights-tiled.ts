/** Makes the tiled kernel of the weight gradient's partial sums; formula and layout in `conv-weights-tiled.wgsl`. */
import { declareBindings, type Kernel } from "../kernel";
import { fillTemplate } from "../template";
import { convShape } from "./conv-shape";
import { biasCode, PARTIAL_TYPES, weightBindings, weightSplits, type WeightProduct } from "./conv-weights";
import source from "./conv-weights-tiled.wgsl?raw";

/** Vec4f of near channels of a workgroup, and pixels of a round; constants of the template too. */
const NEARS = 16;

/** Whether there is enough to share: whole vec4f of near channels, read from activations. */
export function canTileWeights({ spec, source }: WeightProduct): boolean {
  return convShape(spec).lanes === 4 && source === "activations";
}

export function tiledWeightsKernel(product: WeightProduct): Kernel {
  const { spec } = product;
  const { large, small, kernel, stride, padTop, padLeft, near4, far4 } = convShape(spec);
  const splits = weightSplits(product);
  const quads = far4 > 8 ? 16 : 8;
  const size = NEARS * quads;
  const nearGroups = kernel * kernel * near4;
  const farTiles = Math.ceil(far4 / quads);
  const groupsPerSplit = Math.ceil(nearGroups / NEARS) * farTiles;
  const weightGroups = splits.splits * groupsPerSplit;
  const [nearName, farName] = spec.kind === "conv" ? ["x", "dy"] : ["dy", "x"];
  const bindings = weightBindings(product);
  const code = fillTemplate(source, {
    ...splits,
    bindings: declareBindings(bindings, PARTIAL_TYPES),
    biasSum: biasCode(product, splits),
    quads,
    size,
    farTile: NEARS * quads,
    loads: (NEARS * NEARS) / size,
    slotsPerLoad: size / NEARS,
    groupsPerSplit,
    weightGroups,
    farTiles,
    nearGroups,
    nearName,
    farName,
    near4,
    far4,
    kernel,
    stride,
    padTop,
    padLeft,
    height: small.height,
    width: small.width,
    largeHeight: large.height,
    largeWidth: large.width,
  });
  const x = weightGroups + Math.ceil((splits.biasSplits * splits.outputs4) / size);
  return { label: `${spec.kind} weight gradient`, code, bindings, grid: { x, rowsPerImage: 0, rowsPerTile: 1 } };
}
