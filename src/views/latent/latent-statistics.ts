/**
 * What the posteriors of the held-out images say, dimension by dimension and class by
 * class, and how far out in the prior a code lies. Pure functions of arrays.
 *
 * Source: Kingma & Welling 2013, arXiv:1312.6114, appendix B (the KL of one dimension).
 */

/**
 * Mean over the images of ½ (μ² + σ² − 1 − log σ²), in nats, for every latent dimension; near 0, the dimension tells nothing.
 *
 * @param mean `[images, latentDim]`; `logVar` likewise, log σ²
 */
export function klPerDimension(mean: Float32Array, logVar: Float32Array, latentDim: number): Float64Array {
  const images = Math.floor(mean.length / latentDim);
  const kl = new Float64Array(latentDim);
  for (let i = 0; i < images * latentDim; i++) {
    kl[i % latentDim]! += 0.5 * (mean[i]! ** 2 + Math.exp(logVar[i]!) - 1 - logVar[i]!);
  }
  return kl.map((sum) => sum / Math.max(1, images));
}

/** The largest |μ| of the images in any dimension, without the outermost half per cent. */
export function codeReach(mean: Float32Array): number {
  const sizes = Float32Array.from(mean.filter(Number.isFinite), Math.abs).toSorted();
  return sizes[Math.floor((sizes.length - 1) * 0.995)] ?? 0;
}

export interface ClassPlace {
  readonly label: number;
  readonly images: number;
  /** Of the shown axes, horizontal and vertical. */
  readonly mean: readonly [number, number];
  /** Standard deviation of the means, not the posterior's own. */
  readonly spread: readonly [number, number];
}

/** Where each class lies in the shown plane; classes without an image are left out. */
export function classPlaces(
  mean: Float32Array,
  latentDim: number,
  axes: readonly [number, number],
  labels: ArrayLike<number>,
  classes: number,
): ClassPlace[] {
  const images = Math.min(labels.length, Math.floor(mean.length / latentDim));
  const places = Array.from({ length: classes }, (_, label) => {
    const members = Array.from({ length: images }, (_, i) => i).filter((i) => labels[i] === label);
    const along = (axis: number) => {
      const values = members.map((i) => mean[i * latentDim + axis]!);
      const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length;
      return [middle, Math.sqrt(variance)] as const;
    };
    const [across, up] = [along(axes[0]), along(axes[1])];
    return { label, images: members.length, mean: [across[0], up[0]] as const, spread: [across[1], up[1]] as const };
  });
  return places.filter((place) => place.images > 0);
}

/**
 * The part of the prior N(0, I) that lies nearer to 0 than the code does: P(|z'| < |z|), the χ² distribution of |z|².
 *
 * In many dimensions this is near 0 for every code that looks central in a plane: the prior lives in a shell of radius √d.
 *
 * Source: Abramowitz & Stegun 1964, 26.4.4 and 26.4.5 (χ² for odd and even degrees of freedom).
 */
export function priorShareInside(z: readonly number[]): number {
  const half = 0.5 * z.reduce((sum, value) => sum + value * value, 0);
  const isOdd = z.length % 2 === 1;
  let outside = isOdd ? complementaryError(Math.sqrt(half)) : 0;
  // Terms e^−x x^(k−1) / Γ(k), from the first k, 1 or 3/2, up to d/2.
  let term = isOdd ? Math.exp(-half) * Math.sqrt(half) * (2 / Math.sqrt(Math.PI)) : Math.exp(-half);
  for (let k = isOdd ? 1.5 : 1; k <= z.length / 2; k++) {
    outside += term;
    term *= half / k;
  }
  return Math.min(1, Math.max(0, 1 - outside));
}

/** erfc(x) for x ≥ 0, to 1.5e-7: Abramowitz & Stegun 1964, 7.1.26. */
function complementaryError(x: number): number {
  const t = 1 / (1 + 0.3275911 * x);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return series * Math.exp(-x * x);
}
