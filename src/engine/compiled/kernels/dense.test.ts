import { expect, test } from "vitest";
import { workgroups, type Kernel } from "../kernel";
import { DEFAULT_TUNING, register, subgroup, type DenseVariant, type Tuning } from "../tuning-choice";
import { denseForward, denseInputGradient, denseMatrix, denseWeightGradient } from "./dense";
import { denseProduct } from "./dense-product";

const EPILOGUE = { label: "test", bindings: [{ name: "y", access: "read_write" }], types: { y: "array<vec4f>" }, code: "" } as const;
const OPTIMISER = { ...EPILOGUE, bindings: [{ name: "parameters", access: "read_write" }] } as const;
const SHAPE = { rows: 128, inputs: 784, units: 400, tuning: DEFAULT_TUNING };

test("lays the two heads side by side, each padded, the biases in the last row", () => {
  const input = { columns: 8, group: { size: 3, stride: 4 } };
  const output = { columns: 8, group: { size: 2, stride: 4 } };
  const layers = ["mean", "logVar"].map((name) => ({ name, inputs: 6, units: 2 }));
  const { rows, columns, places } = denseMatrix({ name: "heads", layers, input, output });
  expect({ rows, columns }).toEqual({ rows: 9, columns: 8 });
  expect(places.map(({ name, rows, firstRow, firstColumn }) => [name, rows, firstRow, firstColumn])).toEqual([
    ["mean.weight", 6, 0, 0],
    ["mean.bias", 1, 8, 0],
    ["logVar.weight", 6, 0, 4],
    ["logVar.bias", 1, 8, 4],
  ]);
  expect(places[0]).toMatchObject({ columns: 2, rowGroup: input.group, columnGroup: output.group });
});

test("binds the operands of each source, then the epilogue's or the optimiser's", () => {
  const sources = ["activations", "gathered", "images"] as const;
  expect(sources.map((source) => names(denseForward({ ...SHAPE, source, epilogue: EPILOGUE })))).toEqual([
    "x parameters y",
    "images order parameters y",
    "images parameters y",
  ]);
  expect(names(denseInputGradient({ ...SHAPE, epilogue: EPILOGUE }))).toBe("dy parameters y");
  expect(names(denseWeightGradient({ ...SHAPE, source: "gathered", optimiser: OPTIMISER }))).toBe("images order dy parameters");
});

test("covers all results with tiles, fewer for fewer images", () => {
  const variant = register(16, 2, 4, 2); // 32 rows × 32 columns
  const tuning = tuningOf(variant);
  const forward = denseForward({ ...SHAPE, tuning, source: "images", epilogue: EPILOGUE });
  expect(workgroups(forward.grid, 128)).toEqual([13, 4, 1]);
  expect(workgroups(forward.grid, 33)).toEqual([13, 2, 1]);
  const weights = denseWeightGradient({ ...SHAPE, tuning, source: "activations", optimiser: OPTIMISER });
  expect(workgroups(weights.grid, 128)).toEqual([13 * 25, 1, 1]); // 785 rows
});

test("turns down what no kernel can be made for", () => {
  const operation = { product: "weightGradient", rows: 7, inputs: 20, units: 8, source: "activations", end: OPTIMISER } as const;
  expect(() => denseProduct(operation, subgroup(8, 1))).toThrow("multiple of 16");
  expect(() => denseProduct({ ...operation, units: 7 }, register(4, 1))).toThrow("multiples of 4");
});

function names({ bindings }: Kernel): string {
  return bindings.map(({ name }) => name).join(" ");
}

function tuningOf(variant: DenseVariant): Tuning {
  const sizes = { small: variant, medium: variant, large: variant };
  return { style: "registers", dense: { forward: sizes, inputGradient: sizes, weightGradient: sizes } };
}
