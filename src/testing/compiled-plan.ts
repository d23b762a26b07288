/** A plan small enough to be written by hand, for tests of what carries plans out. */
import { declareBindings, type Kernel, type KernelBinding } from "../engine/compiled/kernel";
import type { BufferPlan, CompiledPlan, DispatchPlan } from "../engine/compiled/plan";

const BINDINGS: readonly KernelBinding[] = [
  { name: "input", access: "read" },
  { name: "output", access: "read_write" },
];

/** `output[i] = expression` for one number of each image, where `x` is `input[i]` and `y` is `output[i]`. */
export function numberKernel(label: string, expression: string): Kernel {
  const code = `${declareBindings(BINDINGS, { input: "array<f32>", output: "array<f32>" })}
@compute @workgroup_size(1) fn main(@builtin(workgroup_id) id: vec3u) {
  let x = input[id.y];
  let y = output[id.y];
  output[id.y] = ${expression};
}`;
  return { label, code, bindings: BINDINGS, grid: { x: 1, rowsPerImage: 1, rowsPerTile: 1 } };
}

export const dispatch = (kernel: Kernel, ...buffers: string[]): DispatchPlan => ({ label: kernel.label, kernel, buffers });

const floats = (name: string, count: number): BufferPlan => ({
  name,
  bytes: 4 * count,
  lifetime: "state",
  holds: `[${count}] float32`,
});

const PASS = { dispatches: [] };
const ROW = { columns: 4, group: { size: 1, stride: 4 } };

/** Three images of one number; buffers `a`, `b` and `c`. */
export function tinyPlan(changes: Partial<CompiledPlan>): CompiledPlan {
  return {
    batchSize: 3,
    pieceSize: 3,
    imageBytes: 4,
    heads: ROW,
    code: ROW,
    pixels: ROW,
    buffers: [floats("a", 3), floats("b", 3), floats("c", 3)],
    matrices: [],
    slots: [],
    training: PASS,
    encode: PASS,
    decode: PASS,
    reconstruct: PASS,
    evaluate: PASS,
    judge: PASS,
    ...changes,
  };
}
