/**
 * Holds both engines to their word: `npm run verify:reference`. Takes minutes; no unit test.
 *
 * - `reference`: trains preset B on the shipped digits and holds the held-out −ELBO against what PyTorch reaches.
 * - `curves`: trains 784-400-20 on both engines from the same seed and compares the loss terms of every step.
 * - `conv`, `iwae`, `beta`, `gan`, `pca`: what the other families must show (`reference/families`), on TensorFlow.js.
 *
 *   npm run verify:reference -- --parts=reference --engines=compiled --models=20 --seeds=0,1 --epochs=10
 *   npm run verify:reference -- --parts=curves --backend=cpu
 *
 * The compiled engine runs on WebGPU through Dawn, on the machine's own adapter or on Chromium's software adapter; TensorFlow.js on
 * `--backend`. Prints Markdown tables; exits with 1 when a figure is outside the allowed range.
 */
import { pathToFileURL } from "node:url";
import { createDatasetLoader, type LoadedDataset } from "../src/datasets/dataset-loader";
import { openBackend, type OpenBackend } from "../src/engine/backend";
import { buildTrainer } from "../src/engine/create-trainer";
import type { Trainer } from "../src/engine/trainer";
import { initialWeights } from "../src/model/initial-weights";
import { describeNetwork } from "../src/model/network";
import type { LossColumns } from "../src/protocol/messages";
import { DEFAULT_CONFIG, stepsPerEpoch, type EngineName, type RunConfig } from "../src/protocol/run-config";
import { closeDawn, openDawn } from "./dawn.mjs";
import { CURVE_STEPS, curveTable, deviations, judgeCurve, nudged, NUDGES, type Nudge } from "./reference/curves";
import { FAMILY_CHECKS, FAMILY_PARTS, familyTable, type FamilyPart, type Verified } from "./reference/families";
import { folderFetch } from "./reference/folder-fetch";
import { readOptions, type VerifyOptions } from "./reference/options";
import type { LatentDim, ReferenceEpoch } from "./reference/pytorch-results";
import { outside, reportTable, type RunResult } from "./reference/report";

export async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  const loader = createDatasetLoader({ baseUrl: pathToFileURL("public/data/").href, fetch: folderFetch });
  const data = await loader.load("mnist", { trainSize: DEFAULT_CONFIG.trainSize });
  await data.waitForAll();
  await openDawn();
  try {
    const results: boolean[] = [];
    if (options.parts.includes("curves")) results.push(await verifyCurves(options, data));
    if (options.parts.includes("reference")) results.push(await verifyReference(options, data));
    const parts = FAMILY_PARTS.filter((part) => options.parts.includes(part));
    if (parts.length > 0) results.push(await verifyFamilies(parts, options));
    return results.every(Boolean) ? 0 : 1;
  } finally {
    closeDawn();
  }
}

async function verifyReference(options: VerifyOptions, data: LoadedDataset): Promise<boolean> {
  const runs: RunResult[] = [];
  for (const engine of options.engines) {
    await withBackend(engine, options, async (opened) => {
      for (const latentDim of options.models) {
        for (const seed of options.seeds) runs.push(await trainOnce(opened, data, { engine, latentDim, seed }, options.epochs));
      }
    });
  }
  const failures = outside(runs).length;
  console.log(`\nHeld-out −ELBO, nats per image\n\n${reportTable(runs, options.epochs)}\n`);
  console.log(failures === 0 ? "All figures are within the allowed range." : `${failures} figures are outside the allowed range.`);
  return failures === 0;
}

async function verifyFamilies(parts: readonly FamilyPart[], options: VerifyOptions): Promise<boolean> {
  const rows: Verified[] = [];
  await withBackend("tfjs", options, async (opened) => {
    for (const part of parts) {
      const found = await FAMILY_CHECKS[part](opened, options.seeds);
      for (const { claim, found: measured, holds } of found) console.log(`${holds ? "holds" : "FAILS"}: ${claim}: ${measured}`);
      rows.push(...found);
    }
  });
  console.log(`\n${familyTable(rows)}\n`);
  return rows.every(({ holds }) => holds);
}

/** TensorFlow.js has one active backend: one is closed before the next is opened. */
async function withBackend<T>(engine: EngineName, { backend }: VerifyOptions, work: (opened: OpenBackend) => Promise<T>): Promise<T> {
  const opened = await openBackend(engine === "compiled" ? "webgpu" : backend, { engine });
  console.log(`${engine} on ${opened.backend}${opened.adapter === "" ? "" : ` (${opened.adapter})`}`);
  try {
    return await work(opened);
  } finally {
    opened.close();
  }
}

