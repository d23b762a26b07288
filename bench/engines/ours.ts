/** The project's own trainer on TensorFlow.js, through the same doors as the worker's. */
import { openBackend } from "../../src/engine/backend";
import { createTrainer } from "../../src/engine/create-trainer";
import { initialWeights } from "../../src/model/initial-weights";
import { describeNetwork } from "../../src/model/network";
import type { EngineName, RunConfig } from "../../src/protocol/run-config";
import { DEFAULT_CONFIG } from "../../src/protocol/run-config";
import { benchImages, type BenchBackend, type Peer, type PeerSize } from "./peer";

const TRAIN_IMAGES = 2_000;

export async function ours(engine: EngineName, backend: BenchBackend, { pixels, hidden, latent, batch }: PeerSize): Promise<Peer> {
  const side = Math.sqrt(pixels);
  const layer = { units: hidden, activation: "relu" } as const;
  const config: RunConfig = {
    ...DEFAULT_CONFIG,
    encoder: [layer],
    latentDim: latent,
    decoder: [layer],
    batchSize: batch,
    trainSize: TRAIN_IMAGES,
  };
  const network = describeNetwork(config, { height: side, width: side, channels: 1 });
  const opened = await openBackend(backend);
  const training = { pixels: benchImages(TRAIN_IMAGES, pixels) };
  const inputs = { config, network, weights: initialWeights(network, config.initialiser, config.seed), training };
  const trainer = await createTrainer(inputs, opened, engine);
  return {
    step: () => trainer.train(1),
    settle: async () => (await trainer.readLosses()).objective.at(-1)!,
    adapter: opened.adapter,
  };
}
