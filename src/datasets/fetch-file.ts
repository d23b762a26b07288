/**
 * Fetches one file of a data set, whole and checked, or fails by name.
 *
 * Knows neither the order of files nor what is inside them.
 */
import type { DatasetId } from "../protocol/datasets";
import { FailureError } from "../protocol/failure";
import type { Bytes } from "../protocol/messages";
import { parseManifest, type Manifest, type ManifestFile } from "./manifest";
import { unpackFile, type Digest } from "./unpack";

/** Where the files of a data set are, and with what they are fetched and checked. */
export interface FileSource {
  readonly id: DatasetId;
  /** Folder of the data set, ending in a slash. */
  readonly folder: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly subtle: Digest | undefined;
  readonly signal: AbortSignal;
}

/** @throws FailureError `data-missing` or `data-corrupt`; the signal's reason when aborted. */
export async function fetchManifest(source: FileSource): Promise<Manifest> {
  const file = "manifest.json";
  // Asked for anew each time: a kept copy of an older version would condemn every file.
  const bytes = await fetchBytes(source, file, "no-cache", () => {});
  const manifest = parseManifest(source.id, new TextDecoder().decode(bytes));
  if (manifest === null) throw new FailureError({ kind: "data-corrupt", dataset: source.id, file });
  return manifest;
}

/**
 * What is inside the file of the manifest's `entry`. A damaged file is fetched once more past every cache, where an
 * older version or half a download may linger.
 *
 * @param onBytes told how many of the entry's `bytes` are here; never more than those
 * @throws FailureError `data-missing` or `data-corrupt`; the signal's reason when aborted.
 */
export async function fetchFile(source: FileSource, entry: ManifestFile, onBytes: (bytes: number) => void): Promise<Bytes> {
  for (const cache of ["default", "reload"] as const) {
    const received = await fetchBytes(source, entry.file, cache, (bytes) => onBytes(Math.min(bytes, entry.bytes)));
    const inside = await unpackFile(received, entry, source.subtle);
    source.signal.throwIfAborted();
    if (inside !== null) {
      onBytes(entry.bytes);
      return inside;
    }
  }
  throw new FailureError({ kind: "data-corrupt", dataset: source.id, file: entry.file });
}

async function fetchBytes(
  { id, folder, fetch, signal }: FileSource,
  file: string,
  cache: RequestCache,
  onBytes: (bytes: number) => void,
): Promise<Bytes> {
  const missing = (status: number) => new FailureError({ kind: "data-missing", dataset: id, file, status });
  try {
    const response = await fetch(folder + file, { cache, signal });
    if (!response.ok) throw missing(response.status);
    return await readAll(response, onBytes);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof FailureError ? error : missing(0);
  }
}

async function readAll(response: Response, onBytes: (bytes: number) => void): Promise<Bytes> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
    pieces.push(read.value);
    length += read.value.length;
    onBytes(length);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
