/**
 * Which tile of a decoder grid is decoded next.
 *
 * A new snapshot makes every tile stale but none worthless: the old picture stays, and
 * tiles are renewed in turn, always with the newest weights. The turn goes on from where
 * it was, so that a grid slower than the snapshots still renews every tile. Knows neither
 * pixels nor weights.
 */
import { columnsOf, isSameLattice, rowsOf, tileAt, tileNumber, tileOrder, type TileLattice } from "./latent-lattice";

/** A tile that was never decoded. */
const BLANK = 0;

export class TileSchedule {
  #lattice: TileLattice | null = null;
  /** By tile: the version it was decoded from. */
  #stamps: Uint32Array = new Uint32Array(0);
  #order: Uint32Array = new Uint32Array(0);
  #turn = 0;
  #version = 1;

  get lattice(): TileLattice | null {
    return this.#lattice;
  }

  /** Another lattice; false when it is the same. Tiles that both hold keep their state. */
  setLattice(lattice: TileLattice): boolean {
    const before = this.#lattice;
    if (isSameLattice(before, lattice)) return false;
    const stamps = new Uint32Array(columnsOf(lattice) * rowsOf(lattice)).fill(BLANK);
    if (before?.step === lattice.step) {
      for (let tile = 0; tile < stamps.length; tile++) {
        const { column, row } = tileAt(lattice, tile);
        const old = tileNumber(before, column, row);
        if (old >= 0) stamps[tile] = this.#stamps[old]!;
      }
    }
    this.#lattice = lattice;
    this.#stamps = stamps;
    this.#order = tileOrder(lattice);
    this.#turn = 0;
    return true;
  }

  /** All tiles are to be decoded again, from what is newest. */
  invalidate(): void {
    this.#version++;
  }

  /** The next stale tile in turn, which then counts as renewed; null when all are of the newest version. */
  next(): number | null {
    const count = this.#order.length;
    for (let tried = 0; tried < count; tried++) {
      const tile = this.#order[this.#turn]!;
      this.#turn = (this.#turn + 1) % count;
      if (this.#stamps[tile] === this.#version) continue;
      this.#stamps[tile] = this.#version;
      return tile;
    }
    return null;
  }
}