interface RunId {
  readonly engine: EngineName;
  readonly latentDim: LatentDim;
  readonly seed: number;
}

async function trainerOf(
  opened: OpenBackend,
  data: LoadedDataset,
  { engine, latentDim, seed }: RunId,
  nudge: Nudge | null,
): Promise<Trainer> {
  const config: RunConfig = { ...DEFAULT_CONFIG, latentDim, seed };
  const network = describeNetwork(config, data.image);
  const drawn = initialWeights(network, config.initialiser, seed);
  const weights = nudge === null ? drawn : nudged(drawn, nudge);
  const { trainer, report } = await buildTrainer({ config, network, weights, training: { pixels: data.training } }, opened, engine);
  if (trainer.engine === engine && trainer.kind === "autoencoder") return trainer;
  trainer.dispose();
  throw new Error(`verify-reference: no ${engine} trainer: ${report.engineNote?.reason ?? ""}: ${report.engineNote?.detail ?? ""}`);
}

async function trainOnce(opened: OpenBackend, data: LoadedDataset, run: RunId, epochs: readonly ReferenceEpoch[]): Promise<RunResult> {
  const trainer = await trainerOf(opened, data, run, null);
  const heldOut = new Map<ReferenceEpoch, number>();
  try {
    for (const epoch of epochs) {
      await trainUntil(trainer, epoch * stepsPerEpoch(DEFAULT_CONFIG));
      const { elbo, reconstruction, kl } = await trainer.evaluate({ pixels: data.heldOut, count: data.heldOutLabels.length });
      heldOut.set(epoch, -elbo!);
      const terms = `reconstruction ${reconstruction!.toFixed(2)} + KL ${kl!.toFixed(2)} = ${(-elbo!).toFixed(2)} nats`;
      console.log(`${run.engine}, 784-400-${run.latentDim}, seed ${run.seed}, epoch ${epoch}: ${terms}`);
    }
  } finally {
    trainer.dispose();
  }
  return { ...run, heldOut };
}

/** Steps between two readings of the losses, which would pile up otherwise. */
const STEPS_PER_READING = 50;

async function trainUntil(trainer: Trainer, step: number): Promise<LossColumns[]> {
  const read: LossColumns[] = [];
  while (trainer.step < step) {
    const last = Math.min(step, trainer.step + STEPS_PER_READING);
    while (trainer.step < last) {
      trainer.train(1);
      await trainer.submits?.room();
    }
    read.push(await trainer.readLosses());
  }
  return read;
}

/** 784-400-20, batch 128. */
async function verifyCurves(options: VerifyOptions, data: LoadedDataset): Promise<boolean> {
  const curvesOf = (engine: EngineName, nudges: readonly (Nudge | null)[]) =>
    withBackend(engine, options, async (opened) => {
      const bySeed: LossColumns[][] = [];
      for (const seed of options.seeds) {
        const columns: LossColumns[] = [];
        for (const nudge of nudges) columns.push(await curveOf(opened, data, { engine, latentDim: 20, seed }, nudge));
        bySeed.push(columns);
      }
      return bySeed;
    });
  const compiled = await curvesOf("compiled", [null]);
  const tfjs = await curvesOf("tfjs", [null, ...NUDGES]);
  const curves = options.seeds.map((seed, i) => {
    const [reference, ...moved] = tfjs[i]!;
    const own = moved.map((columns) => deviations(columns, reference!));
    return { seed, terms: judgeCurve(deviations(compiled[i]![0]!, reference!), own) };
  });
  console.log(`\nSame curves, 784-400-20, ${CURVE_STEPS} steps, compiled against tfjs on ${options.backend}\n\n${curveTable(curves)}\n`);
  return curves.every(({ terms }) => terms.every(({ isSame }) => isSame));
}

async function curveOf(opened: OpenBackend, data: LoadedDataset, run: RunId, nudge: Nudge | null): Promise<LossColumns> {
  const trainer = await trainerOf(opened, data, run, nudge);
  try {
    return joined(await trainUntil(trainer, CURVE_STEPS));
  } finally {
    trainer.dispose();
  }
}

function joined(pieces: readonly LossColumns[]): LossColumns {
  const all = (pick: (piece: LossColumns) => Iterable<number>) => pieces.flatMap((piece) => [...pick(piece)]);
  return {
    step: Uint32Array.from(all(({ step }) => step)),
    reconstruction: Float32Array.from(all(({ reconstruction }) => reconstruction!)),
    kl: Float32Array.from(all(({ kl }) => kl!)),
    objective: Float32Array.from(all(({ objective }) => objective!)),
  };
}
