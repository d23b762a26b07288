/**
 * Decoded tiles that have been seen: whoever pans or zooms back finds them again at once.
 *
 * A tile is its pixels as bytes, without colour, so that a change of theme costs no decode.
 * The least recently used give way once the bytes are spent. Another decoder empties it.
 */
import type { TileLattice } from "./latent-lattice";

/** Some 80,000 tiles of 28 × 28, as a hundred screens of them. */
const MOST_BYTES = 64 * 2 ** 20;

export type TilePlace = Pick<TileLattice, "step"> & { readonly column: number; readonly row: number };

/** Pixels in 0 … 255, row by row; null for a place where there is nothing to decode. */
export type TileBytes = Uint8Array | null;

export class TileCache {
  /** In the order of their last use. */
  readonly #tiles = new Map<string, TileBytes>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** Bytes of all tiles. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Undefined where the tile was never decoded, or has given way. */
  get(place: TilePlace): TileBytes | undefined {
    const key = keyOf(place);
    const tile = this.#tiles.get(key);
    if (tile === undefined) return undefined;
    this.#tiles.delete(key);
    this.#tiles.set(key, tile);
    return tile;
  }

  put(place: TilePlace, tile: TileBytes): void {
    const key = keyOf(place);
    this.#drop(key);
    this.#tiles.set(key, tile);
    this.#bytes += sizeOf(tile);
    for (const oldest of this.#tiles.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#drop(oldest);
    }
  }

  clear(): void {
    this.#tiles.clear();
    this.#bytes = 0;
  }

  #drop(key: string): void {
    const tile = this.#tiles.get(key);
    if (tile !== undefined && this.#tiles.delete(key)) this.#bytes -= sizeOf(tile);
  }
}

/** Steps are powers of √2: their exponent names them. */
function keyOf({ step, column, row }: TilePlace): string {
  return `${Math.round(2 * Math.log2(step))} ${column} ${row}`;
}

/** Of an entry, about: its key and place in the map count too. */
function sizeOf(tile: TileBytes): number {
  return (tile?.length ?? 0) + 64;
}
