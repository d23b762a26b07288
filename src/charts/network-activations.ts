/**
 * A layer's activations as cells, one per unit, as meters beside the pictures of a few
 * units, and as maps where they are images.
 */
import type { PaintShape, PaintTarget } from "./paint-image";
import { roundUp, writeSigned, type SignedInks } from "./network-weights";

/** Columns and rows of about square cells that hold `count` units in `widthPx` × `heightPx`. */
export function cellGrid(count: number, widthPx: number, heightPx: number): { readonly columns: number; readonly rows: number } {
  if (count < 1) return { columns: 1, rows: 1 };
  const wanted = Math.round(Math.sqrt((count * widthPx) / Math.max(1, heightPx)));
  const columns = Math.max(1, Math.min(count, wanted));
  return { columns, rows: Math.ceil(count / columns) };
}

/** The value of full colour: the largest magnitude, rounded up; 0 when all is 0. */
export function activationScale(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!) || 0);
  return roundUp(largest);
}

/** Writes unit i to cell i, row by row; cells without a unit stay clear. */
export function paintCells(target: PaintTarget, values: ArrayLike<number>, scale: number, inks: SignedInks): void {
  target.data.fill(0);
  for (let i = 0; i < values.length; i++) writeSigned(target.data, i * 4, scale > 0 ? values[i]! / scale : 0, inks);
}

/**
 * Writes one channel of an image into the top left corner of `target`.
 *
 * @param values `[height, width, channels]`, full colour at ±`scale`
 */
export function paintChannel(
  target: PaintTarget,
  values: ArrayLike<number>,
  channel: number,
  { height, width, channels }: PaintShape,
  scale: number,
  inks: SignedInks,
): void {
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = values[(row * width + column) * channels + channel]!;
      writeSigned(target.data, (row * target.width + column) * 4, scale > 0 ? value / scale : 0, inks);
    }
  }
}
