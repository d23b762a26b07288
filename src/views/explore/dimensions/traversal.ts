/** A walk along one latent dimension, through the probe: everything else stays where it is. */

/** Codes of a strip, a standard deviation apart. */
export const STRIP_TILES = 7;
const REACH = (STRIP_TILES - 1) / 2;

/** Where a strip lies: the prior's mean and deviation, or those of an autoencoder's codes. */
export interface StripSpan {
  readonly mean: number;
  readonly deviation: number;
}

/** Value of the dimension in each tile, from −3 σ to 3 σ. */
export function stripValues({ mean, deviation }: StripSpan): number[] {
  return Array.from({ length: STRIP_TILES }, (_, tile) => mean + (tile - REACH) * deviation);
}

/** Where a value stands on the strip, 0 … 1 from edge to edge, a tile's own value at its middle; outside where it is further out. */
export function stripPlace({ mean, deviation }: StripSpan, value: number): number {
  return ((value - mean) / deviation + REACH + 0.5) / STRIP_TILES;
}
