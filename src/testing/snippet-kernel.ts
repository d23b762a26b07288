/** A kernel around a snippet: one thread for each `vec4f`, which comes from a buffer where a real kernel would have computed it. */
import { declareBindings, type Kernel, type KernelBinding } from "../engine/compiled/kernel";
import type { Epilogue } from "../engine/compiled/kernels/epilogue";
import type { OptimiserCode } from "../engine/compiled/kernels/optimiser";

interface Snippet {
  readonly label: string;
  readonly bindings: readonly KernelBinding[];
  readonly types: Readonly<Record<string, string>>;
  readonly code: string;
}

/** @param body of `main`, where `i` is the thread's number, below `threads` */
export function snippetKernel(snippet: Snippet, inputs: readonly string[], threads: number, body: string): Kernel {
  const bindings = [...inputs.map((name) => ({ name, access: "read" }) as const), ...snippet.bindings];
  const types = { ...Object.fromEntries(inputs.map((name) => [name, "array<vec4f>"])), ...snippet.types };
  const code = `${declareBindings(bindings, types)}
${snippet.code}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= ${threads}u) { return; }
  ${body}
}`;
  return { label: `test ${snippet.label}`, code, bindings, grid: { x: Math.ceil(threads / 64), rowsPerImage: 0, rowsPerTile: 1 } };
}

/** Hands `sums`, `[rows][paddedColumns]`, to an epilogue. */
export function epilogueKernel(epilogue: Epilogue, rows: number, paddedColumns: number): Kernel {
  const quads = paddedColumns / 4;
  return snippetKernel(epilogue, ["sums"], rows * quads, `finish(i / ${quads}u, 4u * (i % ${quads}u), sums[i]);`);
}

/** Hands `gradients` of `quads` times four parameters to an optimiser. */
export function optimiserKernel(optimiser: OptimiserCode, quads: number): Kernel {
  return snippetKernel(optimiser, ["gradients"], quads, "update(i, gradients[i]);");
}
