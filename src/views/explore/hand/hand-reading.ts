/** What the model on screen makes of the visitor's picture once it is encoded. Pure. */
import { activateOutput, decodeLogits } from "../../../model/forward";
import { reconstructionLosses } from "../../../model/reconstruction-loss";
import type { Floats } from "../../../protocol/messages";
import type { RunConfig } from "../../../protocol/run-config";
import type { HandPicture } from "../../../store/explorer-store";
import type { Model } from "../../../store/model-view";

export interface HandReading {
  /** Decoded posterior mean, `[pixels]`. */
  readonly reconstruction: Floats;
  /** Nats, or squared error of `mse`, summed over pixels. */
  readonly loss: number;
  /** KL(q(z|x) ‖ N(0, I)), nats; null where a code is a point. */
  readonly kl: number | null;
}

/** @returns null while picture and model are of different widths, as they may be for a moment */
export function readHand(model: Model, config: RunConfig, { pixels, mean, logVar }: HandPicture, told: number): HandReading | null {
  const { network, weights } = model;
  const { height, width, channels } = network.image;
  if (mean.length !== network.latentDim || pixels.length !== height * width * channels) return null;
  const logits = decodeLogits(network, weights, mean, 1, [told]);
  const loss = reconstructionLosses(config, logits, pixels, 1)[0]!;
  activateOutput(network.outputActivation, logits);
  return { reconstruction: logits, loss, kl: logVar === null ? null : klToPrior(mean, logVar) };
}

/** ½ Σ (μ² + σ² − 1 − log σ²): Kingma & Welling 2013, arXiv:1312.6114, appendix B. */
export function klToPrior(mean: Floats, logVar: Floats): number {
  return mean.reduce((nats, mu, d) => nats + 0.5 * (mu * mu + Math.exp(logVar[d]!) - 1 - logVar[d]!), 0);
}
