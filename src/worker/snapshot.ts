/** The model as it stands, as the page shows it. */
import type { AnyTrainer, Images, Trainer } from "../engine/trainer";
import type { Bytes, Examples, Snapshot } from "../protocol/messages";
import { adversarialSnapshot, type Stage } from "./adversarial-snapshot";

/** More would be a wall of stamps, at every snapshot. */
const MAX_EXAMPLES = 64;

export interface SnapshotWishes {
  readonly examples: Examples;
  /** Of the examples to reconstruct; of a GAN only how many there are counts. */
  readonly indices: readonly number[];
  /** What a GAN is looked at by; read in no other family. */
  readonly stage: Stage | null;
}

/** @throws Error when there is no stage for a GAN */
export function takeSnapshot(trainer: AnyTrainer, { examples, indices, stage }: SnapshotWishes): Promise<Omit<Snapshot, "id">> {
  if (trainer.kind === "autoencoder") return autoencoderSnapshot(trainer, examples, indices);
  if (stage === null) throw new Error("takeSnapshot: a GAN has to be set on its stage");
  return adversarialSnapshot(trainer, stage, indices);
}

async function autoencoderSnapshot(
  trainer: Trainer,
  { pixels, labels }: Examples,
  indices: readonly number[],
): Promise<Omit<Snapshot, "id">> {
  const { step } = trainer;
  const chosen: Images = {
    pixels: gather(pixels, trainer.network.pixels, indices),
    count: indices.length,
    labels: Uint8Array.from(indices, (index) => labels[index]!),
    places: indices,
  };
  // Asked for together, so that a GPU answers them together; no step comes in between.
  const [weights, posterior, reconstructions] = await Promise.all([
    trainer.exportWeights(),
    trainer.encode({ pixels, count: labels.length, labels }),
    trainer.reconstruct(chosen),
  ]);
  return {
    step,
    weights,
    posteriorMean: posterior.mean,
    posteriorLogVar: posterior.logVar,
    exampleIndices: [...indices],
    reconstructions: reconstructions.pixels,
    exampleLosses: reconstructions.losses,
    adversarial: null,
  };
}

/** `[indices, pixels]` */
function gather(images: Bytes, pixels: number, indices: readonly number[]): Bytes {
  const chosen = new Uint8Array(indices.length * pixels);
  indices.forEach((index, i) => chosen.set(images.subarray(index * pixels, (index + 1) * pixels), i * pixels));
  return chosen;
}

/** Those of `indices` that are indices into `count` examples; the first few of them. */
export function validExamples(indices: readonly number[], count: number): number[] {
  return indices.filter((index) => Number.isInteger(index) && index >= 0 && index < count).slice(0, MAX_EXAMPLES);
}
