/** Every tile gets its turn, with the newest weights, and none twice. */
import { expect, test } from "vitest";
import { TileSchedule } from "./latent-tile-schedule";
import { columnsOf, rowsOf, tileNumber, type TileLattice } from "./latent-lattice";

const lattice: TileLattice = { step: 1, firstColumn: -4, lastColumn: 4, firstRow: -3, lastRow: 3 };
const count = columnsOf(lattice) * rowsOf(lattice);

function take(schedule: TileSchedule, most: number): number[] {
  const tiles: number[] = [];
  while (tiles.length < most) {
    const tile = schedule.next();
    if (tile === null) break;
    tiles.push(tile);
  }
  return tiles;
}

test("without a lattice there is nothing to do", () => {
  expect(new TileSchedule().next()).toBeNull();
});

test("each tile once, then none until something changes", () => {
  const schedule = new TileSchedule();
  expect(schedule.setLattice(lattice)).toBe(true);
  expect(new Set(take(schedule, Infinity)).size).toBe(count);
  expect(schedule.next()).toBeNull();
  expect(schedule.setLattice({ ...lattice })).toBe(false);
  expect(schedule.next()).toBeNull();
  schedule.invalidate();
  expect(take(schedule, Infinity)).toHaveLength(count);
});

test("snapshots that come faster than a round starve no tile", () => {
  const schedule = new TileSchedule();
  schedule.setLattice(lattice);
  const seen = new Set<number>();
  for (let snapshot = 0; snapshot < 7; snapshot++) {
    for (const tile of take(schedule, Math.ceil(count / 6))) seen.add(tile);
    schedule.invalidate();
  }
  expect(seen.size).toBe(count);
});

test("a pan decodes only what came into view", () => {
  const schedule = new TileSchedule();
  schedule.setLattice(lattice);
  take(schedule, Infinity);
  const panned = { ...lattice, firstColumn: -3, lastColumn: 5 };
  schedule.setLattice(panned);
  const fresh = take(schedule, Infinity);
  expect(fresh.toSorted((a, b) => a - b)).toEqual([3, 2, 1, 0, -1, -2, -3].map((row) => tileNumber(panned, 5, row)));
});

test("tiles kept from before a pan are stale after the next snapshot", () => {
  const schedule = new TileSchedule();
  schedule.setLattice(lattice);
  take(schedule, Infinity);
  schedule.invalidate();
  schedule.setLattice({ ...lattice, lastColumn: 5 });
  expect(take(schedule, Infinity)).toHaveLength(count + rowsOf(lattice));
});

test("a zoom to another step decodes everything anew", () => {
  const schedule = new TileSchedule();
  schedule.setLattice(lattice);
  take(schedule, Infinity);
  schedule.setLattice({ ...lattice, step: 2 });
  expect(take(schedule, Infinity)).toHaveLength(count);
});
