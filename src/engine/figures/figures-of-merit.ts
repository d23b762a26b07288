/**
 * Takes the figures of merit of a model as it stands, in pieces, so that whoever asks
 * for them can stop, or show how far they have come.
 *
 * Does not train, and asks its trainer for one thing at a time. Knows no data set and no message.
 */
import type { Classifier } from "../../model/classifier";
import { DATASETS } from "../../protocol/datasets";
import { IWAE_SAMPLES, type FiguresOfMerit, type FiguresRequest } from "../../protocol/figures";
import type { RunConfig } from "../../protocol/run-config";
import type { AdversarialTrainer, AnyTrainer, Images, Trainer } from "../trainer";
import { autoencoderFigures, autoencoderPieces } from "./autoencoder-figures";
import { coverageOf } from "./coverage";
import { fixedDraws } from "./fixed-draws";
import { firstOf, IMAGES_PER_CALL, stretchCount } from "./judged-images";

export interface FiguresInputs {
  readonly trainer: AnyTrainer;
  readonly config: RunConfig;
  readonly request: FiguresRequest;
  /** What neighbours are looked for among and principal components fitted to: `REFERENCE_IMAGES` or all there are; with labels. */
  readonly training: Images;
  /** The whole held-out set; with labels. */
  readonly heldOut: Images;
  /** Of a GAN; null on data that none ships for. */
  readonly classifier: Classifier | null;
}

export interface FiguresProgress {
  readonly done: number;
  readonly total: number;
}

const within = (value: number, min: number, max: number) => Math.min(max, Math.max(min, Math.round(value) || min));

/** As near to it as can be judged: whole numbers in range. A spread over images needs two of them. */
export function possibleRequest({ importanceSamples, images }: FiguresRequest, heldOut: number): FiguresRequest {
  return { importanceSamples: within(importanceSamples, 1, IWAE_SAMPLES.at(-1)!), images: within(images, 2, Math.max(2, heldOut)) };
}

/** Yields after every piece of work, some tens of milliseconds each. */
export async function* figuresOfMerit(inputs: FiguresInputs): AsyncGenerator<FiguresProgress, FiguresOfMerit> {
  const { trainer, heldOut } = inputs;
  const request = possibleRequest(inputs.request, heldOut.count);
  const judged = { ...inputs, request, heldOut: firstOf(heldOut, request.images) };
  const isAdversarial = trainer.kind === "adversarial";
  const work = isAdversarial ? generatorFigures(judged, trainer) : modelFigures(judged, trainer);
  const total = isAdversarial ? stretchCount(request.images) : autoencoderPieces(judged, trainer.network);
  for (let done = 1; ; done++) {
    // oxlint-disable-next-line no-await-in-loop -- one piece after the other
    const { value, done: isDone } = await work.next();
    if (isDone === true) return value;
    yield { done: Math.min(done, total), total };
  }
}

async function* modelFigures(judged: FiguresInputs, trainer: Trainer): AsyncGenerator<void, FiguresOfMerit> {
  const { step } = trainer;
  const figures = yield* autoencoderFigures(judged, trainer);
  return { step, images: judged.heldOut.count, ...figures, coverage: null };
}

/** A generator is judged on as many draws as there are held-out images asked for. */
async function* generatorFigures(
  { config, heldOut, classifier }: FiguresInputs,
  trainer: AdversarialTrainer,
): AsyncGenerator<void, FiguresOfMerit> {
  const { step, network } = trainer;
  const images = heldOut.count;
  const nothing = { step, images, codes: null, posterior: null, baseline: null };
  if (classifier === null) return { ...nothing, coverage: null };
  const classes = new Uint8Array(images);
  for (let first = 0; first < images; first += IMAGES_PER_CALL) {
    const count = Math.min(IMAGES_PER_CALL, images - first);
    // oxlint-disable-next-line no-await-in-loop -- one stretch after the other
    const pixels = await trainer.decode(fixedDraws(config.seed, network.latentDim, count, first), count);
    classes.set(classifier.classify(pixels, count), first);
    yield;
  }
  return { ...nothing, coverage: coverageOf(classes, DATASETS[config.data].classes, classifier.accuracy) };
}
