/**
 * What a layer does before its activation, and the two products that derivatives need:
 * `x · W + b` for a value, `x · W` for a tangent, `y · Wᵀ` for a gradient; dense layers,
 * convolutions and transposed ones alike, in plain TypeScript, float32 in and out.
 *
 * Layers are `model/network`'s, which has their formulas. Knows no activation.
 */
import type { Floats, WeightTable } from "../protocol/messages";
import type { ConvSpec, DenseSpec, LayerSpec } from "./network";

/** Of each image or code, what a conditional network is told; 0 where there is none. Read by no other network. */
export type Labels = ArrayLike<number>;

/**
 * `x · W + b`; where a dense layer is told a label, its one-hot stands after x: the weights' row of that class is added.
 *
 * @param x `[count, inputs − classes]`
 * @returns `[count, units]`
 */
export function applyAffine(layer: LayerSpec, weights: WeightTable, x: Float32Array, count: number, labels?: Labels): Floats {
  const y = biased(layer, weights, count);
  addProduct(layer, weights, x, count, y);
  if (layer.kind === "dense" && layer.classes > 0) addLabels(layer, weights, count, y, labels);
  return y;
}

/** `x · W`: how `applyAffine` answers to a change of x. Bias and label do not change. Shapes as there. */
export function applyTangent(layer: LayerSpec, weights: WeightTable, x: Float32Array, count: number): Floats {
  const y = new Float32Array(count * layer.units);
  addProduct(layer, weights, x, count, y);
  return y;
}

/**
 * `(y · Wᵀ) ⊙ slopes`: a gradient by what comes out of `applyAffine`, as one by what went into the activation before it; the
 * label's rows have none. Where a slope is 0, as of most relu units, nothing is computed.
 *
 * @param y `[count, units]`
 * @param slopes `[count, inputs − classes]`, 1 where there is no activation before
 * @returns shaped as `slopes`
 */
export function applyTransposed(layer: LayerSpec, weights: WeightTable, y: Float32Array, slopes: Floats, count: number): Floats {
  if (layer.kind === "dense") return denseTransposed(layer, weights, y, slopes, count);
  const { kind, from, to, inputs, units } = layer;
  const turned: ConvSpec = { ...layer, kind: kind === "conv" ? "transposed" : "conv", from: to, to: from, inputs: units, units: inputs };
  return applyTangent(turned, weights, y, count).map((value, i) => value * slopes[i]!);
}

function addProduct(layer: LayerSpec, weights: WeightTable, x: Float32Array, count: number, y: Floats): void {
  if (layer.kind !== "dense") return addConvolution(layer, weights, x, count, y);
  const { name, inputs, units, classes } = layer;
  const weight = parameter(weights, `${name}.weight`, inputs * units);
  const width = inputs - classes;
  const active = new Uint32Array(width);
  for (let row = 0; row < count; row++) addActiveRows(weight, 0, x, row * width, active, y, row * units, units);
}

function addLabels({ name, inputs, units, classes }: DenseSpec, weights: WeightTable, count: number, y: Floats, labels?: Labels): void {
  const weight = parameter(weights, `${name}.weight`, inputs * units);
  for (let row = 0; row < count; row++) {
    const told = (inputs - classes + Math.min(labels?.[row] ?? 0, classes - 1)) * units;
    for (let j = 0; j < units; j++) y[row * units + j]! += weight[told + j]!;
  }
}

function denseTransposed(
  { name, inputs, units, classes }: DenseSpec,
  weights: WeightTable,
  y: Float32Array,
  slopes: Floats,
  count: number,
): Floats {
  const weight = parameter(weights, `${name}.weight`, inputs * units);
  const width = inputs - classes;
  const active = new Uint32Array(width);
  const x = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const rows = findActive(slopes, row * width, active);
    dotActiveRows(weight, y.subarray(row * units, (row + 1) * units), active.subarray(0, rows), x, row * width);
  }
  return x.map((value, i) => value * slopes[i]!);
}

/** `x[target + i] = W[i] · y` for the active rows i, four at a time, so that y is read once for them. */
function dotActiveRows(weight: Floats, y: Float32Array, active: Uint32Array, x: Floats, target: number): void {
  const units = y.length;
  let k = 0;
  for (; k + 4 <= active.length; k += 4) {
    const [i0, i1, i2, i3] = [active[k]!, active[k + 1]!, active[k + 2]!, active[k + 3]!];
    const [w0, w1, w2, w3] = [i0 * units, i1 * units, i2 * units, i3 * units];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let j = 0; j < units; j++) {
      const value = y[j]!;
      s0 += weight[w0 + j]! * value;
      s1 += weight[w1 + j]! * value;
      s2 += weight[w2 + j]! * value;
      s3 += weight[w3 + j]! * value;
    }
    x[target + i0] = s0;
    x[target + i1] = s1;
    x[target + i2] = s2;
    x[target + i3] = s3;
  }
  for (; k < active.length; k++) {
    const row = active[k]! * units;
    let sum = 0;
    for (let j = 0; j < units; j++) sum += weight[row + j]! * y[j]!;
    x[target + active[k]!] = sum;
  }
}

/**
 * Both kinds are one walk: each pixel of the smaller image meets those of the larger one that the kernel lays on it, and
 * what flows between two pixels is a small dense layer.
 */
