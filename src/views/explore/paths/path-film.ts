/**
 * A path seen through the decoder: its pictures one after the other, how fast they change,
 * how long it is in pixels and what energy it has. Pure functions of arrays.
 *
 * On a path of n + 1 points at t = 0, 1/n … 1, with x the decoded pixels:
 * length Σ‖x_{i+1} − x_i‖, energy n · Σ‖x_{i+1} − x_i‖² (∫‖dx/dt‖² dt), speed n · ‖x_{i+1} − x_i‖.
 * Energy ≥ length², equal where the speed is even.
 *
 * Source: Arvanitidis, Hansen & Hauberg 2018, arXiv:1710.11379, section 2.
 */
import { nextTask } from "../../../lib/next-task";
import { decode } from "../../../model/forward";
import { stepLengths } from "../../../model/paths";
import type { Floats } from "../../../protocol/messages";
import type { Model } from "../../../store/model-view";

export interface PathFilm {
  /** Decodes, `[points, pixels]`. */
  readonly frames: Floats;
  /** Pixel units per unit of path, `[points − 1]`. */
  readonly speeds: Float64Array;
  /** Pixel units: the Euclidean distance of images with pixels in [0, 1]. */
  readonly length: number;
  /** Pixel units squared. */
  readonly energy: number;
  /** Euclidean, in latent space. */
  readonly latentLength: number;
}

/** A slice of decoding, so that no task is long. */
export const SLICE_MS = 8;

/**
 * Decodes a path in slices.
 *
 * @param codes `[points, latentDim]`
 * @param label that a conditional network is told
 * @throws the signal's reason when it is aborted in between.
 */
export async function decodePath({ network, weights }: Model, codes: Floats, label: number, signal: AbortSignal): Promise<Floats> {
  const { latentDim, pixels } = network;
  const points = Math.floor(codes.length / latentDim);
  const frames = new Float32Array(points * pixels);
  let sliceStart = performance.now();
  for (let i = 0; i < points; i++) {
    if (performance.now() - sliceStart > SLICE_MS) {
      await nextTask();
      signal.throwIfAborted();
      sliceStart = performance.now();
    }
    frames.set(decode(network, weights, codes.subarray(i * latentDim, (i + 1) * latentDim), 1, [label]), i * pixels);
  }
  return frames;
}

/**
 * @param frames `[points, pixels]`
 * @param codes `[points, latentDim]`
 */
export function measureFilm(frames: Floats, codes: Floats, latentDim: number): PathFilm {
  const steps = Math.floor(codes.length / latentDim) - 1;
  if (steps < 1) return { frames, speeds: new Float64Array(), length: 0, energy: 0, latentLength: 0 };
  const jumps = Float64Array.from(stepLengths(frames, frames.length / (steps + 1)));
  return {
    frames,
    speeds: jumps.map((jump) => jump * steps),
    length: sum(jumps),
    energy: steps * sum(jumps.map((jump) => jump * jump)),
    latentLength: sum(stepLengths(codes, latentDim)),
  };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/**
 * The code at a place of a path, between two points in proportion.
 *
 * @param codes `[points, latentDim]`, at least one point
 * @param at 0 to 1
 */
export function codeAt(codes: Floats, latentDim: number, at: number): number[] {
  const last = Math.floor(codes.length / latentDim) - 1;
  const position = Math.min(1, Math.max(0, at)) * last;
  const left = Math.min(Math.floor(position), Math.max(0, last - 1));
  const right = Math.min(left + 1, last);
  const share = position - left;
  return Array.from({ length: latentDim }, (_, d) => (1 - share) * codes[left * latentDim + d]! + share * codes[right * latentDim + d]!);
}
