/**
 * What each family must show after training on the shipped data: figures of papers
 * and of other frameworks, and laws that hold whatever the figures are.
 *
 * Every check prints what it measured; none is a unit test, they take minutes.
 */
import { readFile } from "node:fs/promises";
import type { OpenBackend } from "../../src/engine/backend";
import { figuresOfMerit } from "../../src/engine/figures/figures-of-merit";
import { parseClassifier } from "../../src/model/classifier";
import { REFERENCE_IMAGES, type FiguresOfMerit, type FiguresRequest } from "../../src/protocol/figures";
import { GAN_EPOCHS } from "../../src/protocol/gan-presets";
import { PRESETS } from "../../src/protocol/presets";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/protocol/run-config";
import { CONV_RESULTS, PUBLISHED } from "./conv-results";
import { trainedFor, type Trained } from "./train-preset";

export const FAMILY_PARTS = ["conv", "iwae", "beta", "gan", "pca"] as const;
export type FamilyPart = (typeof FAMILY_PARTS)[number];

export interface Verified {
  readonly claim: string;
  /** What was measured, for the table. */
  readonly found: string;
  readonly holds: boolean;
}

type Check = (opened: OpenBackend, seeds: readonly number[]) => Promise<Verified[]>;

export const FAMILY_CHECKS: Readonly<Record<FamilyPart, Check>> = {
  conv: keepsUpWithKeras,
  iwae: tightensWithSamples,
  beta: lowersTheKl,
  gan: coversTheDigits,
  pca: beatsPrincipalComponents,
};

const line = (...cells: string[]) => `| ${cells.join(" | ")} |`;

export function familyTable(rows: readonly Verified[]): string {
  return [
    line("claim", "found", "holds"),
    line("---", "---", "---"),
    ...rows.map(({ claim, found, holds }) => line(claim, found, holds ? "yes" : "**no**")),
  ].join("\n");
}

async function withTrained<T>(config: RunConfig, epochs: number, opened: OpenBackend, work: (trained: Trained) => Promise<T>): Promise<T> {
  const trained = await trainedFor(config, epochs, opened, "tfjs");
  try {
    return await work(trained);
  } finally {
    trained.trainer.dispose();
  }
}

async function figuresOf(config: RunConfig, { trainer, data, heldOut }: Trained, request: FiguresRequest): Promise<FiguresOfMerit> {
  const count = Math.min(REFERENCE_IMAGES, data.trainingLabels.length);
  const training = { pixels: data.training.subarray(0, count * trainer.network.pixels), labels: data.trainingLabels, count };
  const classifier =
    trainer.kind === "adversarial" ? parseClassifier(await readFile(`public/classifiers/${config.data}.safetensors`), config.data) : null;
  const work = figuresOfMerit({ trainer, config, request, training, heldOut, classifier });
  for (;;) {
    const { value, done } = await work.next();
    if (done === true) return value;
  }
}

/** Part by which another split's digits, other weights and other noise may move a figure: as in `pytorch-results`. */
const WIDENED = 0.03;

/** Keras' convolutional VAE beside PyTorch on the same split: after five epochs held to it, after ten told. */
async function keepsUpWithKeras(opened: OpenBackend, seeds: readonly number[]): Promise<Verified[]> {
  const [low, high] = [Math.min(...CONV_RESULTS[5]) * (1 - WIDENED), Math.max(...CONV_RESULTS[5]) * (1 + WIDENED)];
  const later = CONV_RESULTS[10].map((nats) => nats.toFixed(1)).join(", ");
  const published = `published: ${PUBLISHED.epoch10} after 10 epochs of ${PUBLISHED.images} images, these are 9,000`;
  const rows: Verified[] = [];
  for (const seed of seeds) {
    const config = { ...PRESETS["vae-conv"], seed };
    const heldOutAfter = (epochs: number) =>
      withTrained(config, epochs, opened, async ({ trainer, heldOut }) => -(await trainer.evaluate(heldOut)).elbo!);
    const [early, late] = [await heldOutAfter(5), await heldOutAfter(10)];
    rows.push({
      claim: `convolutional VAE, seed ${seed}: held-out −ELBO after 5 epochs in ${low.toFixed(1)} – ${high.toFixed(1)} (PyTorch ±3 %)`,
      found: `${early.toFixed(2)} nats; after 10 epochs ${late.toFixed(2)} (PyTorch, two seeds: ${later}; ${published})`,
      holds: early >= low && early <= high,
    });
  }
  return rows;
}