function addConvolution(layer: ConvSpec, weights: WeightTable, x: Float32Array, count: number, y: Floats): void {
  const { name, kind, from, to, kernel, stride, padTop, padLeft } = layer;
  const isForward = kind === "conv";
  const [small, large] = isForward ? [to, from] : [from, to];
  const tap = from.channels * to.channels;
  const given = parameter(weights, `${name}.weight`, kernel * kernel * tap);
  const weight = isForward ? given : swapChannels(given, from.channels, to.channels);
  const active = new Uint32Array(from.channels);
  const rows = count * small.height;
  for (let row = 0; row < rows; row++) {
    const image = Math.floor(row / small.height);
    const top = (row % small.height) * stride - padTop;
    for (let i = Math.max(0, -top); i < Math.min(kernel, large.height - top); i++) {
      const largeRow = (image * large.height + top + i) * large.width;
      for (let column = 0; column < small.width; column++) {
        const left = column * stride - padLeft;
        const here = row * small.width + column;
        for (let j = Math.max(0, -left); j < Math.min(kernel, large.width - left); j++) {
          const there = largeRow + left + j;
          const source = (isForward ? there : here) * from.channels;
          const target = (isForward ? here : there) * to.channels;
          addActiveRows(weight, (i * kernel + j) * tap, x, source, active, y, target, to.channels);
        }
      }
    }
  }
}

/** `[taps, to, from]` to `[taps, from, to]`. */
function swapChannels(weight: Floats, from: number, to: number): Floats {
  const tap = from * to;
  return weight.map((_, i) => weight[i - (i % tap) + (i % to) * from + Math.floor((i % tap) / to)]!);
}

/** The bias of every output, `[count, units]`; a convolution has one for each channel. */
function biased(layer: LayerSpec, weights: WeightTable, count: number): Floats {
  const bias = parameter(weights, `${layer.name}.bias`, layer.kind === "dense" ? layer.units : layer.to.channels);
  const y = new Float32Array(count * layer.units);
  for (let at = 0; at < y.length; at += bias.length) y.set(bias, at);
  return y;
}

/**
 * `y[target …] += x[source …] · W`, of one row: adds rows of W scaled by their inputs, so that memory is read in order, zeros
 * (of relu, of dark pixels) cost nothing, and y is read and written once for eight rows (four are a third slower).
 *
 * @param start of W, `[active.length, units]`, in `weight`
 * @param active room for the indices of the inputs that are not 0
 */
function addActiveRows(
  weight: Floats,
  start: number,
  x: Float32Array,
  source: number,
  active: Uint32Array,
  y: Floats,
  target: number,
  units: number,
): void {
  const rows = findActive(x, source, active);
  let k = 0;
  for (; k + 8 <= rows; k += 8) {
    const [i0, i1, i2, i3] = [active[k]!, active[k + 1]!, active[k + 2]!, active[k + 3]!];
    const [i4, i5, i6, i7] = [active[k + 4]!, active[k + 5]!, active[k + 6]!, active[k + 7]!];
    const [x0, x1, x2, x3] = [x[source + i0]!, x[source + i1]!, x[source + i2]!, x[source + i3]!];
    const [x4, x5, x6, x7] = [x[source + i4]!, x[source + i5]!, x[source + i6]!, x[source + i7]!];
    const [w0, w1, w2, w3] = [start + i0 * units, start + i1 * units, start + i2 * units, start + i3 * units];
    const [w4, w5, w6, w7] = [start + i4 * units, start + i5 * units, start + i6 * units, start + i7 * units];
    for (let j = 0; j < units; j++) {
      const first = x0 * weight[w0 + j]! + x1 * weight[w1 + j]! + x2 * weight[w2 + j]! + x3 * weight[w3 + j]!;
      const second = x4 * weight[w4 + j]! + x5 * weight[w5 + j]! + x6 * weight[w6 + j]! + x7 * weight[w7 + j]!;
      y[target + j]! += first + second;
    }
  }
  for (; k + 4 <= rows; k += 4) {
    const [i0, i1, i2, i3] = [active[k]!, active[k + 1]!, active[k + 2]!, active[k + 3]!];
    const [x0, x1, x2, x3] = [x[source + i0]!, x[source + i1]!, x[source + i2]!, x[source + i3]!];
    const [w0, w1, w2, w3] = [start + i0 * units, start + i1 * units, start + i2 * units, start + i3 * units];
    for (let j = 0; j < units; j++) {
      y[target + j]! += x0 * weight[w0 + j]! + x1 * weight[w1 + j]! + x2 * weight[w2 + j]! + x3 * weight[w3 + j]!;
    }
  }
  for (; k < rows; k++) {
    const value = x[source + active[k]!]!;
    const row = start + active[k]! * units;
    for (let j = 0; j < units; j++) y[target + j]! += value * weight[row + j]!;
  }
}

/** Writes the indices of what is not 0 of the `active.length` numbers from `start`. @returns how many they are */
function findActive(values: Float32Array, start: number, active: Uint32Array): number {
  let found = 0;
  for (let i = 0; i < active.length; i++) if (values[start + i] !== 0) active[found++] = i;
  return found;
}

function parameter(weights: WeightTable, name: string, size: number): Floats {
  const values = weights[name];
  if (values?.length !== size) throw new RangeError(`forward: ${name} holds ${values?.length ?? "no"} numbers, the network wants ${size}`);
  return values;
}
