/**
 * A GAN again in float64 loops, one image at a time: scores, losses by probabilities
 * and whole training steps by central differences. The judge of `engine/gan-*`; shares
 * no arithmetic with it.
 *
 * Source: Goodfellow et al. 2014, arXiv:1406.2661, algorithm 1; hinge, Miyato et al. 2018, arXiv:1802.05957, equations 16 and 17.
 */
import { fillNormal } from "../lib/random";
import { batchIndices } from "../model/batch-order";
import { isDiscriminator, type Network } from "../model/network";
import { STREAMS } from "../model/streams";
import type { StepPart } from "../protocol/messages";
import type { RunConfig } from "../protocol/run-config";
import { centralDifferences } from "./central-differences";
import { activationTwin, denseTwin, layerTwin, stackTwin, twinWeights, type TwinWeights } from "./model-twin";
import { optimiserTwin, type ScalarState } from "./optimiser-twin";
import { rowsOf } from "./training-twin";

type Rows = readonly (readonly number[])[];

/** The discriminator's score of one image, before the logistic function. */
export function scoreTwin({ encoder, mean }: Network, weights: TwinWeights, x: readonly number[]): number {
  return denseTwin(mean, weights, stackTwin(encoder, weights, x))[0]!;
}

/** The image of one code, after the output activation. */
export function generateTwin({ decoder, output, outputActivation }: Network, weights: TwinWeights, z: readonly number[]): number[] {
  return layerTwin(output, weights, stackTwin(decoder, weights, z)).map((logit) => activationTwin(outputActivation, logit));
}

export const probabilityTwin = (score: number) => 1 / (1 + Math.exp(-score));

export const meanOver = (values: readonly number[], of: (value: number) => number) =>
  values.reduce((sum, value) => sum + of(value), 0) / values.length;

type LossConfig = Pick<RunConfig, "ganLoss" | "labelSmoothing">;

/** What the discriminator lowers, of a batch of scores of either kind. */
export function discriminatorLossTwin(config: LossConfig, realScores: readonly number[], fakeScores: readonly number[]): number {
  return meanOver(realScores, (score) => realLossTwin(config, score)) + meanOver(fakeScores, (score) => fakeLossTwin(config, score));
}

/** Of one score; a cross-entropy between the smoothed label and the probability, each half of it from the score. */
export function realLossTwin({ ganLoss, labelSmoothing }: LossConfig, score: number): number {
  if (ganLoss === "hinge") return score < 1 ? 1 - score : 0;
  return -(1 - labelSmoothing) * Math.log(probabilityTwin(score)) - labelSmoothing * Math.log(probabilityTwin(-score));
}

export function fakeLossTwin({ ganLoss }: LossConfig, score: number): number {
  if (ganLoss === "hinge") return score > -1 ? 1 + score : 0;
  return -Math.log(probabilityTwin(-score));
}

export function generatorLossTwin({ ganLoss }: LossConfig, score: number): number {
  return ganLoss === "hinge" ? -score : -Math.log(probabilityTwin(score));
}

/** What an update of either side is made of; noise as it is added. */
export interface UpdateTwin {
  /** Real images with their noise; none in the generator's update. */
  readonly real: Rows;
  readonly codes: Rows;
  readonly fakeNoise: Rows;
}

/** Scores of both kinds of images, as one update of the discriminator sees them. */
export function matchTwin(network: Network, weights: TwinWeights, { real, codes, fakeNoise }: UpdateTwin) {
  return {
    realScores: real.map((x) => scoreTwin(network, weights, x)),
    fakeScores: codes.map((z, row) => {
      const image = generateTwin(network, weights, z);
      return scoreTwin(
        network,
        weights,
        image.map((pixel, i) => pixel + fakeNoise[row]![i]!),
      );
    }),
  };
}

