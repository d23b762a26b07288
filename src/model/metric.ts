/**
 * How far the decoder moves in pixel space per unit step on a flat map of the latent
 * space: the pull-back metric JᵀJ along the map, and the factor by which it magnifies area.
 *
 * Pixels are the decoder's means, after the output activation; a decoder's noise has no part in it.
 *
 * Sources: Bishop, Svensén & Williams 1997, Magnification factors for the GTM algorithm; Arvanitidis, Hansen & Hauberg 2018,
 * arXiv:1710.11379, section 2.
 */
import type { Floats, WeightTable } from "../protocol/messages";
import type { Labels } from "./layer-products";
import type { Network } from "./network";
import type { Plane } from "./plane";
import { lineariseDecoder } from "./tangent";

/**
 * √det JᵀJ of the decoder along u and w at each code: area in pixel space per area of the map. Where w is 0, √(JᵀJ) along u
 * alone: length per length. As much work as three decodes, or two.
 *
 * @param z `[count, latentDim]`
 * @returns `[count]`
 */
export function magnification(network: Network, weights: WeightTable, plane: Plane, z: Floats, count: number, labels?: Labels): Floats {
  const { push } = lineariseDecoder(network, weights, z, count, labels);
  const along = (direction: readonly number[]) => push(Float32Array.from(z, (_, i) => direction[i % network.latentDim]!));
  const across = along(plane.u);
  const up = plane.w.every((value) => value === 0) ? null : along(plane.w);
  return Float32Array.from({ length: count }, (_, code) => {
    const a = across.subarray(code * network.pixels, (code + 1) * network.pixels);
    return up === null ? Math.sqrt(dot(a, a)) : areaOf(a, up.subarray(code * network.pixels, (code + 1) * network.pixels));
  });
}

/** Of the parallelogram: |a| times what of b is square to a. Not √(|a|²|b|² − (a·b)²), which loses its digits where a ∥ b. */
function areaOf(a: Floats, b: Floats): number {
  const squares = dot(a, a);
  if (squares === 0) return 0;
  const share = dot(a, b) / squares;
  let rest = 0;
  for (let i = 0; i < a.length; i++) rest += (b[i]! - share * a[i]!) ** 2;
  return Math.sqrt(squares * rest);
}

function dot(a: Floats, b: Floats): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
