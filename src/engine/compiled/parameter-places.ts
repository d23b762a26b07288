/**
 * Between the network's table of parameters, each flat and tight, and the padded
 * matrices that the kernels read: pure copies, both ways, of weights and of an
 * optimiser's slots alike.
 *
 * Knows no GPU. Where a parameter lies is said by the plan (`ParameterPlace`), not here.
 */
import type { Floats, WeightTable } from "../../protocol/messages";
import type { MatrixPlan, ParameterPlace } from "./plan";

/** Floats of a matrix, padding and all. */
export function matrixFloats({ rows, columns }: Pick<MatrixPlan, "rows" | "columns">): number {
  return rows * columns;
}

/** Before anything is copied. @throws RangeError as `matrixFromTable` would */
export function checkTable({ places }: MatrixPlan, table: WeightTable, suffix = ""): void {
  for (const place of places) parameterAt(place, table, suffix);
}

function parameterAt({ name, rows, columns }: ParameterPlace, table: WeightTable, suffix: string): Floats {
  const parameter = table[name + suffix];
  const size = rows * columns;
  if (parameter?.length === size) return parameter;
  throw new RangeError(`ParameterPlace: ${name}${suffix} holds ${parameter?.length ?? "no"} numbers, the network wants ${size}`);
}

/**
 * A matrix filled from a table, its padding 0; new, so that it can be uploaded as it stands.
 *
 * @param suffix follows each parameter's name in the table: `.velocity`
 * @throws RangeError when the table lacks a parameter or holds one of another size
 */
export function matrixFromTable(matrix: MatrixPlan, table: WeightTable, suffix = ""): Floats {
  const values = new Float32Array(matrixFloats(matrix));
  for (const place of matrix.places) {
    const parameter = parameterAt(place, table, suffix);
    forEachRun(matrix, place, (inTable, inMatrix, length) => values.set(parameter.subarray(inTable, inTable + length), inMatrix));
  }
  return values;
}

/**
 * The parameters out of a matrix, each in a buffer of its own, so that it can be moved.
 *
 * @param values the whole matrix, `matrixFloats` long
 * @param suffix follows each parameter's name
 */
export function tableFromMatrix(matrix: MatrixPlan, values: Float32Array, suffix = ""): Record<string, Floats> {
  if (values.length !== matrixFloats(matrix)) {
    throw new RangeError(`tableFromMatrix: ${values.length} numbers, ${matrix.name} is [${matrix.rows}, ${matrix.columns}]`);
  }
  const table: Record<string, Floats> = {};
  for (const place of matrix.places) {
    const parameter = new Float32Array(place.rows * place.columns);
    forEachRun(matrix, place, (inTable, inMatrix, length) => parameter.set(values.subarray(inMatrix, inMatrix + length), inTable));
    table[place.name + suffix] = parameter;
  }
  return table;
}

/** Calls `copy` for each stretch that lies unbroken in both, in the order of the table. */
function forEachRun(
  { columns: matrixColumns }: MatrixPlan,
  { rows, columns, firstRow, firstColumn, rowGroup, columnGroup }: ParameterPlace,
  copy: (inTable: number, inMatrix: number, length: number) => void,
): void {
  for (let row = 0; row < rows; row++) {
    const matrixRow = firstRow + spread(row, rowGroup);
    for (let column = 0; column < columns; column += columnGroup.size) {
      const inMatrix = matrixRow * matrixColumns + firstColumn + spread(column, columnGroup);
      copy(row * columns + column, inMatrix, Math.min(columnGroup.size, columns - column));
    }
  }
}

/** Where element i comes to lie when every group of `size` takes `stride` places. */
export function spread(i: number, { size, stride }: ParameterPlace["rowGroup"]): number {
  return Math.floor(i / size) * stride + (i % size);
}
