/**
 * Reconstruction loss of each image as the model stands: of what its posterior mean decodes to. The images are
 * held-out ones from the first on, seen as a snapshot's examples are, so that both tell the same losses.
 */
import { decodeLogits, encode } from "../model/forward";
import { reconstructionLosses } from "../model/reconstruction-loss";
import { requireEncoder } from "./models";
import type { Handler } from "./question";
import { seenPixels } from "./seen-pixels";
import { inBatches } from "./turns";

export const losses: Handler<"losses"> = async ({ pixels: bytes, labels }, { model, turn }) => {
  const { config, network, weights } = requireEncoder(model());
  const { pixels } = network;
  const images = labels.length;
  if (bytes.length !== images * pixels) {
    throw new RangeError(`losses: there are ${bytes.length} bytes, ${images} images of ${pixels} pixels are ${images * pixels}`);
  }
  const found = new Float32Array(images);
  await inBatches(turn, images, (from, count) => {
    const { target, seen } = seenPixels(config, bytes.subarray(from * pixels, (from + count) * pixels), from * pixels);
    const told = labels.subarray(from, from + count);
    const { mean } = encode(network, weights, seen, count, told);
    const logits = decodeLogits(network, weights, mean, count, told);
    found.set(reconstructionLosses(config, logits, target, count), from);
  });
  return { losses: found };
};
