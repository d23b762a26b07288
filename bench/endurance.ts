/**
 * Thousands of steps of a small network on the compiled trainer, with what a session
 * does beside them: losses read, the held-out cloud encoded, weights exported.
 */
import { openBackend } from "../src/engine/backend";
import { buildTrainer } from "../src/engine/create-trainer";
import type { Trainer } from "../src/engine/trainer";
import { initialWeights } from "../src/model/initial-weights";
import { DEFAULT_CONFIG, type RunConfig } from "../src/protocol/run-config";
import { countBuffers, type BufferCensus } from "./buffer-census";
import { benchImages } from "./engines/peer";
import { run } from "./engines/ours";
import { benchNetwork } from "./models";

export interface Endurance {
  /** Builds the trainer. @returns the engine that it got */
  open(): Promise<string>;
  train(steps: number): Promise<BufferCensus & { readonly step: number; readonly objective: number }>;
}

/** Small, so that ten thousand steps on a software adapter are a matter of a minute. */
const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  encoder: [{ units: 16, activation: "relu" }],
  decoder: [{ units: 16, activation: "relu" }],
  batchSize: 8,
  trainSize: 1_000,
};
const STEPS_PER_REPORT = 250;
const CLOUD = 100;

export function createEndurance(): Endurance {
  const census = countBuffers();
  const network = benchNetwork(CONFIG);
  const pixels = benchImages(CONFIG.trainSize, network.pixels);
  const cloud = pixels.slice(0, CLOUD * network.pixels);
  let trainer: Trainer | null = null;
  return {
    open: async () => {
      const weights = initialWeights(network, CONFIG.initialiser, CONFIG.seed);
      const opened = await openBackend("webgpu", { engine: "compiled" });
      const built = await buildTrainer({ config: CONFIG, network, weights, training: { pixels } }, opened, "compiled");
      if (built.trainer.kind === "autoencoder") trainer = built.trainer;
      return built.trainer.engine;
    },
    train: async (steps) => {
      let objective = Number.NaN;
      for (let done = 0; done < steps; done += STEPS_PER_REPORT) {
        // oxlint-disable no-await-in-loop -- as a session does, one after the other
        await run(trainer!, STEPS_PER_REPORT);
        objective = (await trainer!.readLosses()).objective!.at(-1)!;
        await trainer!.encode({ pixels: cloud, count: CLOUD });
        await trainer!.exportWeights();
        // oxlint-enable no-await-in-loop
      }
      return { ...census(), step: trainer!.step, objective };
    },
  };
}
