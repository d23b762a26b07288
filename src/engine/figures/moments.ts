/**
 * What posteriors say of each latent dimension, averaged over images: its KL, how much
 * of the images it tells apart, and where all posteriors together lie.
 *
 * Sources: closed-form KL, Kingma & Welling 2013, arXiv:1312.6114, appendix B; active units, Burda et al. 2015, arXiv:1509.00519,
 * section 5.2 (A = Cov_x(E_q[u]), active where A > 10⁻²); aggregate posterior, Hoffman & Johnson 2016.
 */
import type { Floats } from "../../protocol/messages";

/** A dimension is active when the variance of its posterior mean over images exceeds this. */
export const ACTIVE_VARIANCE = 0.01;

/** KL(N(mean, exp(logVar)) ‖ N(0, 1)) of each dimension, mean over images, nats, `[latentDim]`. @param mean `[images, latentDim]` */
export function klPerDimension(mean: Floats, logVar: Floats, latentDim: number): Floats {
  const kl = new Float64Array(latentDim);
  for (let i = 0; i < mean.length; i++) kl[i % latentDim]! += (mean[i]! ** 2 + Math.exp(logVar[i]!) - 1 - logVar[i]!) / 2;
  const images = mean.length / latentDim;
  return Float32Array.from(kl, (sum) => sum / images);
}

export interface ColumnMoments {
  /** `[columns]` */
  readonly mean: Floats;
  /** Unbiased, over rows, `[columns]`. */
  readonly variance: Floats;
}

/** @param values `[rows, columns]`, two rows at least */
export function columnMoments(values: Floats, columns: number): ColumnMoments {
  const rows = values.length / columns;
  const mean = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) mean[i % columns]! += values[i]! / rows;
  const squares = new Float64Array(columns);
  // Around the mean, in a second pass: a variance as a difference of large squares would lose its digits.
  for (let i = 0; i < values.length; i++) squares[i % columns]! += (values[i]! - mean[i % columns]!) ** 2;
  return { mean: Float32Array.from(mean), variance: Float32Array.from(squares, (sum) => sum / (rows - 1)) };
}

export function activeUnits(meanVariance: Floats): number {
  return meanVariance.reduce((count, variance) => count + (variance > ACTIVE_VARIANCE ? 1 : 0), 0);
}
