/**
 * The three networks that every engine is timed with, as configs of the app: BCE from
 * logits summed over pixels, KL, Adam 1e-3, PyTorch's initialiser, 28×28 grey images.
 */
import { describeNetwork, type Network } from "../src/model/network";
import { DATASETS } from "../src/protocol/datasets";
import { DEFAULT_CONFIG, type ConvLayer, type DenseLayer, type RunConfig } from "../src/protocol/run-config";

export const MODELS = ["dense", "deep", "conv"] as const;
export type ModelName = (typeof MODELS)[number];

/** Images on the device; speed does not depend on how many there are. */
export const TRAIN_IMAGES = 2_000;

const relu = (units: number): DenseLayer => ({ units, activation: "relu" });
const conv = (filters: number, stride: 1 | 2): ConvLayer => ({ filters, kernel: 3, stride, activation: "relu" });

type Layers = Pick<RunConfig, "encoder" | "latentDim" | "decoder">;

const LAYERS: Readonly<Record<ModelName, Layers>> = {
  /** 784-400-20, as in PyTorch's example. */
  dense: wide(400),
  /** 784-128-64-32-16-8-4-2 and mirrored. */
  deep: { encoder: [128, 64, 32, 16, 8, 4].map(relu), latentDim: 2, decoder: [4, 8, 16, 32, 64, 128].map(relu) },
  /** Keras' convolutional VAE; its last transposed convolution, of stride 1 to one channel, is the output layer. */
  conv: {
    encoder: [conv(32, 2), conv(64, 2), relu(16)],
    latentDim: 2,
    decoder: [relu(7 * 7 * 64), conv(64, 2), conv(32, 2)],
  },
};

function wide(units: number): Layers {
  return { encoder: [relu(units)], latentDim: 20, decoder: [relu(units)] };
}

/** @param width hidden units in place of 400; of `dense` only */
export function benchConfig(model: ModelName, batch: number, width: number | null = null): RunConfig {
  if (width !== null && model !== "dense") throw new RangeError(`benchConfig: ${model} has no one width`);
  const layers = width === null ? LAYERS[model] : wide(width);
  return { ...DEFAULT_CONFIG, ...layers, batchSize: batch, trainSize: TRAIN_IMAGES };
}

export function benchNetwork(config: RunConfig): Network {
  return describeNetwork(config, DATASETS[config.data].image);
}
