/**
 * Loads a shipped data set file by file, so that training can start when the first
 * files are here.
 *
 * Keeps the files of the last data set in memory: loading it again, after a failure
 * or for another number of images, fetches only what is not here. Draws no batches
 * and knows no message.
 */
import { pixelCount, type DatasetId, type ImageShape } from "../protocol/datasets";
import type { Bytes } from "../protocol/messages";
import { fetchFile, fetchManifest, type FileSource } from "./fetch-file";
import { Arrivals } from "./arrivals";
import { fileOrder, type FileRef } from "./file-order";
import { ImageSplit } from "./image-split";
import type { Bilingual, Manifest } from "./manifest";
import type { Digest } from "./unpack";

/** Two connections keep a slow line busy between files; more would only delay the first file. */
const PARALLEL_FETCHES = 2;

export interface DatasetLoaderOptions {
  /** Folder of the data sets, absolute, ending in a slash. */
  readonly baseUrl: string;
  readonly fetch?: FileSource["fetch"];
  /** `crypto.subtle` unless told otherwise. */
  readonly subtle?: Digest | undefined;
}

export interface LoadRequest {
  /** Training images wanted: the first so many. */
  readonly trainSize: number;
  /** Held-out images wanted; all there are unless told otherwise. */
  readonly heldOutSize?: number;
  /** Held-out images fetched before the bulk of the training images; `heldOutSize` unless told otherwise. */
  readonly heldOutFirst?: number;
  /** Bytes of this data set here, and bytes wanted. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A data set on its way. Its arrays are the loader's own: read them, do not transfer or change them. */
export interface LoadedDataset {
  readonly id: DatasetId;
  readonly image: ImageShape;
  readonly classNames: Bilingual<readonly string[]>;
  readonly manifest: Manifest;
  /** `[trainSize, pixels]`, bytes 0 … 255; whole from the start, filled as files come. */
  readonly training: Bytes;
  /** `[trainSize]` */
  readonly trainingLabels: Bytes;
  /** `[heldOutSize, pixels]`, filled alike. */
  readonly heldOut: Bytes;
  /** `[heldOutSize]` */
  readonly heldOutLabels: Bytes;
  /** Training images that are here, from the front. */
  readonly available: number;
  /** Held-out images that are here, from the front. */
  readonly heldOutAvailable: number;
  /** Resolves when the first `count` training images are here. Rejects with the load's `FailureError`, or its signal's reason. */
  waitFor(count: number): Promise<void>;
  /** As `waitFor`, of held-out images. */
  waitForHeldOut(count: number): Promise<void>;
  /** When everything asked for is here. */
  waitForAll(): Promise<void>;
  /**
   * Least BCE these training and held-out images allow, nats per image. Known soon after the first files: files used
   * whole bring their share in the manifest, a last one used in part is fetched early.
   */
  entropyFloor(): Promise<{ readonly train: number; readonly heldOut: number }>;
}

export interface DatasetLoader {
  /**
   * Resolves when the manifest is here, and goes on loading. Ends the load before it.
   *
   * @throws FailureError `data-missing` or `data-corrupt` for the manifest; RangeError when more is wanted than there is.
   */
  load(id: DatasetId, request: LoadRequest): Promise<LoadedDataset>;
}

/** The data set that is kept. */
interface Shelf {
  readonly manifest: Manifest;
  readonly train: ImageSplit;
  readonly heldOut: ImageSplit;
}

export function createDatasetLoader({ baseUrl, fetch = globalThis.fetch, ...options }: DatasetLoaderOptions): DatasetLoader {
  const subtle = "subtle" in options ? options.subtle : globalThis.crypto?.subtle;
  let shelf: Shelf | null = null;
  let running: AbortController | null = null;

  return {
    async load(id, request) {
      running?.abort();
      const control = new AbortController();
      running = control;
      const { signal } = control;
      const cancel = () => control.abort(request.signal?.reason);
      if (request.signal?.aborted) cancel();
      request.signal?.addEventListener("abort", cancel, { once: true, signal });
      signal.throwIfAborted();
      const source: FileSource = { id, folder: `${baseUrl}${id}/`, fetch: (url, init) => fetch(url, init), subtle, signal };
      if (shelf?.manifest.id !== id) {
        shelf = null; // the old data set makes room before the new one comes
        const manifest = await fetchManifest(source);
        signal.throwIfAborted();
        shelf = newShelf(manifest);
      }
      return startLoading(shelf, source, request, control);
    },
  };
}

function newShelf(manifest: Manifest): Shelf {
  const pixels = pixelCount(manifest.image);
  return { manifest, train: new ImageSplit(manifest.train, pixels), heldOut: new ImageSplit(manifest.heldOut, pixels) };
}

function startLoading(shelf: Shelf, source: FileSource, request: LoadRequest, control: AbortController): LoadedDataset {
  const { manifest, train, heldOut } = shelf;
  const { trainSize, heldOutSize = manifest.heldOutImages, heldOutFirst = heldOutSize } = request;
  requireSize("training", trainSize, manifest.trainImages);
  requireSize("held-out", heldOutSize, manifest.heldOutImages);
  train.reserve(trainSize);
  heldOut.reserve(heldOutSize);
  const order = fileOrder({
    train: train.filesFor(trainSize),
    heldOut: heldOut.filesFor(heldOutSize),
    heldOutFirst: heldOut.filesFor(heldOutFirst),
    isLastPartial: train.startOf(train.filesFor(trainSize)) > trainSize,
  });
  const arrivals = startFetching(shelf, source, order, control, request.onProgress);
  const pixels = pixelCount(manifest.image);
  const here = (split: ImageSplit, count: number) => arrivals.until(() => split.available >= count);
  const floors = () => [train.entropyFloor(trainSize), heldOut.entropyFloor(heldOutSize)] as const;
  return {
    id: manifest.id,
    image: manifest.image,
    classNames: manifest.classNames,
    manifest,
    training: train.pixels.subarray(0, trainSize * pixels),
    trainingLabels: train.labels.subarray(0, trainSize),
    heldOut: heldOut.pixels.subarray(0, heldOutSize * pixels),
    heldOutLabels: heldOut.labels.subarray(0, heldOutSize),
    get available() {
      return Math.min(train.available, trainSize);
    },
    get heldOutAvailable() {
      return Math.min(heldOut.available, heldOutSize);
    },
    waitFor: (count) => here(train, Math.min(count, trainSize)),
    waitForHeldOut: (count) => here(heldOut, Math.min(count, heldOutSize)),
    waitForAll: () => arrivals.until(() => train.available >= trainSize && heldOut.available >= heldOutSize),
    async entropyFloor() {
      await arrivals.until(() => !floors().includes(null));
      const [trainFloor, heldOutFloor] = floors();
      return { train: trainFloor!, heldOut: heldOutFloor! };
    },
  };
}

function requireSize(what: string, wanted: number, most: number): void {
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > most) {
    throw new RangeError(`load: ${wanted} ${what} images are wanted, there are 1 … ${most}`);
  }
}

