/**
 * What a shipped data set says of itself: `manifest.json` beside its files.
 *
 * Written by `scripts/convert-data.ts`; this module only gives it types and turns
 * away what is no manifest. It fetches nothing.
 */
import type { DatasetId, ImageShape } from "../protocol/datasets";

export const MANIFEST_VERSION = 1;

/** One text in both languages of the page. */
export interface Bilingual<Text> {
  readonly en: Text;
  readonly zh: Text;
}

/** What is needed to tell that a file came through whole; `bytes` and `sha256` are those of the file as shipped. */
export interface ManifestFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The same of what is inside the gzip, for a server that unpacks by itself. */
  readonly rawBytes: number;
  readonly rawSha256: string;
  /** CRC-32 of what is inside, for pages without `crypto.subtle`. */
  readonly rawCrc32: number;
}

/** Inside: `[images, pixels]` bytes, then `[images]` labels. */
export interface ImageFile extends ManifestFile {
  readonly images: number;
  /** Mean over the images of the summed entropy of their pixels, nats per image: the least BCE they allow. */
  readonly pixelEntropy: number;
}

/** What each image was drawn from, where that is known. Inside the file: `[train + held-out images, names]` float32, little endian. */
export interface FactorFile extends ManifestFile {
  readonly names: readonly string[];
  /** Closed range of each factor, in the order of `names`. */
  readonly ranges: readonly (readonly [number, number])[];
}

export interface Manifest {
  readonly version: number;
  readonly id: DatasetId;
  readonly title: Bilingual<string>;
  readonly image: ImageShape;
  readonly trainImages: number;
  readonly heldOutImages: number;
  /** In the order of the labels. */
  readonly classNames: Bilingual<readonly string[]>;
  readonly licence: { readonly name: string; readonly url: string | null; readonly text: string | null };
  readonly attribution: string;
  readonly source: string;
  /** In the order of the images. */
  readonly train: readonly ImageFile[];
  readonly heldOut: readonly ImageFile[];
  readonly factors: FactorFile | null;
  /** A strip of held-out images for the chooser: black with the pixel as opacity, or in colour. */
  readonly thumbnails: { readonly file: string; readonly labels: readonly number[] };
}

/** The manifest in `text`, or null when that is no manifest of `id` which this version can read. */
export function parseManifest(id: DatasetId, text: string): Manifest | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isManifest(value) && value.id === id ? value : null;
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== "object" || value === null) return false;
  const { version, image, train, heldOut, trainImages, heldOutImages, classNames } = value as Partial<Manifest>;
  return (
    version === MANIFEST_VERSION &&
    typeof image === "object" &&
    typeof classNames === "object" &&
    isFileList(train) &&
    isFileList(heldOut) &&
    sumOfImages(train) === trainImages &&
    sumOfImages(heldOut) === heldOutImages
  );
}

function isFileList(value: unknown): value is readonly ImageFile[] {
  return (
    Array.isArray(value) &&
    (value as Partial<ImageFile>[]).every(
      ({ file, images, bytes, sha256, rawBytes, rawSha256, rawCrc32, pixelEntropy }) =>
        [file, sha256, rawSha256].every((text) => typeof text === "string") &&
        [images, bytes, rawBytes, rawCrc32, pixelEntropy].every((number) => Number.isFinite(number)),
    )
  );
}

function sumOfImages(files: readonly ImageFile[]): number {
  return files.reduce((sum, { images }) => sum + images, 0);
}
