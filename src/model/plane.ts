/**
 * Flat maps of a latent space: two latent dimensions, two principal components, or a
 * turned view of three. A plane is centre + h · u + v · w, with u and w of length 1 and
 * square to each other, so that a ring of the prior is round in it.
 *
 * What a plane does not show stays where it is: `lift` moves a code within the plane and
 * keeps the rest of it.
 */
import type { Floats } from "../protocol/messages";
import type { PlaneSpec, PrincipalBasis } from "../protocol/survey";

export type Plane = PlaneSpec;

/** The plane of two latent dimensions, through 0. With one dimension both are it, and w is 0. */
export function axesPlane(latentDim: number, [across, up]: readonly [number, number]): Plane {
  const unit = (axis: number) => Array.from({ length: latentDim }, (_, i) => (i === axis ? 1 : 0));
  return { center: unit(-1), u: unit(across), w: across === up ? unit(-1) : unit(up) };
}

/** The plane of two principal components, through the mean code. */
export function principalPlane({ mean, directions }: PrincipalBasis, [first, second]: readonly [number, number]): Plane {
  const row = (component: number) => Array.from(directions.subarray(component * mean.length, (component + 1) * mean.length));
  return { center: Array.from(mean), u: row(first), w: row(second) };
}

/**
 * Three dimensions seen from a direction: first turned by `yaw` about z₂ (the vertical), then by `pitch` about the horizontal of
 * the screen. Radians; 0 and 0 show z₁ and z₂. Through 0.
 */
export function turnedPlane(yaw: number, pitch: number): Plane {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return { center: [0, 0, 0], u: [cy, 0, -sy], w: [sy * sp, cp, cy * sp] };
}

/** Where a code stands on the map. */
export function placeOn({ center, u, w }: Plane, z: ArrayLike<number>): readonly [h: number, v: number] {
  let h = 0;
  let v = 0;
  for (let d = 0; d < center.length; d++) {
    const offset = (z[d] ?? 0) - center[d]!;
    h += offset * u[d]!;
    v += offset * w[d]!;
  }
  return [h, v];
}

/** The code `z` moved within the plane to (h, v). */
export function lift(plane: Plane, z: ArrayLike<number>, h: number, v: number): number[] {
  const [h0, v0] = placeOn(plane, z);
  return plane.center.map((_, d) => (z[d] ?? 0) + (h - h0) * plane.u[d]! + (v - v0) * plane.w[d]!);
}

/**
 * Places of many codes.
 *
 * @param codes `[codes, latentDim]`
 * @returns `[codes, 2]`
 */
export function project({ center, u, w }: Plane, codes: Floats): Floats {
  const latentDim = center.length;
  const count = Math.floor(codes.length / latentDim);
  const places = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    let h = 0;
    let v = 0;
    for (let d = 0; d < latentDim; d++) {
      const offset = codes[i * latentDim + d]! - center[d]!;
      h += offset * u[d]!;
      v += offset * w[d]!;
    }
    places[i * 2] = h;
    places[i * 2 + 1] = v;
  }
  return places;
}

/**
 * One standard deviation of posteriors, as ellipses on the map: the marginal of N(μ, diag σ²) in the plane has the covariance
 * [u w]ᵀ diag σ² [u w].
 *
 * @param logVar log σ², `[codes, latentDim]`
 * @returns `[codes, 3]`: half axes a ≥ 0 and b ≥ 0, and the angle of the first from the horizontal, counterclockwise, radians
 */
export function projectSpreads({ center, u, w }: Plane, logVar: Floats): Floats {
  const latentDim = center.length;
  const count = Math.floor(logVar.length / latentDim);
  const spreads = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) {
    let hh = 0;
    let hv = 0;
    let vv = 0;
    for (let d = 0; d < latentDim; d++) {
      const variance = Math.exp(logVar[i * latentDim + d]!);
      hh += variance * u[d]! * u[d]!;
      hv += variance * u[d]! * w[d]!;
      vv += variance * w[d]! * w[d]!;
    }
    const middle = (hh + vv) / 2;
    const apart = Math.hypot((hh - vv) / 2, hv); // eigenvalues: middle ± apart
    spreads[i * 3] = Math.sqrt(middle + apart);
    spreads[i * 3 + 1] = Math.sqrt(Math.max(0, middle - apart));
    spreads[i * 3 + 2] = 0.5 * Math.atan2(2 * hv, hh - vv);
  }
  return spreads;
}
