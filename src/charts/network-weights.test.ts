import { expect, test } from "vitest";
import { activationScale, cellGrid, paintCells, paintChannel } from "./network-activations";
import { incomingWeights, outgoingWeights, paintSigned, roundUp, shownUnits, symmetricScale } from "./network-weights";

const INKS = { negative: [0, 0, 255], zero: [255, 255, 255], positive: [255, 128, 0] } as const;

test("shown units are spread evenly, distinct and inside", () => {
  expect(shownUnits(400, 4)).toEqual([50, 150, 250, 350]);
  expect(shownUnits(3, 10)).toEqual([0, 1, 2]);
  expect(shownUnits(10, 7)).toEqual([...new Set(shownUnits(10, 7))]);
  expect(shownUnits(5, 0)).toEqual([]);
});

test("a unit's incoming weights are a column, its outgoing weights a row", () => {
  const weight = Float32Array.of(1, 2, 3, 4, 5, 6); // [2, 3] or [3, 2]
  expect([...incomingWeights(weight, 2, 3, 1)]).toEqual([2, 5]);
  expect([...outgoingWeights(weight, 2, 1)]).toEqual([3, 4]);
});

test("the scale is one for all pictures, and one wild weight does not pale the rest", () => {
  const calm = Float32Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? 0.3 : -0.3));
  const wild = Float32Array.from(calm);
  wild[7] = -90;
  expect(symmetricScale([calm, wild])).toBe(0.3);
  expect(symmetricScale([new Float32Array(9)])).toBe(0);
  expect(symmetricScale([])).toBe(0);
});

test("rounds up to a number that reads well", () => {
  expect([0.0357, 0.3, 0.301, 1, 7.2, 123].map(roundUp)).toEqual([0.05, 0.3, 0.5, 1, 10, 150]);
  expect([0, -1, Number.NaN, Infinity].map(roundUp)).toEqual([0, 0, 0, 0]);
});

test("paints negative, zero and positive in their colours, clipped at the scale", () => {
  const target = { data: new Uint8ClampedArray(5 * 4), width: 5 };
  paintSigned(target, [-2, -0.5, 0, 1, Number.NaN], 1, { height: 1, width: 5, channels: 1 }, INKS);
  const pixel = (i: number) => [...target.data.subarray(i * 4, i * 4 + 4)];
  expect(pixel(0)).toEqual([...INKS.negative, 255]);
  expect(pixel(1)).toEqual([128, 128, 255, 255]); // half way
  expect(pixel(2)).toEqual([...INKS.zero, 255]);
  expect(pixel(3)).toEqual([...INKS.positive, 255]);
  expect(pixel(4)).toEqual([...INKS.zero, 255]);
});

test("weights that are all 0 are an empty picture, not NaN", () => {
  const target = { data: new Uint8ClampedArray(4), width: 1 };
  paintSigned(target, [0], 0, { height: 1, width: 1, channels: 1 }, INKS);
  expect([...target.data]).toEqual([...INKS.zero, 255]);
});

test("channels of a colour image are averaged", () => {
  const target = { data: new Uint8ClampedArray(4), width: 1 };
  paintSigned(target, [1, -1, 3], 1, { height: 1, width: 1, channels: 3 }, INKS);
  expect([...target.data]).toEqual([...INKS.positive, 255]);
});

test("cells are about square, and there is one for every unit", () => {
  expect(cellGrid(400, 40, 360)).toEqual({ columns: 7, rows: 58 });
  expect(cellGrid(3, 40, 400)).toEqual({ columns: 1, rows: 3 });
  for (const count of [1, 2, 17, 512]) {
    const { columns, rows } = cellGrid(count, 40, 300);
    expect(columns * rows).toBeGreaterThanOrEqual(count);
    expect(columns * (rows - 1)).toBeLessThan(count);
  }
});

test("activations fill their cells in order; a cell without a unit stays clear", () => {
  const target = { data: new Uint8ClampedArray(4 * 4).fill(9), width: 2 };
  const values = Float32Array.of(0, 2, -2);
  paintCells(target, values, activationScale(values), INKS);
  expect([...target.data.subarray(4, 8)]).toEqual([...INKS.positive, 255]);
  expect([...target.data.subarray(8, 12)]).toEqual([...INKS.negative, 255]);
  expect([...target.data.subarray(12)]).toEqual([0, 0, 0, 0]);
});

test("a channel is painted alone, place by place, on the scale of its layer", () => {
  const target = { data: new Uint8ClampedArray(4 * 4 * 2), width: 4 };
  const values = [9, 1, 9, -2, 9, 0, 9, 0.5]; // [2, 2, 2]; channel 1 is 1, −2, 0, 0.5
  paintChannel(target, values, 1, { height: 2, width: 2, channels: 2 }, 2, INKS);
  const pixel = (x: number, y: number) => Array.from(target.data.slice((y * 4 + x) * 4, (y * 4 + x) * 4 + 4));
  expect(pixel(0, 0)).toEqual([255, 192, 128, 255]); // half of full orange; 191.5 and 127.5 are rounded to even
  expect(pixel(1, 0)).toEqual([0, 0, 255, 255]);
  expect(pixel(0, 1)).toEqual([255, 255, 255, 255]);
  expect(pixel(2, 0)).toEqual([0, 0, 0, 0]); // outside
  paintChannel(target, values, 1, { height: 2, width: 2, channels: 2 }, 0, INKS);
  expect(pixel(1, 0)).toEqual([255, 255, 255, 255]); // nothing learnt is blank
});
