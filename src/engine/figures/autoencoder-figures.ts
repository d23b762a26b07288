/**
 * The figures of an autoencoder, variational or not: its bound, its codes, and what it
 * rebuilds beside what principal components do.
 *
 * Every figure is taken of the same held-out images, as the model sees them (`judged-images`). A conditional model is told their
 * labels, so that its bound is of log p(x | label).
 */
import { isBinarised } from "../../model/corruption";
import type { Network } from "../../model/network";
import type { CodeFigures, FiguresOfMerit, PcaFigures } from "../../protocol/figures";
import type { Floats } from "../../protocol/messages";
import type { RunConfig } from "../../protocol/run-config";
import { unpackImages } from "../images";
import type { Images, Posterior, Trainer } from "../trainer";
import { seenBytes, stretchCount, stretchesOf } from "./judged-images";
import { kept } from "./kept";
import { posteriorFigures, posteriorPieces, type Judged } from "./posterior-figures";
import { neighbourAccuracy, neighbourPieces } from "./neighbours";
import { componentPieces, explainedVariance, fitComponents, projectionError, projectionPieces } from "./principal-components";

/** Neighbours that vote on a label. */
const NEIGHBOURS = 5;

/** Yields of `autoencoderFigures`, as far as they can be told beforehand. */
export function autoencoderPieces({ request, training, heldOut }: Judged, { latentDim, logVar, pixels }: Network): number {
  const stretches = stretchCount(heldOut.count);
  const ofPosterior = logVar === null ? 0 : posteriorPieces(request);
  const neighbours = (columns: number) => neighbourPieces(heldOut.count, training.count, columns);
  const ofCodes = stretches + stretchCount(training.count) + neighbours(latentDim) + neighbours(pixels);
  return ofPosterior + ofCodes + stretches + componentPieces(training.count, pixels) + projectionPieces(heldOut.count);
}

export async function* autoencoderFigures(
  judged: Judged,
  trainer: Trainer,
): AsyncGenerator<void, Pick<FiguresOfMerit, "codes" | "posterior" | "baseline">> {
  const { config, heldOut } = judged;
  // Their noise is not that of the held-out images.
  const training = { ...judged.training, places: Array.from({ length: judged.training.count }, (_, i) => heldOut.count + i) };
  const found = yield* encodeAll(trainer, heldOut);
  const posterior = found.logVar === null ? null : yield* posteriorFigures(judged, trainer, { ...found, logVar: found.logVar });
  const pixels = { heldOut: seenBytes(config, heldOut), training: seenBytes(config, training) };
  const codes = yield* codeFigures(config, trainer, found.mean, heldOut, training, pixels);
  const baseline = yield* pcaFigures(config, trainer, found.mean, heldOut, training, pixels);
  return { codes, posterior, baseline };
}

async function* encodeAll(trainer: Trainer, images: Images): AsyncGenerator<void, Posterior> {
  const { latentDim, logVar } = trainer.network;
  const all = () => new Float32Array(images.count * latentDim);
  const found = { mean: all(), logVar: logVar === null ? null : all() };
  for (const stretch of stretchesOf(images)) {
    // oxlint-disable-next-line no-await-in-loop -- one stretch after the other
    const part = await trainer.encode(stretch);
    found.mean.set(part.mean, stretch.first * latentDim);
    if (part.logVar !== null) found.logVar?.set(part.logVar, stretch.first * latentDim);
    yield;
  }
  return found;
}

/** As the model sees them, `[count, pixels]`, bytes. */
interface SeenPixels {
  readonly heldOut: Uint8Array<ArrayBuffer>;
  readonly training: Uint8Array<ArrayBuffer>;
}

async function* codeFigures(
  config: RunConfig,
  trainer: Trainer,
  mean: Floats,
  heldOut: Images,
  training: Images,
  seen: SeenPixels,
): AsyncGenerator<void, CodeFigures> {
  const { latentDim, pixels } = trainer.network;
  const labels = { heldOut: labelsOf(heldOut), training: labelsOf(training) };
  const neighbours = Math.min(NEIGHBOURS, training.count);
  const reference = yield* encodeAll(trainer, training);
  const codes = { values: mean, labels: labels.heldOut };
  const knnAccuracy = yield* neighbourAccuracy(codes, { values: reference.mean, labels: labels.training }, latentDim, neighbours);
  const images = (bytes: Uint8Array<ArrayBuffer>) => unpackImages(bytes, pixels, 0, bytes.length / pixels);
  const pictures = { values: images(seen.heldOut), labels: labels.heldOut };
  const references = { values: images(seen.training), labels: labels.training };
  const key = `neighbours of ${heldOut.count} among ${training.count} ${drawnFrom(config, heldOut)}`;
  const inPixels = () => neighbourAccuracy(pictures, references, pixels, neighbours);
  const pixelKnnAccuracy = yield* kept(training.pixels.buffer, key, inPixels);
  return { knnAccuracy, neighbours, referenceImages: training.count, pixelKnnAccuracy };
}

/** Which of the pictures that could be made of the same bytes the model sees: black and white ones hang on the seed and, in training, on the places. */
function drawnFrom(config: RunConfig, heldOut: Images): string {
  return isBinarised(config) ? `drawn from ${config.seed} after ${heldOut.count}` : "as they are";
}

function labelsOf({ labels, count }: Images): Uint8Array {
  if (labels === undefined) throw new RangeError(`figures: ${count} images came without their labels`);
  return labels;
}

async function* pcaFigures(
  config: RunConfig,
  trainer: Trainer,
  mean: Floats,
  heldOut: Images,
  training: Images,
  seen: SeenPixels,
): AsyncGenerator<void, PcaFigures> {
  const { latentDim, pixels } = trainer.network;
  const modelSquaredError = yield* squaredErrorOfMeans(trainer, mean, heldOut, seen.heldOut);
  const components = Math.min(latentDim, pixels);
  const key = `components of ${training.count} ${drawnFrom(config, heldOut)}`;
  const fit = yield* kept(training.pixels.buffer, key, () => fitComponents(seen.training, pixels));
  const pcaSquaredError = yield* projectionError(fit, components, seen.heldOut);
  return {
    modelSquaredError,
    pcaSquaredError,
    components,
    fittedImages: fit.fittedImages,
    explainedVariance: explainedVariance(fit, components),
  };
}

/** Mean over images of Σ (x − x̂)², x̂ decoded from the posterior mean. */
async function* squaredErrorOfMeans(trainer: Trainer, mean: Floats, images: Images, seen: Uint8Array): AsyncGenerator<void, number> {
  const { latentDim, pixels } = trainer.network;
  let sum = 0;
  for (const { first, count, labels } of stretchesOf(images)) {
    // oxlint-disable-next-line no-await-in-loop -- one stretch after the other
    const decoded = await trainer.decode(mean.slice(first * latentDim, (first + count) * latentDim), count, labels);
    for (let i = 0; i < decoded.length; i++) sum += (seen[first * pixels + i]! / 255 - decoded[i]!) ** 2;
    yield;
  }
  return sum / images.count;
}
