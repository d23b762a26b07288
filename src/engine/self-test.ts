/**
 * Proves an engine on a backend by training with it: two steps of a small variational autoencoder,
 * whose loss terms are known. The second step's losses come out right only if every
 * gradient and the update of the first did. Some drivers answer zeros; this sees it.
 *
 * The known values are those of the float64 twin (`testing/training-twin`); a test holds them to it.
 */
import { describeNetwork } from "../model/network";
import { initialWeights } from "../model/initial-weights";
import { FailureError } from "../protocol/failure";
import { DEFAULT_CONFIG, type BackendName, type RunConfig } from "../protocol/run-config";
import type { Trainer, TrainerInputs } from "./trainer";

/** No size a multiple of 4; plain descent, as its update keeps a gradient's size. */
const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  trainSize: 5,
  batchSize: 5,
  encoder: [{ units: 9, activation: "relu" }],
  latentDim: 3,
  decoder: [{ units: 7, activation: "tanh" }],
  optimiser: "sgd",
  learningRate: 0.1,
};

const IMAGE = { height: 7, width: 5, channels: 1 };

/** Loss terms of steps 1 and 2, nats per image. */
export const SELF_TEST_KNOWN = {
  reconstruction: [24.198324, 23.52161],
  kl: [0.11907588, 0.11130034],
} as const;

/**
 * float32 through transcendental functions as loose as WGSL allows stays within 1e-4; a broken kernel is wrong in its first
 * digit.
 */
const TOLERANCE = 1e-3;

export function selfTestInputs(): TrainerInputs {
  const network = describeNetwork(CONFIG, IMAGE);
  const pixels = Uint8Array.from({ length: CONFIG.trainSize * network.pixels }, (_, i) => ((i * 89) % 256) >> 2);
  return { config: CONFIG, network, weights: initialWeights(network, CONFIG.initialiser, CONFIG.seed), training: { pixels } };
}

/** @throws FailureError `self-test-failed` when a number is off. */
export async function selfTest(backend: BackendName, create: (inputs: TrainerInputs) => Promise<Trainer>): Promise<void> {
  const trainer = await create(selfTestInputs());
  try {
    trainer.train(2);
    const { reconstruction, kl } = await trainer.readLosses();
    const found = { reconstruction: [...reconstruction], kl: [...kl] };
    for (const term of ["reconstruction", "kl"] as const) {
      const isRight = SELF_TEST_KNOWN[term].every((known, i) => Math.abs(found[term][i]! - known) <= TOLERANCE * Math.abs(known));
      if (isRight) continue;
      const message = `${term} ${found[term].join(", ")}; ${SELF_TEST_KNOWN[term].join(", ")} wanted`;
      throw new FailureError({ kind: "self-test-failed", backend, message });
    }
  } finally {
    trainer.dispose();
  }
}
