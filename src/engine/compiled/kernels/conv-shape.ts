/**
 * The sizes that the convolution kernels share. A convolution and a transposed one
 * connect the same two images, `large` and `small`, through the same weights
 * `[kernel, kernel, near, far]`; they differ in which of the two goes in.
 *
 * `gather`: small from large, a convolution's forward pass and a transposed one's input gradient. `spread`: large from small, the other
 * two. Source: Dumoulin & Visin 2016, arXiv:1603.07285, chapter 4.
 */
import type { ConvSpec } from "../../../model/network";
import type { ImageShape } from "../../../protocol/datasets";
import { padded } from "../kernel";
import type { Group, MatrixPlan, ParameterPlace } from "../plan";

export interface ConvShape {
  readonly kernel: number;
  readonly stride: number;
  readonly padTop: number;
  readonly padLeft: number;
  readonly large: ImageShape;
  readonly small: ImageShape;
  /** Rows of the weight matrix for one tap: the large image's channels, padded to fours from four on. One channel costs one row. */
  readonly nearRows: number;
  /** Channels of the large image that a `vec4f` of it really holds: `min(4, nearRows)`. */
  readonly lanes: number;
  /** `vec4f`s of one pixel of the large image. */
  readonly near4: number;
  /** `vec4f`s of one pixel of the small image, and of one row of weights. */
  readonly far4: number;
}

export function convShape({ kind, from, to, kernel, stride, padTop, padLeft }: ConvSpec): ConvShape {
  const [large, small] = kind === "conv" ? [from, to] : [to, from];
  const near = large.channels;
  const nearRows = near < 4 ? near : padded(near);
  const lanes = Math.min(4, nearRows);
  return {
    kernel,
    stride,
    padTop,
    padLeft,
    large,
    small,
    nearRows,
    lanes,
    near4: padded(near) / 4,
    far4: padded(small.channels) / 4,
  };
}

/** Rows of weights: (i, j, near channel). */
export function weightRows({ kernel, nearRows }: ConvShape): number {
  return kernel * kernel * nearRows;
}

/**
 * The weights `[(i, j, near channel)][far channel]`; a convolution's bias is their last row, a transposed one's, which is as long as
 * the other axis, a matrix of its own, `<name> bias`.
 */
export function convMatrices(spec: ConvSpec): readonly MatrixPlan[] {
  const shape = convShape(spec);
  const near = shape.large.channels;
  const columnGroup = groupOf(shape.small.channels);
  const weight: ParameterPlace = {
    name: `${spec.name}.weight`,
    rows: spec.kernel ** 2 * near,
    columns: shape.small.channels,
    firstRow: 0,
    firstColumn: 0,
    rowGroup: { size: near, stride: shape.nearRows },
    columnGroup,
  };
  const rows = weightRows(shape);
  const columns = columnGroup.stride;
  const bias = (firstRow: number): ParameterPlace => {
    const biases = groupOf(spec.to.channels);
    const rowGroup = { size: 1, stride: 1 };
    return { name: `${spec.name}.bias`, rows: 1, columns: biases.size, firstRow, firstColumn: 0, rowGroup, columnGroup: biases };
  };
  if (spec.kind === "conv") return [{ name: spec.name, rows: rows + 1, columns, places: [weight, bias(rows)] }];
  return [
    { name: spec.name, rows, columns, places: [weight] },
    { name: `${spec.name} bias`, rows: 1, columns: padded(spec.to.channels), places: [bias(0)] },
  ];
}

function groupOf(channels: number): Group {
  return { size: channels, stride: padded(channels) };
}

/** `count` shared out evenly among as few as can be, none with more than `most`. */
export function evenShare(count: number, most: number): { readonly shares: number; readonly size: number } {
  const shares = Math.ceil(count / most);
  return { shares, size: Math.ceil(count / shares) };
}

/** WGSL type of so many floats. */
export function vectorType(lanes: number): string {
  return lanes === 1 ? "f32" : `vec${lanes}f`;
}

/** WGSL of lane l of a value of `vectorType(lanes)`. */
export function lane(value: string, l: number, lanes = 4): string {
  return lanes === 1 ? value : `${value}.${"xyzw"[l]!}`;
}

/** The lines that `line` makes of 0 … count − 1, below each other. */
export function linesOf(count: number, line: (i: number) => string | readonly string[]): string {
  return Array.from({ length: count }, (_, i) => line(i))
    .flat()
    .join("\n");
}
