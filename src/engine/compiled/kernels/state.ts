/**
 * The small buffers `state` and `piece state`: their WGSL, their sizes, and the bytes
 * that the CPU writes into them.
 *
 * Of a training step the CPU writes all of it at a start, and the rates when they are tuned; step and derived scalars are
 * advanced on the GPU. That of a piece never changes.
 */
import { fillTemplate } from "../template";
import source from "./state.wgsl?raw";

/** `struct State` and `struct PieceState`; types of the bindings `state` and `piece state`. */
export const STATE_WGSL = fillTemplate(source, {});

export const STATE_BYTES = 32;
export const PIECE_STATE_BYTES = 16;

/** Where `rateBytes` go in `state`. */
export const RATES_OFFSET = 8;

export interface Rates {
  readonly learningRate: number;
  readonly beta: number;
}

/** The whole of `state` before step `step` (updates done). */
export function stateBytes({ step, seed, learningRate, beta }: Rates & { readonly step: number; readonly seed: number }): ArrayBuffer {
  const bytes = new ArrayBuffer(STATE_BYTES);
  new Uint32Array(bytes).set([step, seed]);
  new Float32Array(bytes, RATES_OFFSET).set([learningRate, beta]);
  return bytes;
}

/** What `tune` writes at `RATES_OFFSET`. */
export function rateBytes({ learningRate, beta }: Rates): ArrayBuffer {
  return Float32Array.of(learningRate, beta).buffer;
}

/** The whole of `piece state`. */
export function pieceStateBytes(seed: number): ArrayBuffer {
  return Uint32Array.of(seed, 0, 0, 0).buffer;
}
