import { expect, test } from "vitest";
import { selectionCsv, type SelectedPoint } from "./selection-csv";

const POINT: SelectedPoint = {
  index: 7,
  split: "held-out",
  label: 3,
  className: "3",
  code: [0.5, -1],
  logVar: [0, 2 * Math.log(2)],
  loss: 81.25,
};

const rows = (points: readonly SelectedPoint[], latentDim = 2) => selectionCsv(points, latentDim).split("\r\n");

test("a row says which image it is, its code, its σ and its loss", () => {
  expect(rows([POINT])).toEqual(["index,split,label,class,z1,z2,sigma1,sigma2,loss", "7,held-out,3,3,0.5,-1,1,2,81.25", ""]);
});

test("σ is σ, not its logarithm or its square", () => {
  const sigma = Number(rows([{ ...POINT, logVar: [Math.log(4), 0] }])[1]!.split(",")[6]);
  expect(sigma).toBeCloseTo(2, 12);
});

test("what nobody knows is an empty cell", () => {
  const bare: SelectedPoint = { index: 0, split: "draw", label: null, className: null, code: [1], logVar: null, loss: null };
  expect(rows([bare], 1)[1]).toBe("0,draw,,,1,,");
  expect(rows([{ ...bare, code: [Number.NaN], loss: Infinity }], 1)[1]).toBe("0,draw,,,,,");
});

test("a class name is text, whatever it holds", () => {
  expect(rows([{ ...POINT, className: 'a "b", c' }])[1]).toBe('7,held-out,3,"a ""b"", c",0.5,-1,1,2,81.25');
  expect(rows([{ ...POINT, className: "=1+1" }])[1]).toContain(",'=1+1,");
});

test("without points there is a header all the same", () => {
  expect(rows([], 1)).toEqual(["index,split,label,class,z1,sigma1,loss", ""]);
});
