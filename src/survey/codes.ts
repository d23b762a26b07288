/** Codes of training images as the model's encoder sees them, told part by part while files still come. */
import { encode } from "../model/forward";
import { DATASETS } from "../protocol/datasets";
import type { CodesPart } from "../protocol/survey";
import { requireEncoder, type KeptModel } from "./models";
import type { Handler } from "./question";
import { seenPixels } from "./seen-pixels";
import { inBatches, type Turn } from "./turns";

/** A quarter of a second of a dense encoder's work, and a small message. */
const IMAGES_PER_PART = 500;
export const MOST_IMAGES = 60_000;

/** As many as there are, when more are wanted. */
export const codes: Handler<"codes"> = async ({ images: wanted }, { model, images, part, turn }) => {
  const kept = requireEncoder(model());
  const { data } = kept.config;
  if (!(wanted >= 1)) throw new RangeError(`codes: ${wanted} images are wanted`);
  const total = Math.min(Math.floor(wanted), MOST_IMAGES, DATASETS[data].trainMax);
  const { pixels } = kept.network;
  for (let from = 0; from < total; from += IMAGES_PER_PART) {
    const until = Math.min(total, from + IMAGES_PER_PART);
    const { training, trainingLabels } = await images.first(data, until, total);
    const bytes = training.subarray(from * pixels, until * pixels);
    const place = DATASETS[data].heldOut + from;
    part({ from, total, ...(await encodeImages(kept, bytes, trainingLabels.slice(from, until), place, turn)) });
  }
  return { images: total };
};

/** Posteriors of images as they are, or as drawn black and white, but not spoilt; as a snapshot's are. @param place of the first */
async function encodeImages(
  { config, network, weights }: KeptModel,
  bytes: Uint8Array,
  labels: CodesPart["labels"],
  place: number,
  turn: Turn,
): Promise<Pick<CodesPart, "mean" | "logVar" | "labels">> {
  const { latentDim, pixels } = network;
  const mean = new Float32Array(labels.length * latentDim);
  const logVar = network.logVar === null ? null : new Float32Array(labels.length * latentDim);
  await inBatches(turn, labels.length, (from, count) => {
    const some = bytes.subarray(from * pixels, (from + count) * pixels);
    const { target } = seenPixels(config, some, (place + from) * pixels);
    const posterior = encode(network, weights, target, count, labels.subarray(from, from + count));
    mean.set(posterior.mean, from * latentDim);
    logVar?.set(posterior.logVar!, from * latentDim);
  });
  return { mean, logVar, labels };
}
