/**
 * A few steps of a small VAE on the compiled engine, in Node on Dawn;
 * prints their loss terms as one line of JSON. `dawn.test.ts` runs it in a process of its own.
 */
import { describeNetwork } from "../src/model/network";
import { initialWeights } from "../src/model/initial-weights";
import { startWebGpu } from "../src/engine/backend-webgpu";
import { createCompiledTrainer } from "../src/engine/compiled/compiled-trainer";
import { DEFAULT_TUNING } from "../src/engine/compiled/tuning-choice";
import type { TrainerInputs } from "../src/engine/trainer";
import { DEFAULT_CONFIG, type RunConfig } from "../src/protocol/run-config";
import { closeDawn, openDawn } from "./dawn.mjs";

export const STEPS = 4;

export interface DawnTrained {
  readonly adapter: string;
  readonly reconstruction: readonly number[];
  readonly kl: readonly number[];
}

/** No size a multiple of 4, and little enough for the float64 twin's central differences. */
export function dawnInputs(): TrainerInputs {
  const config: RunConfig = {
    ...DEFAULT_CONFIG,
    trainSize: 14,
    batchSize: 7,
    encoder: [{ units: 6, activation: "relu" }],
    latentDim: 3,
    decoder: [{ units: 5, activation: "tanh" }],
    learningRate: 0.02,
    seed: 3,
  };
  const network = describeNetwork(config, { height: 5, width: 3, channels: 1 });
  const pixels = Uint8Array.from({ length: config.trainSize * network.pixels }, (_, i) => (i * 89) % 256);
  return { config, network, weights: initialWeights(network, config.initialiser, config.seed), training: { pixels } };
}

/** Without the doors of `openBackend`, which first measure kernels and train for a self-test: on a software adapter that takes a while. */
export async function main(): Promise<void> {
  await openDawn();
  const started = await startWebGpu();
  const trainer = await createCompiledTrainer(dawnInputs(), { device: started.gpu!.device, tuning: DEFAULT_TUNING });
  trainer.train(STEPS);
  const { reconstruction, kl } = await trainer.readLosses();
  const trained: DawnTrained = { adapter: started.adapter, reconstruction: [...reconstruction!], kl: [...kl!] };
  console.log(JSON.stringify(trained));
  trainer.dispose();
  started.close();
  closeDawn();
}
