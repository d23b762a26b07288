/**
 * A compute shader as plain data: what a plan holds, a test runs alone, and the
 * executor compiles. Two kernels with the same code are one pipeline.
 *
 * Conventions that every kernel of the compiled trainer keeps:
 *
 * - All bindings are whole storage buffers of group 0, `@binding(i)` in the order of `bindings`, at most eight.
 * - An activation is `[rows][padded(units)]` float32, rows first; of an image `[rows][height][width][padded(channels)]`, so that
 *   every row and every pixel starts on a `vec4f`. The padding holds 0, always.
 * - Parameters of one layer, and each optimiser slot of them, are one matrix `[matrixRows][padded(columns)]` in a buffer of its own
 *   (`parameter-places.ts`); padding holds 0, always.
 * - Images are packed bytes, `[images][padded(pixels) / 4]` u32, byte i of a word is pixel 4 · word + i; `unpack4x8unorm` reads four.
 * - In a grid x counts tiles of columns, y tiles of rows. Rows beyond the batch are computed by nobody: kernels guard them.
 * - Sums run in the order of their index with one accumulator for each result, whatever the tile, so that a choice of variant changes
 *   speed and not the curve; sums that must be split are split at places that depend on shapes alone.
 */

export interface KernelBinding {
  /** As the WGSL names it; what a plan binds a buffer to. */
  readonly name: string;
  readonly access: "read" | "read_write";
}

/** Workgroups of one dispatch. */
export interface Grid {
  /** Tiles of columns; all tiles of a kernel that does not go by images. */
  readonly x: number;
  /** Tiles of rows: `ceil(images · rowsPerImage / rowsPerTile)`. A kernel that does not go by images has 0 rows per image, and y is 1. */
  readonly rowsPerImage: number;
  readonly rowsPerTile: number;
}

export interface Kernel {
  /** What it does, for people: `dense forward relu`. */
  readonly label: string;
  /** Complete WGSL; the entry point is `main`. */
  readonly code: string;
  /** In the order of `@binding`. */
  readonly bindings: readonly KernelBinding[];
  readonly grid: Grid;
}

/** WebGPU offers every device this many storage buffers a shader; no kernel has more. */
export const MAX_BINDINGS = 8;

/** The next multiple of 4: floats of a row that starts and ends on a `vec4f`. */
export function padded(width: number): number {
  return Math.ceil(width / 4) * 4;
}

/** `[x, y, 1]` for a number of images. */
export function workgroups({ x, rowsPerImage, rowsPerTile }: Grid, images: number): readonly [number, number, number] {
  return [x, rowsPerImage === 0 ? 1 : Math.ceil((images * rowsPerImage) / rowsPerTile), 1];
}

/** `@group(0) @binding(first + i) var<storage, access> name: type;` for each binding. @param types WGSL type of each name */
export function declareBindings(bindings: readonly KernelBinding[], types: Readonly<Record<string, string>>): string {
  if (bindings.length > MAX_BINDINGS) throw new RangeError(`declareBindings: ${bindings.length} bindings, ${MAX_BINDINGS} at most`);
  return bindings
    .map(({ name, access }, i) => {
      const type = types[name];
      if (type === undefined) throw new RangeError(`declareBindings: no type for ${name}`);
      return `@group(0) @binding(${i}) var<storage, ${access}> ${name}: ${type};`;
    })
    .join("\n");
}
