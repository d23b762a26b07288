/**
 * What half precision costs a run's past: the held-out loss of a VAE trained here on shipped
 * digits, by the plain pass, with its weights as they are and as a moment keeps them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBackend, type OpenBackend } from "../engine/backend";
import { buildTrainer } from "../engine/create-trainer";
import { decodeLogits, encode } from "../model/forward";
import { initialWeights } from "../model/initial-weights";
import { describeNetwork } from "../model/network";
import { reconstructionLosses } from "../model/reconstruction-loss";
import { DATASETS } from "../protocol/datasets";
import type { Bytes, Floats, Snapshot, WeightTable } from "../protocol/messages";
import { DEFAULT_CONFIG, type RunConfig } from "../protocol/run-config";
import { packMoment, unpackMoment } from "./moments";

const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  trainSize: 2_000,
  encoder: [{ units: 64, activation: "relu" }],
  decoder: [{ units: 64, activation: "relu" }],
};
const STEPS = 80;
const HELD_OUT = 500;
const PATIENCE_MS = 100_000;

/** The first images of a shipped file, and their labels. */
function shipped(file: string, images: number): { readonly pixels: Bytes; readonly labels: Bytes } {
  const bytes = gunzipSync(new Uint8Array(readFileSync(join(import.meta.dirname, "../../public/data/mnist", file))));
  const all = bytes.length / 785; // pixels of all images, then a label each
  return { pixels: bytes.slice(0, images * 784), labels: bytes.slice(all * 784, all * 784 + images) };
}

const network = describeNetwork(CONFIG, DATASETS.mnist.image);
const held = Float32Array.from(shipped("held-out-00.bin", HELD_OUT).pixels, (byte) => byte / 255);

let backend: OpenBackend;
beforeAll(async () => {
  backend = await openBackend("wasm", { engine: "tfjs" });
});
afterAll(() => backend.close());

/** Mean over the held-out images of −log p(x | z = μ) and of the KL, nats. */
function heldOutLoss(weights: WeightTable): { readonly reconstruction: number; readonly kl: number } {
  const { mean, logVar } = encode(network, weights, held, HELD_OUT);
  const losses = reconstructionLosses(CONFIG, decodeLogits(network, weights, mean, HELD_OUT), held, HELD_OUT);
  let kl = 0;
  mean.forEach((m, i) => (kl += 0.5 * (m * m + Math.exp(logVar![i]!) - 1 - logVar![i]!)));
  return { reconstruction: losses.reduce((sum, loss) => sum + loss, 0) / HELD_OUT, kl: kl / HELD_OUT };
}

const none: Floats = new Float32Array(0);
const snapshotOf = (weights: WeightTable): Snapshot => ({
  id: 1,
  step: STEPS,
  weights,
  posteriorMean: none,
  posteriorLogVar: none,
  exampleIndices: [],
  reconstructions: none,
  exampleLosses: none,
  adversarial: null,
});

/**
 * Every weight is off by at most 2^-11 of itself, up or down as chance has it. A unit sums 64 of them or more, so that its sum is off
 * by about 2^-11 / √64 of itself, and so is what is lost of it; twice that is allowed. Measured: 2e-6 of the reconstruction, 3e-5
 * of the KL.
 */
const TOLERANCE = (2 * 2 ** -11) / Math.sqrt(64);

test(
  "a moment's model loses as much on held-out digits as the run's did, to a part in eight thousand",
  async () => {
    const { trainer } = await buildTrainer(
      {
        config: CONFIG,
        network,
        weights: initialWeights(network, CONFIG.initialiser, CONFIG.seed),
        training: shipped("train-00.bin", CONFIG.trainSize),
      },
      backend,
      "tfjs",
    );
    for (let step = 0; step < STEPS; step++) trainer.train(1);
    const weights = await trainer.exportWeights();
    trainer.dispose();
    const whole = heldOutLoss(weights);
    const half = heldOutLoss(
      unpackMoment(await packMoment({ step: STEPS, model: { kind: "whole", snapshot: snapshotOf(weights) } })).weights,
    );
    // It has learnt something: an untrained one is above 500 nats.
    expect(whole.reconstruction).toBeLessThan(230);
    expect(Math.abs(half.reconstruction / whole.reconstruction - 1)).toBeLessThan(TOLERANCE);
    expect(Math.abs(half.kl / whole.kl - 1)).toBeLessThan(TOLERANCE);
  },
  PATIENCE_MS,
);
