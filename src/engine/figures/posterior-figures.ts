/**
 * The figures of a VAE's posteriors: the bound and its parts, its importance-weighted
 * kin, and where the posteriors lie beside the prior.
 */
import { fillNormal } from "../../lib/random";
import { STREAMS } from "../../model/streams";
import { IWAE_SAMPLES, type FiguresRequest, type ImportanceBound, type PosteriorFigures } from "../../protocol/figures";
import type { Floats } from "../../protocol/messages";
import type { Images, Trainer } from "../trainer";
import { discrepancyPieces, medianDistance, squaredDiscrepancy } from "./discrepancy";
import type { FiguresInputs } from "./figures-of-merit";
import { boundOf, drawPosteriors, samplesTold, StreamedLogMeanExp } from "./importance";
import { stretchCount, stretchesOf } from "./judged-images";
import { activeUnits, columnMoments, klPerDimension } from "./moments";

/** Draws compared with the prior: kernels grow as their square. */
const MAX_DISCREPANCY_DRAWS = 1_000;
/** Block of the importance stream that the prior's own draws come from: one past those of any draw of a posterior. */
const PRIOR_BLOCK = IWAE_SAMPLES.at(-1)!;

/** `request` has been made possible, and `heldOut` are the images it asks for. */
export type Judged = Pick<FiguresInputs, "config" | "request" | "training" | "heldOut">;

/** Yields of `posteriorFigures`. */
export function posteriorPieces({ importanceSamples, images }: FiguresRequest): number {
  return importanceSamples * stretchCount(images) + discrepancyPieces(Math.min(MAX_DISCREPANCY_DRAWS, images));
}

export async function* posteriorFigures(
  { config, request, heldOut }: Judged,
  trainer: Trainer,
  { mean, logVar }: { readonly mean: Floats; readonly logVar: Floats },
): AsyncGenerator<void, PosteriorFigures> {
  const { latentDim } = trainer.network;
  const { importance, reconstruction, draws } = yield* importanceBounds(config.seed, request.importanceSamples, trainer, heldOut, {
    mean,
    logVar,
  });
  const perDimension = klPerDimension(mean, logVar, latentDim);
  const kl = perDimension.reduce((sum, nats) => sum + nats, 0);
  const aggregate = columnMoments(draws, latentDim);
  const meanVariance = columnMoments(mean, latentDim).variance;
  const compared = Math.min(MAX_DISCREPANCY_DRAWS, heldOut.count);
  const prior = new Float32Array(compared * latentDim);
  fillNormal({ seed: config.seed, stream: STREAMS.importance }, PRIOR_BLOCK, prior);
  const mmdBandwidth = medianDistance(prior, latentDim);
  const mmd = yield* squaredDiscrepancy(draws.subarray(0, prior.length), prior, latentDim, mmdBandwidth);
  return {
    elbo: -(reconstruction + kl),
    reconstruction,
    kl,
    isLikelihood: config.reconstruction === "bernoulli" || config.reconstruction === "gaussian",
    importance,
    klPerDimension: perDimension,
    meanVariance,
    activeUnits: activeUnits(meanVariance),
    aggregateMean: aggregate.mean,
    aggregateDeviation: aggregate.variance.map(Math.sqrt),
    mmd,
    mmdBandwidth,
  };
}

interface Bounds {
  readonly importance: readonly ImportanceBound[];
  /** Mean −log p(x|z) of the first draw, nats. */
  readonly reconstruction: number;
  /** The first draw of each image, `[images, latentDim]`. */
  readonly draws: Floats;
}

/** One pass over the images for each draw. */
async function* importanceBounds(
  seed: number,
  samples: number,
  trainer: Trainer,
  images: Images,
  { mean, logVar }: { readonly mean: Floats; readonly logVar: Floats },
): AsyncGenerator<void, Bounds> {
  const { latentDim } = trainer.network;
  const estimate = new StreamedLogMeanExp(images.count);
  const told = new Set(samplesTold(samples));
  const importance: ImportanceBound[] = [];
  const draws = new Float32Array(mean.length);
  let reconstruction = 0;
  for (let draw = 0; draw < samples; draw++) {
    for (const stretch of stretchesOf(images)) {
      const [from, to] = [stretch.first * latentDim, (stretch.first + stretch.count) * latentDim];
      const posteriors = { mean: mean.subarray(from, to), logVar: logVar.subarray(from, to), latentDim, first: stretch.first };
      const { z, logRatio } = drawPosteriors(seed, draw, posteriors);
      // oxlint-disable-next-line no-await-in-loop -- one stretch after the other
      const losses = await trainer.judge(stretch, z);
      losses.forEach((loss, i) => estimate.add(stretch.first + i, logRatio[i]! - loss));
      if (draw === 0) {
        draws.set(z, from);
        reconstruction += losses.reduce((sum, loss) => sum + loss, 0) / images.count;
      }
      yield;
    }
    if (told.has(draw + 1)) importance.push(boundOf(draw + 1, estimate.values()));
  }
  return { importance, reconstruction, draws };
}
