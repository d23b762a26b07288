/** The copies between table and matrix, held to the formula of `ParameterPlace` element by element. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkTable, matrixFromTable, spread, tableFromMatrix } from "./parameter-places";
import type { MatrixPlan, ParameterPlace } from "./plan";

const group = (length: number) =>
  fc.tuple(fc.integer({ min: 1, max: length }), fc.integer({ min: 0, max: 3 })).map(([size, gap]) => ({ size, stride: size + gap }));

/** A weight in any grouping, and its bias in the row below. */
const anyMatrix: fc.Arbitrary<MatrixPlan> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat(2), fc.nat(2))
  .chain(([rows, columns, firstRow, firstColumn]) =>
    fc.tuple(group(rows), group(columns)).map(([rowGroup, columnGroup]): MatrixPlan => {
      const biasRow = firstRow + spread(rows - 1, rowGroup) + 1;
      const places: ParameterPlace[] = [
        { name: "a.weight", rows, columns, firstRow, firstColumn, rowGroup, columnGroup },
        { name: "a.bias", rows: 1, columns, firstRow: biasRow, firstColumn, rowGroup: { size: 1, stride: 1 }, columnGroup },
      ];
      return { name: "a", rows: biasRow + 1, columns: firstColumn + spread(columns - 1, columnGroup) + 1, places };
    }),
  );

/** Different numbers everywhere, none of them 0. */
function tableFor({ places }: MatrixPlan): Record<string, Float32Array<ArrayBuffer>> {
  let next = 1;
  return Object.fromEntries(places.map(({ name, rows, columns }) => [name, Float32Array.from({ length: rows * columns }, () => next++)]));
}

test("each element lies where its place says, and the rest is 0", () => {
  fc.assert(
    fc.property(anyMatrix, (matrix) => {
      const table = tableFor(matrix);
      const expected = new Float32Array(matrix.rows * matrix.columns);
      for (const place of matrix.places) {
        for (let row = 0; row < place.rows; row++) {
          for (let column = 0; column < place.columns; column++) {
            const { size, stride } = place.rowGroup;
            const atRow = place.firstRow + Math.floor(row / size) * stride + (row % size);
            const across = place.columnGroup;
            const atColumn = place.firstColumn + Math.floor(column / across.size) * across.stride + (column % across.size);
            expected[atRow * matrix.columns + atColumn] = table[place.name]![row * place.columns + column]!;
          }
        }
      }
      expect(matrixFromTable(matrix, table)).toEqual(expected);
    }),
    { seed: 1 },
  );
});

test("a table survives the way there and back, bit for bit", () => {
  fc.assert(
    fc.property(anyMatrix, (matrix) => {
      const table = tableFor(matrix);
      expect(tableFromMatrix(matrix, matrixFromTable(matrix, table))).toEqual(table);
    }),
    { seed: 2 },
  );
});

test("slots are told from weights by their suffix", () => {
  const place = { rows: 1, columns: 2, firstRow: 0, firstColumn: 0, rowGroup: { size: 1, stride: 1 }, columnGroup: { size: 2, stride: 4 } };
  const matrix: MatrixPlan = { name: "a", rows: 1, columns: 4, places: [{ name: "a.bias", ...place }] };
  const values = matrixFromTable(matrix, { "a.bias": Float32Array.of(9, 9), "a.bias.mean": Float32Array.of(1, 2) }, ".mean");
  expect([...values]).toEqual([1, 2, 0, 0]);
  expect(tableFromMatrix(matrix, values, ".mean")).toEqual({ "a.bias.mean": Float32Array.of(1, 2) });
});

test("says what is missing and what has the wrong size", () => {
  const place = { rows: 2, columns: 3, firstRow: 0, firstColumn: 0, rowGroup: { size: 2, stride: 2 }, columnGroup: { size: 3, stride: 4 } };
  const matrix: MatrixPlan = { name: "a", rows: 2, columns: 4, places: [{ name: "a.weight", ...place }] };
  expect(() => matrixFromTable(matrix, {})).toThrow("a.weight holds no numbers, the network wants 6");
  expect(() => matrixFromTable(matrix, { "a.weight": new Float32Array(5) })).toThrow("a.weight holds 5 numbers, the network wants 6");
  expect(() => checkTable(matrix, { "a.weight": new Float32Array(6) }, ".mean")).toThrow("a.weight.mean holds no numbers");
  expect(() => checkTable(matrix, { "a.weight": new Float32Array(6) })).not.toThrow();
  expect(() => tableFromMatrix(matrix, new Float32Array(7))).toThrow("7 numbers, a is [2, 4]");
});
