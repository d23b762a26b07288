/**
 * Figures of merit: what a model is judged by on held-out data, on demand and at the
 * end of a run, each with its sample size.
 *
 * Sources: IWAE, Burda et al. 2015, arXiv:1509.00519, equation 8 and section 5 (active units); aggregate posterior against the
 * prior, Hoffman & Johnson 2016; MMD, Gretton et al. 2012, lemma 6.
 */
import type { Floats } from "./messages";

/** Importance samples that can be asked for; 1 gives the ELBO's own estimate. */
export const IWAE_SAMPLES = [1, 8, 64, 512] as const;

/** Training images that neighbours are looked for among and principal components are fitted to: the first so many, or all there are. */
export const REFERENCE_IMAGES = 5_000;

/** What is judged at the end of a run without being asked for; of fewer held-out images all. */
export const FINAL_REQUEST: FiguresRequest = { importanceSamples: 8, images: 500 };

export interface FiguresRequest {
  /** Importance samples k of the tightest bound, 1 to 512; the bounds for the smaller ones of `IWAE_SAMPLES` come with it. */
  readonly importanceSamples: number;
  /** Held-out images judged: the first so many. */
  readonly images: number;
}

/** Of each held-out image, then averaged; nats per image. */
export interface ImportanceBound {
  readonly samples: number;
  /** Mean over images of log (1/k) Σ w: a lower bound of log p(x), tighter with k. */
  readonly bound: number;
  /** Standard error of that mean over images. */
  readonly standardError: number;
}

export interface FiguresOfMerit {
  readonly step: number;
  /** Held-out images. */
  readonly images: number;
  /** Of an autoencoder; null in a GAN. */
  readonly codes: CodeFigures | null;
  /** Of a VAE; null in every other family. */
  readonly posterior: PosteriorFigures | null;
  /** Squared error beside PCA's; null in a GAN. */
  readonly baseline: PcaFigures | null;
  /** Of a GAN on data that a classifier ships for. */
  readonly coverage: CoverageFigures | null;
}

export interface PosteriorFigures {
  /** Mean ELBO, one draw per image, nats; and −reconstruction and KL, its parts. */
  readonly elbo: number;
  readonly reconstruction: number;
  readonly kl: number;
  /** Whether the ELBO bounds a log-likelihood: grey cross-entropy and squared error are none. */
  readonly isLikelihood: boolean;
  /** By k, ascending. */
  readonly importance: readonly ImportanceBound[];
  /** Mean KL of each latent dimension, nats, `[latentDim]`. */
  readonly klPerDimension: Floats;
  /** Variance over images of each posterior mean, `[latentDim]`. */
  readonly meanVariance: Floats;
  /** Dimensions whose `meanVariance` exceeds 0.01. */
  readonly activeUnits: number;
  /** The aggregate posterior, one draw per image: its mean and standard deviation per dimension, `[latentDim]` each; 0 and 1 were the prior's. */
  readonly aggregateMean: Floats;
  readonly aggregateDeviation: Floats;
  /** Unbiased squared MMD between those draws and as many of the prior, Gaussian kernel; may be a little below 0. */
  readonly mmd: number;
  /** Of the kernel. */
  readonly mmdBandwidth: number;
}

export interface CodeFigures {
  /** Share of held-out codes whose k nearest others of the training codes agree, by majority, with their label, 0 to 1. */
  readonly knnAccuracy: number;
  readonly neighbours: number;
  /** Training images among which neighbours were looked for. */
  readonly referenceImages: number;
  /** The same in pixel space, as a measure. */
  readonly pixelKnnAccuracy: number;
}

export interface PcaFigures {
  /** Mean over held-out images of Σ (x − x̂)², of the model's reconstructions from means. */
  readonly modelSquaredError: number;
  /** The same of PCA with `components` dimensions, fitted on `fittedImages` training images. */
  readonly pcaSquaredError: number;
  readonly components: number;
  readonly fittedImages: number;
  /** Share of the training variance these components hold, 0 to 1. */
  readonly explainedVariance: number;
}

/** Share of the draws from which a class counts as covered: a classifier errs now and then. */
export const COVERED_SHARE = 0.01;

export interface CoverageFigures {
  /** Generated images that were classified. */
  readonly draws: number;
  /** How many of them each class got, `[classes]`. */
  readonly counts: readonly number[];
  /** Classes with at least `COVERED_SHARE` of the draws. */
  readonly covered: number;
  readonly classifierAccuracy: number;
}