/** Update `k` of a step from the run's streams; 0 is the generator's. */
export function updateTwin(config: RunConfig, network: Network, pixels: Uint8Array, step: number, k: number): UpdateTwin {
  const { batchSize, seed, instanceNoise, discriminatorSteps } = config;
  const normals = (stream: number, block: number, width: number, scale: number) => {
    const out = new Float32Array(batchSize * width);
    fillNormal({ seed, stream }, block, out);
    return rowsOf(out, width).map((row) => row.map((value) => scale * value));
  };
  const noise = (kind: 0 | 1) => normals(STREAMS.instanceNoise, step * 32 + 2 * k + kind, network.pixels, instanceNoise);
  const indices = new Uint32Array(batchSize);
  if (k > 0) batchIndices(config, step * discriminatorSteps + k - 1, indices);
  const all = rowsOf(pixels, network.pixels);
  const ofReal = noise(0);
  const real = Array.from(indices, (index, row) => all[index]!.map((byte, i) => byte / 255 + ofReal[row]![i]!));
  return {
    real: k > 0 ? real : [],
    codes: normals(STREAMS.generatorNoise, step * 16 + k, network.latentDim, 1),
    fakeNoise: noise(1),
  };
}

export interface GanTermsTwin {
  readonly discriminator: number;
  readonly generator: number;
  readonly realScore: number;
  readonly fakeScore: number;
}

/** @param first of the discriminator's updates @param own the generator's */
export function ganTermsTwin(
  config: LossConfig,
  network: Network,
  weights: TwinWeights,
  first: UpdateTwin,
  own: Pick<UpdateTwin, "codes" | "fakeNoise">,
): GanTermsTwin {
  const { realScores, fakeScores } = matchTwin(network, weights, first);
  const ofGenerator = matchTwin(network, weights, { ...own, real: [] }).fakeScores;
  return {
    discriminator: discriminatorLossTwin(config, realScores, fakeScores),
    generator: meanOver(ofGenerator, (score) => generatorLossTwin(config, score)),
    realScore: meanOver(realScores, probabilityTwin),
    fakeScore: meanOver(fakeScores, probabilityTwin),
  };
}

export interface TrainedGanTwin {
  /** Of each step, before its updates. */
  readonly terms: readonly GanTermsTwin[];
  readonly weights: TwinWeights;
}

/** One step for each of `parts`. @param pixels `[trainSize, pixels]` bytes */
export function trainGanTwin(
  config: RunConfig,
  network: Network,
  start: Readonly<Record<string, ArrayLike<number>>>,
  pixels: Uint8Array,
  parts: readonly StepPart[],
): TrainedGanTwin {
  const weights = twinWeights(start);
  const sides = { discriminator: sideTwin(config, weights, true), generator: sideTwin(config, weights, false) };
  const terms = parts.map((part, step) => {
    const own = updateTwin(config, network, pixels, step, 0);
    const before = ganTermsTwin(config, network, weights, updateTwin(config, network, pixels, step, 1), own);
    const updates = part === "generator" ? 0 : config.discriminatorSteps;
    for (let k = 1; k <= updates; k++) {
      const update = updateTwin(config, network, pixels, step, k);
      sides.discriminator(() => {
        const { realScores, fakeScores } = matchTwin(network, weights, update);
        return discriminatorLossTwin(config, realScores, fakeScores);
      });
    }
    if (part !== "discriminator") {
      sides.generator(() => meanOver(matchTwin(network, weights, own).fakeScores, (score) => generatorLossTwin(config, score)));
    }
    return before;
  });
  return { terms, weights };
}

/** An optimiser over one side's parameters: each call is an update in place that lowers `loss`. */
function sideTwin(config: RunConfig, weights: TwinWeights, ofDiscriminator: boolean): (loss: () => number) => void {
  const rate = config.learningRate * (ofDiscriminator ? config.discriminatorRate : 1);
  const own = Object.entries(weights).filter(([name]) => isDiscriminator(name) === ofDiscriminator);
  const states: ScalarState[][] = own.map(([, values]) => Array.from(values, (w) => ({ w, a: 0, b: 0 })));
  let updates = 0;
  return (loss) => {
    updates++;
    const gradients = own.map(([, values]) => centralDifferences(values, loss));
    own.forEach(([, values], p) => {
      gradients[p]!.forEach((g, i) => {
        const state = states[p]![i]!;
        optimiserTwin({ ...config, learningRate: rate }, state, g, updates);
        values[i] = state.w;
      });
    });
  };
}
