/**
 * The energy of a path under the decoder's metric, its gradient by every code of it, and
 * its re-spacing to constant speed.
 *
 * A path is a chain of straight steps in latent space. Each is seen at `SUBSTEPS` + 1 codes, so that a long step cannot leap
 * over what lies between its ends at the price of the chord between their pictures. With s such parts in all,
 * E = s · Σ ‖Δpixels‖²: the integral ∫₀¹ ‖d pixels / dt‖² dt of the path, never below the square of its length in pixel space
 * and equal to it at constant speed.
 *
 * Source: Arvanitidis, Hansen & Hauberg 2018, arXiv:1710.11379, section 2; Shao, Kumar & Fletcher 2017, arXiv:1711.08014, section 3.
 */
import type { Floats, WeightTable } from "../protocol/messages";
import type { Network } from "./network";
import { lineariseDecoder } from "./tangent";

export const SUBSTEPS = 2;

/** A path with its pictures. */
export interface PathEnergy {
  /** `[points, latentDim]` */
  readonly path: Floats;
  /** Pixel space squared. */
  readonly energy: number;
  /** `SUBSTEPS` · Σ ‖Δpixels‖² of each step: the square of its length in pixel space where it is short, `[points − 1]`. */
  readonly squares: Float64Array;
  /** Length in pixel space of every part, `[(points − 1) · SUBSTEPS]`. */
  readonly lengths: Float64Array;
  /** ∂E/∂path, `[points, latentDim]`; costs a decode of each part. */
  readonly gradient: () => Float64Array;
}

/** @param label of a conditional network */
export function pathEnergy(network: Network, weights: WeightTable, path: Floats, label: number): PathEnergy {
  const { latentDim, pixels: width } = network;
  const steps = path.length / latentDim - 1;
  const parts = steps * SUBSTEPS;
  const { pixels, pull } = lineariseDecoder(network, weights, refine(path, latentDim), parts + 1, new Uint8Array(parts + 1).fill(label));
  const squares = new Float64Array(steps);
  const lengths = new Float64Array(parts);
  let sum = 0;
  for (let part = 0; part < parts; part++) {
    let square = 0;
    for (let i = part * width; i < (part + 1) * width; i++) square += (pixels[i + width]! - pixels[i]!) ** 2;
    squares[Math.floor(part / SUBSTEPS)]! += SUBSTEPS * square;
    lengths[part] = Math.sqrt(square);
    sum += square;
  }
  return {
    path,
    energy: parts * sum,
    squares,
    lengths,
    gradient: () => gather(pull(gradientByPixels(pixels, width, parts)), latentDim, steps),
  };
}

/** ∂E/∂pixels: 2 s times what each picture differs from both neighbours. */
function gradientByPixels(pixels: Floats, width: number, parts: number): Floats {
  return pixels.map((value, i) => {
    const before = i < width ? value : pixels[i - width]!;
    const after = i >= parts * width ? value : pixels[i + width]!;
    return 2 * parts * (2 * value - before - after);
  });
}

/** The codes at which a path is looked at, `[steps · SUBSTEPS + 1, latentDim]`. */
function refine(path: Floats, latentDim: number): Floats {
  const refined = new Float32Array((path.length / latentDim - 1) * SUBSTEPS * latentDim + latentDim);
  return refined.map((_, i) => {
    const part = Math.floor(i / latentDim);
    const [step, share] = [Math.floor(part / SUBSTEPS), (part % SUBSTEPS) / SUBSTEPS];
    const here = path[step * latentDim + (i % latentDim)]!;
    return share === 0 ? here : here + share * (path[(step + 1) * latentDim + (i % latentDim)]! - here);
  });
}

/** The transpose of `refine`. */
function gather(refined: Floats, latentDim: number, steps: number): Float64Array {
  const gathered = new Float64Array((steps + 1) * latentDim);
  refined.forEach((value, i) => {
    const part = Math.floor(i / latentDim);
    const [at, share] = [Math.floor(part / SUBSTEPS) * latentDim + (i % latentDim), (part % SUBSTEPS) / SUBSTEPS];
    gathered[at]! += (1 - share) * value;
    if (share > 0) gathered[at + latentDim]! += share * value;
  });
  return gathered;
}

/**
 * The same path with its points moved along it, so that the picture changes at a constant speed between one fixed point and the
 * next.
 *
 * @param isFixed of each point
 */
export function respace({ path, lengths }: PathEnergy, latentDim: number, isFixed: readonly boolean[]): Floats {
  const spaced = path.slice();
  const refined = refine(path, latentDim);
  let from = 0;
  for (let to = 1; to < isFixed.length; to++) {
    if (!isFixed[to]!) continue;
    placesEvenly(lengths.subarray(from * SUBSTEPS, to * SUBSTEPS), to - from).forEach((place, i) => {
      const part = from * SUBSTEPS + Math.floor(place);
      for (let d = 0; d < latentDim; d++) {
        const at = part * latentDim + d;
        spaced[(from + 1 + i) * latentDim + d] = refined[at]! + (place % 1) * (refined[at + latentDim]! - refined[at]!);
      }
    });
    from = to;
  }
  return spaced;
}

/**
 * Places that cut a chain of parts into `pieces` of equal length, in parts from its start, `[pieces − 1]`; none where it has no
 * length.
 */
function placesEvenly(lengths: Float64Array, pieces: number): number[] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total === 0) return [];
  let part = 0;
  let passed = 0;
  return Array.from({ length: pieces - 1 }, (_, i) => {
    const wanted = (total * (i + 1)) / pieces;
    while (part < lengths.length - 1 && passed + lengths[part]! < wanted) passed += lengths[part++]!;
    const share = lengths[part]! > 0 ? (wanted - passed) / lengths[part]! : 0;
    return part + Math.min(share, 1 - Number.EPSILON * lengths.length); // below the next part, whatever the sums' rounding
  });
}
