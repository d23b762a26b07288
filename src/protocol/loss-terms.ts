/**
 * Which quantities a run reports for every step, by family: the names of its curves.
 *
 * Sources: Kingma & Welling 2013, arXiv:1312.6114 (the bound); Higgins et al., ICLR 2017 (β); Goodfellow et al. 2014, arXiv:1406.2661 (GAN).
 */
import type { RunConfig } from "./run-config";

/**
 * Means over the batch. All but the scores in nats per image.
 *
 * - `reconstruction`: −log p(x|z), or the loss that stands for it, summed over pixels.
 * - `kl`: KL(q(z|x) ‖ N(0, I)), summed over latent dimensions; 0 in an autoencoder. Of a `mistake`, what it calls its KL.
 * - `penalty`: what β is multiplied with where that is not the KL itself: with free bits or a capacity.
 * - `objective`: what the optimiser lowers, reconstruction + β · (penalty or kl), with the β of that step; with a detached KL its
 *   gradient knows nothing of it.
 * - `discriminator`, `generator`: what either side of a GAN lowers.
 * - `realScore`, `fakeScore`: mean probability, 0 to 1, with which the discriminator takes real and generated images for real
 *   (the logistic function of its score, under the hinge loss too).
 */
export const LOSS_TERMS = ["objective", "reconstruction", "kl", "penalty", "discriminator", "generator", "realScore", "fakeScore"] as const;
export type LossTerm = (typeof LOSS_TERMS)[number];

/** The terms of a run of this config, in the order in which they are told and shown. */
export function lossTermsOf({ model, klMode }: Pick<RunConfig, "model" | "klMode">): readonly LossTerm[] {
  switch (model) {
    case "gan":
      return ["discriminator", "generator", "realScore", "fakeScore"];
    case "vae":
      return klMode === "plain" ? ["reconstruction", "kl", "objective"] : ["reconstruction", "kl", "penalty", "objective"];
    case "ae":
      return ["reconstruction", "kl", "objective"];
  }
}
