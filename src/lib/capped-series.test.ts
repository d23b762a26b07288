import * as fc from "fast-check";
import { expect, test } from "vitest";
import { appendRows, emptySeries, rowAt, truncateAfter, type CappedSeries } from "./capped-series";

type Series = CappedSeries<"loss">;

function rows(first: number, values: readonly number[]) {
  return { step: values.map((_, i) => first + i), loss: values };
}

/** A series of steps 1, 2, … appended in pieces of the given sizes; the value of a step is its number. */
function grown(cap: number, pieces: readonly number[]): { series: Series; steps: number } {
  let series: Series = emptySeries(["loss"], cap);
  let steps = 0;
  for (const size of pieces) {
    series = appendRows(
      series,
      rows(
        steps + 1,
        Array.from({ length: size }, (_, i) => steps + 1 + i),
      ),
    );
    steps += size;
  }
  return { series, steps };
}

const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);

test("keeps every step while there is room", () => {
  const series = appendRows(emptySeries(["loss"], 8), rows(1, [5, 4, 3]));
  expect(series.length).toBe(3);
  expect(series.stride).toBe(1);
  expect([...series.step]).toEqual([1, 2, 3]);
  expect([...series.columns.loss]).toEqual([5, 4, 3]);
});

test("merges neighbours into their means when it is full", () => {
  const full = appendRows(emptySeries(["loss"], 8), rows(1, [1, 3, 5, 7, 9, 11, 13, 15]));
  const series = appendRows(full, rows(9, [20]));
  expect(series.stride).toBe(4); // at stride 2 the merged rows and the new one would be more than half the cap
  expect([...series.step]).toEqual([4, 8, 9]);
  expect([...series.count]).toEqual([4, 4, 1]);
  expect([...series.columns.loss]).toEqual([4, 12, 20]);
});

test("however it grows: no more rows than the cap, rising steps, every step in one row, the true mean", () => {
  const pieces = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 200 })), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 60 }), pieces, (cap, sizes) => {
      const { series, steps } = grown(cap, sizes);
      expect(series.length).toBeLessThanOrEqual(cap);
      expect(total(series.count)).toBe(steps);
      expect(Math.max(0, ...series.count)).toBeLessThanOrEqual(series.stride);
      series.step.forEach((step, row) => {
        expect(step - (series.step[row - 1] ?? 0)).toBe(series.count[row]);
        // The mean of a row's step numbers is its middle; float32 holds half-numbers of this size exactly.
        expect(series.columns.loss[row]).toBe(step - (series.count[row]! - 1) / 2);
      });
      const sum = series.columns.loss.reduce((partial, value, row) => partial + value * series.count[row]!, 0);
      expect(sum).toBe((steps * (steps + 1)) / 2);
    }),
    { seed: 2 },
  );
});

test("the mean of arbitrary values survives merging", () => {
  fc.assert(
    fc.property(fc.array(fc.float({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 400 }), (values) => {
      let series: Series = emptySeries(["loss"], 16);
      values.forEach((value, i) => (series = appendRows(series, rows(i + 1, [value]))));
      const mean = series.columns.loss.reduce((sum, value, row) => sum + value * series.count[row]!, 0) / values.length;
      // Each merge rounds to float32: half an ulp, 3e-5 at 1000, for at most log2(400) = 9 merges.
      expect(Math.abs(mean - total(values) / values.length)).toBeLessThan(3e-4);
    }),
    { seed: 3, numRuns: 50 },
  );
});

test("short appends do not make it coarser than it need be", () => {
  const { series } = grown(
    100,
    Array.from({ length: 10_000 }, () => 1),
  );
  expect(series.length).toBeGreaterThan(25);
  expect(series.stride).toBeLessThanOrEqual(512); // 4 · 10 000 / 100, up to the next power of 2
});

test("a step told again is left out", () => {
  const once = appendRows(emptySeries(["loss"], 8), rows(1, [5, 4, 3]));
  const twice = appendRows(once, rows(2, [40, 30, 2]));
  expect([...twice.step]).toEqual([1, 2, 3, 4]);
  expect([...twice.columns.loss]).toEqual([5, 4, 3, 2]);
  expect(appendRows(once, rows(1, [9]))).toBe(once);
});

test("a series never changes, whatever grows out of it", () => {
  const base = appendRows(emptySeries(["loss"], 400), rows(1, [1, 2, 3]));
  const left = appendRows(base, rows(4, [4]));
  const right = appendRows(base, rows(4, [40])); // out of the same base: buffers of its own
  const short = truncateAfter(left, 2);
  const redone = appendRows(short, rows(3, [30]));
  expect([...base.columns.loss]).toEqual([1, 2, 3]);
  expect([...left.columns.loss]).toEqual([1, 2, 3, 4]);
  expect([...right.columns.loss]).toEqual([1, 2, 3, 40]);
  expect([...short.columns.loss]).toEqual([1, 2]);
  expect([...redone.columns.loss]).toEqual([1, 2, 30]);
});

test("appending shares the buffers that are there", () => {
  const base = appendRows(emptySeries(["loss"], 400), rows(1, [1, 2, 3]));
  const longer = appendRows(base, rows(4, [4]));
  expect(longer.columns.loss.buffer).toBe(base.columns.loss.buffer);
});

test("grows out of its first buffers without losing a row", () => {
  const { series } = grown(4000, [200, 100, 1500, 1]);
  expect(series.length).toBe(1801);
  expect([...series.columns.loss]).toEqual(Array.from({ length: 1801 }, (_, i) => i + 1));
});

test("rowAt finds the row that covers a step", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: -5, max: 1000 }),
      (sizes, step) => {
        const { series } = grown(16, sizes);
        const plain = series.step.findIndex((last) => last >= step);
        expect(rowAt(series, step)).toBe(plain < 0 ? series.length - 1 : plain);
      },
    ),
    { seed: 4 },
  );
  expect(rowAt(emptySeries(["loss"], 8), 3)).toBe(-1);
});

test("truncateAfter leaves out rows that reach beyond the step, also the one that lies across it", () => {
  const { series } = grown(8, [9]); // one row of 4 steps, twice, and one of 1 step
  expect([...truncateAfter(series, 9).step]).toEqual([4, 8, 9]);
  expect([...truncateAfter(series, 6).step]).toEqual([4]);
  expect(truncateAfter(series, 3).length).toBe(0);
  expect(truncateAfter(series, 100)).toBe(series);
});

test("a loss that is not a number stays one", () => {
  const { series } = grown(4, [4]);
  expect([...appendRows(series, rows(5, [Number.NaN])).columns.loss].at(-1)).toBeNaN();
});

test("a cap without room for a merge is refused", () => {
  expect(() => emptySeries(["loss"], 3)).toThrow(RangeError);
});
