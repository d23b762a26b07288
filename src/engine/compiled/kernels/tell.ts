/** What a conditional network's first dense layers read: their input with a one-hot label behind it. */
import { declareBindings, padded, type Kernel, type KernelBinding } from "../kernel";
import type { RowLayout } from "../plan";
import { fillTemplate } from "../template";
import source from "./tell.wgsl?raw";

const THREADS = 64;

/**
 * How `count` numbers lie with `classes` more behind them. Of an image with padded channels in groups as before; a plain row grows.
 *
 * @param layout of the `count` numbers
 */
export function toldLayout({ group }: RowLayout, count: number, classes: number): RowLayout {
  const all = count + classes;
  if (group.size >= count) return { columns: padded(all), group: { size: all, stride: padded(all) } };
  return { columns: Math.ceil(all / group.size) * group.stride, group };
}

/**
 * Bindings: `x` (`[rows][layout.columns]`), `labels`, `order` (in training), `told` (`[rows][toldLayout(…).columns]`).
 *
 * @param rows images at most
 * @param layout of x
 * @param count numbers of a row of x that are real
 */
export function tellKernel({
  rows,
  layout,
  count,
  classes,
  pass,
}: {
  readonly rows: number;
  readonly layout: RowLayout;
  readonly count: number;
  readonly classes: number;
  readonly pass: "training" | "held-out";
}): Kernel {
  const told = toldLayout(layout, count, classes);
  const training = pass === "training";
  const toldQuads = told.columns / 4;
  const main = fillTemplate(source, {
    training,
    lastClass: classes - 1,
    quads: layout.columns / 4,
    toldQuads,
    quadsOfAll: rows * toldQuads,
    size: told.group.size,
    stride: told.group.stride,
    count,
  });
  const bindings: KernelBinding[] = [
    { name: "x", access: "read" },
    { name: "labels", access: "read" },
    ...(training ? [{ name: "order", access: "read" } as const] : []),
    { name: "told", access: "read_write" },
  ];
  const types = { x: "array<vec4f>", labels: "array<u32>", order: "array<u32>", told: "array<vec4f>" };
  return {
    label: `tell ${pass}`,
    code: `${declareBindings(bindings, types)}\n${main}`,
    bindings,
    grid: { x: 1, rowsPerImage: toldQuads, rowsPerTile: THREADS },
  };
}
