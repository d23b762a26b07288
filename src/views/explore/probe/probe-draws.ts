/**
 * Codes around the probe, z + σ · ε, and codes from the prior; from a counter-based stream, so that the same ε come back at every
 * step of a drag and every snapshot, and what changes is the place and the model.
 */
import { fillNormal } from "../../../lib/random";
import { STREAMS } from "../../../model/streams";

export const DRAWS = 8;

/**
 * @param sigma one for all dimensions, or `[latentDim]`
 * @param seed of the run
 */
export function drawsAround(z: readonly number[], sigma: number | ArrayLike<number>, seed: number): readonly (readonly number[])[] {
  const epsilon = new Float32Array(DRAWS * z.length);
  fillNormal({ seed, stream: STREAMS.probeDraws }, 0, epsilon);
  const sigmaOf = (dimension: number) => (typeof sigma === "number" ? sigma : (sigma[dimension] ?? 0));
  return Array.from({ length: DRAWS }, (_, draw) => z.map((value, d) => value + sigmaOf(d) * epsilon[draw * z.length + d]!));
}

/** The prior's draw with this number. */
export function priorDraw(number: number, latentDim: number, seed: number): number[] {
  const z = new Float32Array(latentDim);
  fillNormal({ seed, stream: STREAMS.probeDraws }, 1, z, number * latentDim);
  return [...z];
}
