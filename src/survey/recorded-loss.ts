/** What a model loses on held-out images, by the plain pass: what rounding its weights is judged by. */
import { decode, decodeLogits, encode } from "../model/forward";
import type { Network } from "../model/network";
import { reconstructionLosses } from "../model/reconstruction-loss";
import type { Floats, WeightTable } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";

/** Images at a time: a hidden layer of a few hundred units for each of them is small enough for a cache. */
const PIECE = 50;

/**
 * Mean reconstruction loss from the posterior mean, nats per image. Of a GAN what its discriminator loses on these images and as
 * many draws: −log D(x) − log(1 − D(G(z))), nats.
 *
 * @param images `[count, pixels]`, in [0, 1]
 * @param draws of a GAN, at least `count` of them
 */
export function heldOutLoss(
  config: RunConfig,
  network: Network,
  weights: WeightTable,
  images: Floats,
  count: number,
  draws: Floats | null = null,
): number {
  let sum = 0;
  for (let first = 0; first < count; first += PIECE) {
    const piece = Math.min(PIECE, count - first);
    const x = images.subarray(first * network.pixels, (first + piece) * network.pixels);
    const z = draws?.subarray(first * network.latentDim, (first + piece) * network.latentDim) ?? null;
    const losses = z === null ? rebuilt(config, network, weights, x, piece) : told(network, weights, x, z, piece);
    for (const loss of losses) sum += loss;
  }
  return sum / count;
}

function rebuilt(config: RunConfig, network: Network, weights: WeightTable, x: Floats, count: number): Iterable<number> {
  const { mean } = encode(network, weights, x, count);
  return reconstructionLosses(config, decodeLogits(network, weights, mean, count), x, count);
}

function told(network: Network, weights: WeightTable, x: Floats, z: Floats, count: number): Iterable<number> {
  const real = encode(network, weights, x, count).mean;
  const fake = encode(network, weights, decode(network, weights, z, count), count).mean;
  return real.map((score, i) => softplus(-score) + softplus(fake[i]!));
}

/** log(1 + e^x), which is −log(1 − σ(x)); without overflow. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
