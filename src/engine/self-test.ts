/**
 * Proves an engine on a backend by training with it: two steps of a small variational autoencoder,
 * whose loss terms are known. The second step's losses come out right only if every
 * gradient and the update of the first did. Some drivers answer zeros; this sees it.
 *
 * The known values are those of the float64 twin (`testing/training-twin`); a test holds them to it.
 */
import { describeNetwork } from "../model/network";
import { initialWeights } from "../model/initial-weights";
import type { ImageShape } from "../protocol/datasets";
import { FailureError } from "../protocol/failure";
import { DEFAULT_CONFIG, type BackendName, type RunConfig } from "../protocol/run-config";
import type { Trainer, TrainerInputs } from "./trainer";

/** What is proved: dense layers, or convolutions and transposed ones between them. */
export type SelfTestKind = "dense" | "conv";

interface SelfTestCase {
  readonly layers: Pick<RunConfig, "encoder" | "decoder">;
  readonly image: ImageShape;
  /** Loss terms of steps 1 and 2, nats per image. */
  readonly known: { readonly reconstruction: readonly number[]; readonly kl: readonly number[] };
}

/** No width a multiple of 4. */
export const SELF_TESTS: Readonly<Record<SelfTestKind, SelfTestCase>> = {
  dense: {
    layers: { encoder: [{ units: 9, activation: "relu" }], decoder: [{ units: 7, activation: "tanh" }] },
    image: { height: 7, width: 5, channels: 1 },
    known: { reconstruction: [24.198324, 23.52161], kl: [0.11907588, 0.11130034] },
  },
  conv: {
    layers: {
      encoder: [{ filters: 3, kernel: 3, stride: 2, activation: "relu" }],
      decoder: [
        { units: 12, activation: "tanh" },
        { filters: 3, kernel: 4, stride: 2, activation: "relu" },
      ],
    },
    image: { height: 4, width: 6, channels: 1 },
    known: { reconstruction: [19.36244, 10.534106], kl: [0.051612278, 0.039225815] },
  },
};

/** Plain descent, as its update keeps a gradient's size. */
const CONFIG: RunConfig = {
  ...DEFAULT_CONFIG,
  trainSize: 5,
  batchSize: 5,
  latentDim: 3,
  optimiser: "sgd",
  learningRate: 0.1,
};

/**
 * float32 through transcendental functions as loose as WGSL allows stays within 1e-4; a broken kernel is wrong in its first
 * digit.
 */
const TOLERANCE = 1e-3;

export function selfTestInputs(kind: SelfTestKind = "dense"): TrainerInputs {
  const { layers, image } = SELF_TESTS[kind];
  const config = { ...CONFIG, ...layers };
  const network = describeNetwork(config, image);
  const pixels = Uint8Array.from({ length: config.trainSize * network.pixels }, (_, i) => ((i * 89) % 256) >> 2);
  return { config, network, weights: initialWeights(network, config.initialiser, config.seed), training: { pixels } };
}

/** @throws FailureError `self-test-failed` when a number is off. */
export async function selfTest(
  backend: BackendName,
  create: (inputs: TrainerInputs) => Promise<Trainer>,
  kind: SelfTestKind = "dense",
): Promise<void> {
  const trainer = await create(selfTestInputs(kind));
  const { known } = SELF_TESTS[kind];
  try {
    trainer.train(2);
    const { reconstruction, kl } = await trainer.readLosses();
    const found = { reconstruction: [...(reconstruction ?? [])], kl: [...(kl ?? [])] };
    for (const term of ["reconstruction", "kl"] as const) {
      const isRight = known[term].every((value, i) => Math.abs(found[term][i]! - value) <= TOLERANCE * Math.abs(value));
      if (isRight) continue;
      const message = `${term} ${found[term].join(", ")}; ${known[term].join(", ")} wanted`;
      throw new FailureError({ kind: "self-test-failed", backend, message });
    }
  } finally {
    trainer.dispose();
  }
}
