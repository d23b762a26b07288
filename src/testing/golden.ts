/** The golden files of `scripts/golden.py`: numbers of PyTorch in float64. */
import { describeNetwork, type Network } from "../model/network";
import type { ImageShape } from "../protocol/datasets";
import type { LossTerm } from "../protocol/loss-terms";
import { DEFAULT_CONFIG, type InitialiserKind, type OptimiserKind, type RunConfig } from "../protocol/run-config";
import aeBce from "./golden/ae-bce.json";
import aeMse from "./golden/ae-mse.json";
import bernoulliSalt from "./golden/bernoulli-salt.json";
import capacity from "./golden/capacity.json";
import codeMean from "./golden/code-mean.json";
import conditionalBare from "./golden/conditional-bare.json";
import conditionalConv from "./golden/conditional-conv.json";
import conditional from "./golden/conditional.json";
import convAeMse from "./golden/conv-ae-mse.json";
import convVaeBce from "./golden/conv-vae-bce.json";
import denoisingGaussianVae from "./golden/denoising-gaussian-vae.json";
import denoisingMasking from "./golden/denoising-masking.json";
import detachedKl from "./golden/detached-kl.json";
import gaussianFreeBits from "./golden/gaussian-free-bits.json";
import reluHeads from "./golden/relu-heads.json";
import vaeBce from "./golden/vae-bce.json";
import vaeMse from "./golden/vae-mse.json";

type Table = Readonly<Record<string, readonly number[]>>;

/** What each file names of its config; all else is `DEFAULT_CONFIG`'s. */
type GoldenConfig = Pick<RunConfig, "model" | "encoder" | "latentDim" | "decoder" | "outputActivation" | "reconstruction" | "beta"> &
  Partial<RunConfig>;

export interface Golden {
  readonly image: ImageShape;
  readonly config: GoldenConfig;
  readonly batch: number;
  /** Bytes, `[batch, pixels]`. */
  readonly images: readonly number[];
  /** What the encoder sees in each step, `[batch, pixels]`; the images / 255 where not given. */
  readonly inputs?: readonly (readonly number[])[];
  /** What the loss compares with, alike. */
  readonly targets?: readonly (readonly number[])[];
  /** `[batch]`, and of how many classes; of a conditional network. */
  readonly labels?: readonly number[];
  readonly classes?: number;
  /** Of each step, `[batch, latentDim]`. */
  readonly epsilon: readonly (readonly number[])[];
  /** β and C of `terms` and `gradients`; those of training follow the schedule. */
  readonly rates: { readonly beta: number; readonly capacity: number };
  readonly weights: Table;
  readonly forward: {
    readonly mean: readonly number[];
    readonly logVar: readonly number[] | null;
    readonly z: readonly number[];
    readonly logits: readonly number[];
    readonly reconstruction: readonly number[];
    /** `[batch]`, as `kl`: to the prior, 0 in an autoencoder whatever its mistake. */
    readonly losses: readonly number[];
    readonly kl: readonly number[];
  };
  /** Of the first batch. */
  readonly terms: { readonly [Term in LossTerm]?: number };
  readonly gradients: Table;
  readonly momentum: number;
  /** After a step for each row of `epsilon`. */
  readonly trained: readonly {
    readonly optimiser: OptimiserKind;
    readonly initialiser: InitialiserKind;
    readonly learningRate: number;
    readonly weights: Table;
  }[];
}

export const GOLDEN: Readonly<Record<string, Golden>> = {
  "vae-bce": vaeBce as Golden,
  "vae-mse": vaeMse as Golden,
  "ae-bce": aeBce as Golden,
  "ae-mse": aeMse as Golden,
  "conv-vae-bce": convVaeBce as Golden,
  "conv-ae-mse": convAeMse as Golden,
  "denoising-masking": denoisingMasking as Golden,
  "denoising-gaussian-vae": denoisingGaussianVae as Golden,
  "bernoulli-salt": bernoulliSalt as Golden,
  "gaussian-free-bits": gaussianFreeBits as Golden,
  capacity: capacity as Golden,
  conditional: conditional as Golden,
  "conditional-bare": conditionalBare as Golden,
  "conditional-conv": conditionalConv as Golden,
  "relu-heads": reluHeads as Golden,
  "detached-kl": detachedKl as Golden,
  "code-mean": codeMean as Golden,
};

export function goldenNetwork({ config, image, classes }: Golden): Network {
  return describeNetwork(config, image, classes);
}

export function goldenConfig({ config, momentum, batch }: Golden, trained?: Golden["trained"][number]): RunConfig {
  const { optimiser, initialiser, learningRate } = trained ?? DEFAULT_CONFIG;
  return { ...DEFAULT_CONFIG, ...config, trainSize: batch, batchSize: batch, momentum, optimiser, initialiser, learningRate };
}

/** What the encoder sees in a step, `[batch, pixels]`. */
export function goldenInputs({ images, inputs }: Golden, step: number): Float32Array<ArrayBuffer> {
  return floats(inputs?.[step] ?? images.map((byte) => byte / 255));
}

/** What the loss compares with in a step, `[batch, pixels]`. */
export function goldenTargets({ images, targets }: Golden, step: number): Float32Array<ArrayBuffer> {
  return floats(targets?.[step] ?? images.map((byte) => byte / 255));
}

export function floats(values: ArrayLike<number>): Float32Array<ArrayBuffer> {
  return Float32Array.from(values);
}

export function floatTable(table: Table): Record<string, Float32Array<ArrayBuffer>> {
  return Object.fromEntries(Object.entries(table).map(([name, values]) => [name, floats(values)]));
}
