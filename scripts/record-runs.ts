/**
 * Trains the recorded runs and writes them as the page loads them: `npm run record`.
 *
 *   npm run record                      all of them, which takes half an hour on one core
 *   npm run record -- digits-vae        some of them
 *   npm run record -- --none            the manifest alone
 *
 * By this project's own engine, TensorFlow.js on WebAssembly, from the seed of each config: on another machine the same up to
 * rounding. The files are committed.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync, gzipSync } from "fflate";
import { crc32 } from "../src/datasets/crc32";
import { openBackend, type OpenBackend } from "../src/engine/backend";
import { buildTrainer } from "../src/engine/create-trainer";
import { fixedDraws } from "../src/engine/figures/fixed-draws";
import type { AnyTrainer } from "../src/engine/trainer";
import { fromHalf, toHalf } from "../src/lib/half";
import { parseClassifier } from "../src/model/classifier";
import { decode, encode } from "../src/model/forward";
import { initialWeights } from "../src/model/initial-weights";
import { describeNetwork, type Network } from "../src/model/network";
import { formatAddress } from "../src/protocol/address";
import type { AdversarialSnapshot, Bytes, Evaluation, Floats, LossColumns, WeightTable } from "../src/protocol/messages";
import { RECORDED, RECORDED_IDS, recordedConfig, type RecordedId } from "../src/protocol/recorded";
import { stepsPerEpoch, type RunConfig } from "../src/protocol/run-config";
import { packRecorded, type RecordedFile } from "../src/survey/recorded-file";
import { MOST_IMAGES } from "../src/survey/recorded";
import { heldOutLoss } from "../src/survey/recorded-loss";
import type { LoadedDataset } from "../src/datasets/dataset-loader";
import { RUNS_VERSION } from "../src/survey/runs-manifest";
import { loadAll } from "./reference/train-preset";

const FOLDER = "public/runs";

/** Draws and images that a GAN is looked at by, as the worker takes them. */
const STAGE = 512;
/** Images by which the rounding is judged. */
const JUDGED = 500;

export async function main(args: string[]): Promise<void> {
  const wanted = args.length === 0 ? RECORDED_IDS : RECORDED_IDS.filter((id) => args.includes(id));
  const strange = args.find((arg) => arg !== "--none" && !(RECORDED_IDS as readonly string[]).includes(arg));
  if (strange !== undefined) throw new Error(`record-runs: ${strange} is none of ${RECORDED_IDS.join(", ")}`);
  mkdirSync(FOLDER, { recursive: true });
  if (wanted.length > 0) {
    const opened = await openBackend("wasm", { engine: "tfjs" });
    for (const id of wanted) await record(id, opened);
    opened.close();
  }
  writeManifest();
}

async function record(id: RecordedId, opened: OpenBackend): Promise<void> {
  const config = recordedConfig(id);
  const data = await loadAll(config);
  const network = describeNetwork(config, data.image);
  const weights = initialWeights(network, config.initialiser, config.seed);
  const training = { pixels: data.training, labels: data.trainingLabels };
  const { trainer } = await buildTrainer({ config, network, weights, training }, opened, "tfjs");
  try {
    const { losses, evaluations } = await train(id, config, trainer, data);
    const { step } = trainer;
    const file = {
      ...fileOf(config, network, await trainer.exportWeights(), data),
      step,
      epochs: RECORDED[id].epochs,
      losses,
      evaluations,
    };
    const packed = gzipSync(packRecorded(network, file), { level: 9, mem: 12, mtime: 0 });
    writeFileSync(resolve(FOLDER, `${id}.bin`), packed);
    const { single, half } = file.rounding;
    const rounding = `${single.toFixed(4)} in single, ${half.toFixed(4)} in half precision`;
    console.log(`${id}: ${(packed.length / 1e6).toFixed(2)} MB after ${file.step} steps, ${rounding}`);
  } finally {
    trainer.dispose();
  }
}

