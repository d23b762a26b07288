/**
 * A plan as text: its buffers with their sizes, and each pass as a list of dispatches,
 * in aligned columns. For people: `npm run plan -- "<query of an address>"`.
 */
import { workgroups, type Kernel } from "./kernel";
import type { BufferPlan, CompiledPlan, DispatchPlan, Lifetime, PassPlan } from "./plan";

const LIFETIMES: readonly Lifetime[] = ["state", "step", "inference"];

/** Lines end without spaces; columns are two spaces apart. */
export function describePlan(plan: CompiledPlan): string {
  const { batchSize, pieceSize, training } = plan;
  return [
    `${training.dispatches.length} dispatches a step of ${batchSize} images; outside training ${pieceSize} images at a time`,
    describeBuffers(plan.buffers),
    describePass("training", training, batchSize),
    ...(["encode", "decode", "reconstruct", "evaluate", "judge"] as const).map((name) => describePass(name, plan[name], pieceSize)),
  ].join("\n\n");
}

/** Bytes of all buffers of a plan; staging buffers for what is read back come on top. */
export function planMemory({ buffers }: Pick<CompiledPlan, "buffers">): number {
  return buffers.reduce((sum, { bytes }) => sum + bytes, 0);
}

function describeBuffers(buffers: readonly BufferPlan[]): string {
  const rows = buffers.map(({ name, lifetime, bytes, holds }) => [name, lifetime, count(bytes), holds]);
  const totals = LIFETIMES.map((lifetime) => {
    const bytes = planMemory({ buffers: buffers.filter((buffer) => buffer.lifetime === lifetime) });
    return ["total", lifetime, count(bytes), ""];
  });
  const all = ["total", "", count(planMemory({ buffers })), ""];
  return table([["buffer", "lifetime", "bytes", "holds"], ...rows, ...totals, all], [2]);
}

function describePass(name: string, { dispatches }: PassPlan, images: number): string {
  const rows = dispatches.map((dispatch, i) => [
    String(i + 1),
    dispatch.label,
    dispatch.kernel.label,
    gridText(dispatch.kernel, images),
    buffersText(dispatch),
  ]);
  return `${name}\n${table([["", "dispatch", "kernel", "workgroups", "reads → writes"], ...rows], [0])}`;
}

function gridText({ grid }: Kernel, images: number): string {
  return workgroups(grid, images).slice(0, 2).map(count).join(" × ");
}

function buffersText({ kernel, buffers }: DispatchPlan): string {
  const named = (access: string) => buffers.filter((_, i) => kernel.bindings[i]?.access === access).join(", ");
  return `${named("read")} → ${named("read_write")}`.trim();
}

/** @param toTheRight columns whose texts end, rather than start, below each other */
function table(rows: readonly (readonly string[])[], toTheRight: readonly number[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row.map((text, column) => (toTheRight.includes(column) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!))).join("  "),
  );
  return lines.map((line) => line.trimEnd()).join("\n");
}

/** 1,234,567 */
function count(value: number): string {
  return value.toLocaleString("en");
}