/** log p(x) of binarised digits is bounded the tighter the more samples (Burda et al. 2015, theorem 1). */
async function tightensWithSamples(opened: OpenBackend): Promise<Verified[]> {
  const config = PRESETS["vae-bernoulli"];
  const request = { importanceSamples: 512, images: 100 };
  const { posterior } = await withTrained(config, 10, opened, (trained) => figuresOf(config, trained, request));
  const bounds = posterior!.importance;
  return [
    {
      claim: `importance bounds on ${request.images} binarised digits rise with k`,
      found: bounds
        .map(({ samples, bound, standardError }) => `k = ${samples}: ${bound.toFixed(2)} ± ${standardError.toFixed(2)}`)
        .join("; "),
      holds: bounds.every(({ bound }, i) => i === 0 || bound > bounds[i - 1]!.bound) && bounds[0]!.bound < bounds.at(-1)!.bound,
    },
  ];
}

const BETAS = [0.5, 1, 2, 4, 8] as const;

async function lowersTheKl(opened: OpenBackend): Promise<Verified[]> {
  const kls: number[] = [];
  for (const beta of BETAS) {
    const config: RunConfig = { ...DEFAULT_CONFIG, latentDim: 10, beta };
    kls.push(await withTrained(config, 5, opened, async ({ trainer, heldOut }) => (await trainer.evaluate(heldOut)).kl!));
  }
  return [
    {
      claim: "held-out KL falls as β rises (784-400-10, 5 epochs)",
      found: BETAS.map((beta, i) => `β = ${beta}: ${kls[i]!.toFixed(2)}`).join("; "),
      holds: kls.every((kl, i) => i === 0 || kl < kls[i - 1]!),
    },
  ];
}

const CLASSES_ASKED = 9;

async function coversTheDigits(opened: OpenBackend, seeds: readonly number[]): Promise<Verified[]> {
  const rows: Verified[] = [];
  for (const seed of seeds) {
    const config = { ...PRESETS["gan-dense"], seed };
    const { coverage } = await withTrained(config, GAN_EPOCHS, opened, (trained) =>
      figuresOf(config, trained, { importanceSamples: 1, images: 1_000 }),
    );
    const { covered, counts, draws, classifierAccuracy } = coverage!;
    rows.push({
      claim: `the default GAN, seed ${seed}, ${GAN_EPOCHS} epochs, covers at least ${CLASSES_ASKED} of 10 digits (1 % of ${draws} draws each)`,
      found: `${covered}: ${counts.join(", ")} (classifier right on ${(100 * classifierAccuracy).toFixed(1)} %)`,
      holds: covered >= CLASSES_ASKED,
    });
  }
  return rows;
}

async function beatsPrincipalComponents(opened: OpenBackend): Promise<Verified[]> {
  const rows: Verified[] = [];
  for (const latentDim of [2, 8]) {
    const config: RunConfig = { ...DEFAULT_CONFIG, model: "ae", reconstruction: "mse", latentDim };
    const { baseline, images } = await withTrained(config, 10, opened, (trained) =>
      figuresOf(config, trained, { importanceSamples: 1, images: 1_000 }),
    );
    const { modelSquaredError, pcaSquaredError, fittedImages } = baseline!;
    rows.push({
      claim: `an autoencoder 784-400-${latentDim}, 10 epochs, has a lower squared error on ${images} held-out digits than PCA with ${latentDim} components (of ${fittedImages})`,
      found: `${modelSquaredError.toFixed(2)} against ${pcaSquaredError.toFixed(2)}`,
      holds: modelSquaredError < pcaSquaredError,
    });
  }
  return rows;
}
