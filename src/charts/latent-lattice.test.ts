/** A lattice that covers what is in view and stays where it is in latent space. */
import { assert, double, property } from "fast-check";
import { expect, test } from "vitest";
import { columnsOf, isSameLattice, latticeAlong, latticeFor, rowsOf, tileAt, tileNumber, tileOrder } from "./latent-lattice";

const range = { left: -3.5, right: 3.5, bottom: -3.2, top: 3.2 };

test("the tiles cover the range, about as many as asked for", () => {
  assert(
    property(
      double({ min: -50, max: 50, noNaN: true }),
      double({ min: -50, max: 50, noNaN: true }),
      double({ min: 0.05, max: 30, noNaN: true }),
      double({ min: 0.5, max: 2, noNaN: true }),
      (x, y, half, aspect) => {
        const view = { left: x - half, right: x + half, bottom: y - half * aspect, top: y + half * aspect };
        const lattice = latticeFor("plane", view, 20);
        const { step } = lattice;
        const slack = 1e-9 * (1 + Math.abs(x) + Math.abs(y) + half); // rounding of the quotients
        expect((lattice.firstColumn - 0.5) * step).toBeLessThanOrEqual(view.left + slack);
        expect((lattice.lastColumn + 0.5) * step).toBeGreaterThanOrEqual(view.right - slack);
        expect((lattice.firstRow - 0.5) * step).toBeLessThanOrEqual(view.bottom + slack);
        expect((lattice.lastRow + 0.5) * step).toBeGreaterThanOrEqual(view.top - slack);
        const longest = Math.max(columnsOf(lattice), rowsOf(lattice));
        expect(longest).toBeGreaterThanOrEqual(20 / 2 ** 0.25 - 1); // the step is rounded by at most 2^¼
        expect(longest).toBeLessThanOrEqual(20 * 2 ** 0.25 + 2);
      },
    ),
  );
});

/** The range zoomed by `part` and moved by 0.4. */
const near = (part: number) => ({ left: -3.5 * part + 0.4, right: 3.5 * part + 0.4, bottom: -3.2 * part, top: 3.2 * part });

test("a small pan or zoom keeps the tiles where they are in latent space", () => {
  const lattice = latticeFor("plane", range, 20);
  expect(latticeFor("plane", near(1), 20).step).toBe(lattice.step);
  expect(latticeFor("plane", near(1.05), 20).step).toBe(lattice.step);
  expect(latticeFor("plane", near(1.5), 20).step).not.toBe(lattice.step);
  expect(isSameLattice(lattice, latticeFor("plane", range, 20))).toBe(true);
  expect(isSameLattice(lattice, latticeFor("plane", near(1), 20))).toBe(false);
});

/** The range moved to the right. */
const pan = (by: number) => ({ left: -3.5 + by, right: 3.5 + by, bottom: -3.2, top: 3.2 });

test("a view under a hand keeps its tiles until it leaves them or could do with far fewer", () => {
  const first = latticeAlong("plane", pan(0), 20, null);
  const least = latticeFor("plane", pan(0), 20);
  expect(columnsOf(first)).toBe(columnsOf(least) + 2);
  expect(rowsOf(first)).toBe(rowsOf(least) + 2);
  const { step } = first;
  expect(latticeAlong("plane", pan(0.9 * step), 20, first)).toBe(first);
  const moved = latticeAlong("plane", pan(2.6 * step), 20, first);
  expect(moved.firstColumn).toBeGreaterThan(first.firstColumn);
  expect((moved.lastColumn + 0.5) * step).toBeGreaterThanOrEqual(3.5 + 2.6 * step);
  const other = { ...first, lastColumn: first.lastColumn + 12 };
  expect(latticeAlong("plane", pan(0), 20, other)).toEqual(first); // far more than is in view
  expect(latticeAlong("plane", near(1.5), 20, first).step).not.toBe(step);
  expect(rowsOf(latticeAlong("line", { left: -3.5, right: 3.5, bottom: 1, top: 0 }, 14, null))).toBe(1);
});

test("a line has one row", () => {
  const strip = latticeFor("line", { left: -3.5, right: 3.5, bottom: 1, top: 0 }, 14);
  expect(rowsOf(strip)).toBe(1);
  expect(tileAt(strip, 0).row).toBe(0);
});

test("tiles are numbered from the top left, and back", () => {
  const lattice = latticeFor("plane", range, 20);
  expect(tileAt(lattice, 0)).toEqual({ column: lattice.firstColumn, row: lattice.lastRow });
  for (let tile = 0; tile < columnsOf(lattice) * rowsOf(lattice); tile++) {
    const { column, row } = tileAt(lattice, tile);
    expect(tileNumber(lattice, column, row)).toBe(tile);
  }
  expect(tileNumber(lattice, lattice.lastColumn + 1, 0)).toBe(-1);
});

test("the order holds every tile once, coarse before fine", () => {
  const lattice = latticeFor("plane", range, 20);
  const order = [...tileOrder(lattice)];
  expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: order.length }, (_, tile) => tile));
  const coarse = order.filter((tile) => tileAt(lattice, tile).column % 4 === 0 && tileAt(lattice, tile).row % 4 === 0);
  expect(order.slice(0, coarse.length)).toEqual(coarse);
  expect(coarse.length).toBeLessThan(order.length / 10);
});
