/**
 * Fetches a recorded run and unpacks it: the model as a snapshot, with the held-out
 * images that it is shown on.
 *
 * Its file and the images come at once; nothing but held-out images is fetched.
 */
import { ImageSplit } from "../datasets/image-split";
import { fetchFile, fetchManifest, type FileSource } from "../datasets/fetch-file";
import type { ManifestFile } from "../datasets/manifest";
import { decode, decodeLogits } from "../model/forward";
import { firstExamples } from "../model/first-examples";
import { describeNetwork, type Network } from "../model/network";
import { reconstructionLosses } from "../model/reconstruction-loss";
import { formatAddress } from "../protocol/address";
import { DATASETS, pixelCount } from "../protocol/datasets";
import type { Examples, Floats, Material, Snapshot } from "../protocol/messages";
import { recordedConfig, RECORDED_IDS, type RecordedId, type RecordedRun } from "../protocol/recorded";
import type { RunConfig } from "../protocol/run-config";
import type { Handler, Site } from "./question";
import { unpackRecorded, type RecordedFile } from "./recorded-file";
import { parseRunsManifest } from "./runs-manifest";

export const recorded: Handler<"recorded"> = ({ id }, { site, signal }) => loadRecorded(site, id, signal);

/**
 * @throws FailureError when a file is missing or damaged, RangeError when it holds another model than it should; the signal's
 * reason when aborted.
 */
export async function loadRecorded(site: Site, id: RecordedId, signal: AbortSignal): Promise<RecordedRun> {
  if (!RECORDED_IDS.includes(id)) throw new RangeError(`loadRecorded: there is no run ${id as string}`);
  const config = recordedConfig(id);
  const network = describeNetwork(config, DATASETS[config.data].image);
  const common = { id: config.data, fetch: site.fetch, subtle: globalThis.crypto?.subtle, signal };
  const [inside, split] = await Promise.all([
    runBytes({ ...common, folder: `${site.baseUrl}runs/` }, id),
    heldOutSplit({ ...common, folder: `${site.baseUrl}data/${config.data}/` }),
  ]);
  const file = unpackRecorded(inside, config, network);
  if (file.address !== formatAddress(config)) throw new RangeError(`loadRecorded: ${id} was recorded of ${file.address}`);
  const material = split.material(file.images);
  const snapshot = snapshotOf(config, network, file, material.examples);
  const { step, epochs, losses, evaluations } = file;
  return { id, config, step, epochs, snapshot, material, losses, evaluations };
}

async function runBytes(source: FileSource, id: RecordedId): Promise<Uint8Array> {
  const response = await source.fetch(`${source.folder}manifest.json`, { cache: "no-cache", signal: source.signal });
  const entry: ManifestFile | null = response.ok ? parseRunsManifest(await response.text(), id) : null;
  if (entry === null) throw new RangeError(`loadRecorded: the manifest knows no ${id}`);
  return fetchFile(source, entry, () => {});
}

/** The first held-out files, which hold as many images as any recording shows. */
async function heldOutSplit(source: FileSource): Promise<{ material: (images: number) => Material }> {
  const { image, classNames, heldOut } = await fetchManifest(source);
  const pixels = pixelCount(image);
  const split = new ImageSplit(heldOut, pixels);
  const most = Math.min(
    MOST_IMAGES,
    heldOut.reduce((sum, { images }) => sum + images, 0),
  );
  split.reserve(most);
  const files = heldOut.slice(0, split.filesFor(most));
  await Promise.all(files.map(async (entry, i) => split.place(i, await fetchFile(source, entry, () => {}))));
  return {
    material(images) {
      if (images > split.available) throw new RangeError(`loadRecorded: ${images} held-out images are wanted, ${split.available} are here`);
      const examples = { pixels: split.pixels.slice(0, images * pixels), labels: split.labels.slice(0, images) };
      return { image, classNames, examples };
    },
  };
}

/** A recording shows no more than these; they are one file of any data set. */
export const MOST_IMAGES = 2_000;

function snapshotOf(
  config: RunConfig,
  network: Network,
  { step, weights, posteriorMean, posteriorLogVar, adversarial }: RecordedFile,
  examples: Examples,
): Snapshot {
  const exampleIndices = firstExamples(examples.labels);
  const common = { id: 0, step, weights, posteriorMean, posteriorLogVar, exampleIndices, adversarial };
  const count = exampleIndices.length;
  if (adversarial !== null) {
    const draws = adversarial.draws.subarray(0, count * network.latentDim);
    return { ...common, reconstructions: decode(network, weights, draws, count), exampleLosses: adversarial.fakeScores.slice(0, count) };
  }
  const z = rowsOf(posteriorMean, network.latentDim, exampleIndices);
  const targets = Float32Array.from(rowsOf(examples.pixels, network.pixels, exampleIndices), (byte) => byte / 255);
  const exampleLosses = reconstructionLosses(config, decodeLogits(network, weights, z, count), targets, count);
  return { ...common, reconstructions: decode(network, weights, z, count), exampleLosses };
}

/** @param table `[rows, width]` */
function rowsOf(table: ArrayLike<number>, width: number, rows: readonly number[]): Floats {
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    for (let k = 0; k < width; k++) picked[i * width + k] = table[row * width + k]!;
  });
  return picked;
}
