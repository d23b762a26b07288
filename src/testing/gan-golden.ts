/** The golden files of `scripts/golden-gan.py`: numbers of PyTorch in float64. */
import { describeNetwork, type Network } from "../model/network";
import type { ImageShape } from "../protocol/datasets";
import { DEFAULT_CONFIG, type InitialiserKind, type OptimiserKind, type RunConfig } from "../protocol/run-config";
import bare from "./golden-gan/bare.json";
import conv from "./golden-gan/conv.json";
import hinge from "./golden-gan/hinge.json";
import instanceNoise from "./golden-gan/instance-noise.json";
import smoothing from "./golden-gan/smoothing.json";
import twoSteps from "./golden-gan/two-steps.json";

type Table = Readonly<Record<string, readonly number[]>>;

/** `[steps][updates][numbers]` */
type PerUpdate = readonly (readonly (readonly number[])[])[];

/** What each file names of its config; all else is `DEFAULT_CONFIG`'s. */
type GoldenGanConfig = Pick<RunConfig, "model" | "encoder" | "latentDim" | "decoder" | "outputActivation"> & Partial<RunConfig>;

export interface GoldenGan {
  readonly image: ImageShape;
  readonly config: GoldenGanConfig;
  readonly batch: number;
  /** Bytes, `[batch, pixels]` of the discriminator's updates 1 …. */
  readonly images: PerUpdate;
  /** z, `[batch, latentDim]` of the generator's update and the discriminator's 1 …. */
  readonly codes: PerUpdate;
  /** Standard normals, before they are scaled; where there is instance noise. Updates as of `images`. */
  readonly realNoise?: PerUpdate;
  /** Updates as of `codes`. */
  readonly fakeNoise?: PerUpdate;
  readonly weights: Table;
  /**
   * Of step 0 with the weights it starts from, `[batch, …]`: the generator's images and their scores, those of the
   * discriminator's first update.
   */
  readonly forward: Readonly<Record<"generated" | "generatorScores" | "realScores" | "fakeScores", readonly number[]>>;
  readonly terms: Readonly<Record<"discriminator" | "generator" | "realScore" | "fakeScore", number>>;
  /** Of either side's loss by its own parameters, from the weights that step 0 starts from. */
  readonly gradients: Table;
  readonly momentum: number;
  /** After a step for each row of `codes`. */
  readonly trained: readonly {
    readonly optimiser: OptimiserKind;
    readonly initialiser: InitialiserKind;
    readonly learningRate: number;
    readonly weights: Table;
  }[];
}

export const GOLDEN_GANS: Readonly<Record<string, GoldenGan>> = {
  smoothing: smoothing as GoldenGan,
  hinge: hinge as GoldenGan,
  "instance-noise": instanceNoise as GoldenGan,
  "two-steps": twoSteps as GoldenGan,
  bare: bare as GoldenGan,
  conv: conv as GoldenGan,
};

export function goldenGanNetwork({ config, image }: GoldenGan): Network {
  return describeNetwork(config, image);
}

export function goldenGanConfig({ config, momentum, batch }: GoldenGan, trained?: GoldenGan["trained"][number]): RunConfig {
  const { optimiser, initialiser, learningRate } = trained ?? DEFAULT_CONFIG;
  return { ...DEFAULT_CONFIG, ...config, trainSize: batch, batchSize: batch, momentum, optimiser, initialiser, learningRate };
}
