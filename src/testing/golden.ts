/** The golden files of `scripts/golden.py`: numbers of PyTorch in float64. */
import { describeNetwork, type Network } from "../model/network";
import type { ImageShape } from "../protocol/datasets";
import { DEFAULT_CONFIG, type InitialiserKind, type OptimiserKind, type RunConfig } from "../protocol/run-config";
import aeBce from "./golden/ae-bce.json";
import aeMse from "./golden/ae-mse.json";
import convAeMse from "./golden/conv-ae-mse.json";
import convVaeBce from "./golden/conv-vae-bce.json";
import vaeBce from "./golden/vae-bce.json";
import vaeMse from "./golden/vae-mse.json";

type Table = Readonly<Record<string, readonly number[]>>;

export interface Golden {
  readonly image: ImageShape;
  readonly config: Pick<RunConfig, "model" | "encoder" | "latentDim" | "decoder" | "outputActivation" | "reconstruction" | "beta">;
  readonly batch: number;
  /** Bytes, `[batch, pixels]`. */
  readonly images: readonly number[];
  /** Of each step, `[batch, latentDim]`. */
  readonly epsilon: readonly (readonly number[])[];
  readonly weights: Table;
  readonly forward: {
    readonly mean: readonly number[];
    readonly logVar: readonly number[] | null;
    readonly z: readonly number[];
    readonly logits: readonly number[];
    readonly reconstruction: readonly number[];
    /** `[batch]`, as `kl`. */
    readonly losses: readonly number[];
    readonly kl: readonly number[];
  };
  readonly objective: number;
  readonly gradients: Table;
  readonly momentum: number;
  /** After a step for each row of `epsilon`, on the same images. */
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
};

export function goldenNetwork({ config, image }: Golden): Network {
  return describeNetwork(config, image);
}

export function goldenConfig({ config, momentum, batch }: Golden, trained?: Golden["trained"][number]): RunConfig {
  const { optimiser, initialiser, learningRate } = trained ?? DEFAULT_CONFIG;
  return { ...DEFAULT_CONFIG, ...config, trainSize: batch, batchSize: batch, momentum, optimiser, initialiser, learningRate };
}

export function floats(values: ArrayLike<number>): Float32Array<ArrayBuffer> {
  return Float32Array.from(values);
}

export function floatTable(table: Table): Record<string, Float32Array<ArrayBuffer>> {
  return Object.fromEntries(Object.entries(table).map(([name, values]) => [name, floats(values)]));
}