/** Judged on held-out images after every epoch. */
async function train(
  id: RecordedId,
  config: RunConfig,
  trainer: AnyTrainer,
  { heldOut, heldOutLabels }: LoadedDataset,
): Promise<{ losses: LossColumns; evaluations: Evaluation[] }> {
  const pieces: LossColumns[] = [];
  const evaluations: Evaluation[] = [];
  const images = { pixels: heldOut, labels: heldOutLabels, count: heldOutLabels.length };
  const { epochs } = RECORDED[id];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const end = Math.round(epoch * stepsPerEpoch(config));
    while (trainer.step < end) {
      trainer.train(1);
      await trainer.submits?.room();
    }
    pieces.push(await trainer.readLosses());
    const evaluation = await trainer.evaluate(images);
    evaluations.push(evaluation);
    console.log(`${id}: epoch ${epoch} of ${epochs}, held out ${JSON.stringify(evaluation)}`);
  }
  return { losses: joined(pieces), evaluations };
}

function joined(pieces: readonly LossColumns[]): LossColumns {
  const columns = Object.keys(pieces[0]!) as (keyof LossColumns)[];
  const step = Uint32Array.from(pieces.flatMap((piece) => [...piece.step]));
  const rest = columns.filter((name) => name !== "step");
  return { step, ...Object.fromEntries(rest.map((name) => [name, Float32Array.from(pieces.flatMap((piece) => [...piece[name]!]))])) };
}

/** What is shown is by the rounded weights, which are those the page has. */
function fileOf(
  config: RunConfig,
  network: Network,
  single: WeightTable,
  { heldOut, heldOutLabels }: LoadedDataset,
): Omit<RecordedFile, "step" | "epochs" | "losses" | "evaluations"> {
  const weights = Object.fromEntries(Object.entries(single).map(([name, values]) => [name, fromHalf(toHalf(values))]));
  const isGan = network.kind === "adversarial";
  const images = Math.min(isGan ? STAGE : MOST_IMAGES, heldOutLabels.length);
  const pixels = Float32Array.from(heldOut.subarray(0, images * network.pixels), (byte) => byte / 255);
  const adversarial = isGan ? stage(config, network, weights, pixels, images) : null;
  const { mean, logVar } = isGan ? { mean: new Float32Array(0), logVar: null } : encode(network, weights, pixels, images);
  const judged = Math.min(JUDGED, images);
  const lossWith = (table: WeightTable) => heldOutLoss(config, network, table, pixels, judged, adversarial?.draws ?? null);
  return {
    address: formatAddress(config),
    weights,
    images,
    posteriorMean: mean,
    posteriorLogVar: logVar,
    adversarial,
    rounding: { images: judged, single: lossWith(single), half: lossWith(weights) },
  };
}

/** As the worker's (`adversarial-snapshot`), by the plain pass. */
function stage(config: RunConfig, network: Network, weights: WeightTable, pixels: Floats, images: number): AdversarialSnapshot {
  const draws = fixedDraws(config.seed, network.latentDim, STAGE);
  const fake = decode(network, weights, draws, STAGE);
  const path = `public/classifiers/${config.data}.safetensors`;
  const classifier = existsSync(path) ? parseClassifier(new Uint8Array(readFileSync(path)), config.data) : null;
  return {
    draws,
    drawClasses: classifier?.classify(fake, STAGE) ?? null,
    classifierAccuracy: classifier?.accuracy ?? null,
    fakeScores: encode(network, weights, fake, STAGE).mean,
    realScores: encode(network, weights, pixels, images).mean,
  };
}

/** Of the files that are there. */
function writeManifest(): void {
  const files = RECORDED_IDS.filter((id) => existsSync(resolve(FOLDER, `${id}.bin`))).map((id) => {
    const shipped: Bytes = new Uint8Array(readFileSync(resolve(FOLDER, `${id}.bin`)));
    const inside = gunzipSync(shipped);
    const whole = { file: `${id}.bin`, bytes: shipped.length, sha256: sha256(shipped) };
    return [id, { ...whole, rawBytes: inside.length, rawSha256: sha256(inside), rawCrc32: crc32(inside) }];
  });
  writeFileSync(
    resolve(FOLDER, "manifest.json"),
    `${JSON.stringify({ version: RUNS_VERSION, runs: Object.fromEntries(files) }, null, 2)}\n`,
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