function startFetching(
  shelf: Shelf,
  source: FileSource,
  order: readonly FileRef[],
  control: AbortController,
  onProgress: LoadRequest["onProgress"],
): Arrivals {
  const arrivals = new Arrivals();
  control.signal.addEventListener("abort", () => arrivals.fail(control.signal.reason), { once: true });
  fetchAll(shelf, source, order, arrivals, onProgress).catch((error: unknown) => {
    arrivals.fail(error);
    control.abort(); // one missing file fails the load: the other connection need not go on
  });
  return arrivals;
}

/** Fetches the files of `order` that are not here, and tells `arrivals` as they come. */
async function fetchAll(
  { manifest, train, heldOut }: Shelf,
  source: FileSource,
  order: readonly FileRef[],
  arrivals: Arrivals,
  onProgress: LoadRequest["onProgress"],
): Promise<void> {
  const splits = { train, heldOut };
  const received = order.map(({ split, index }) => (splits[split].has(index) ? manifest[split][index]!.bytes : 0));
  const total = order.reduce((sum, { split, index }) => sum + manifest[split][index]!.bytes, 0);
  const report = () =>
    onProgress?.(
      received.reduce((sum, bytes) => sum + bytes, 0),
      total,
    );

  let next = 0;
  const fetchNext = async () => {
    while (next < order.length) {
      const at = next++;
      const { split, index } = order[at]!;
      if (splits[split].has(index)) continue;
      const inside = await fetchFile(source, manifest[split][index]!, (bytes) => {
        received[at] = bytes;
        report();
      });
      splits[split].place(index, inside);
      arrivals.notify();
    }
  };
  report();
  await Promise.all(Array.from({ length: PARALLEL_FETCHES }, fetchNext));
}
