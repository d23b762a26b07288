/**
 * Writes a data set as the page loads it: gzip'd files of images and labels, a strip
 * of thumbnails, and the manifest that vouches for them.
 *
 * The same data set gives the same bytes on every machine: fflate compresses in
 * JavaScript, while what Node's own zlib writes depends on its version and the CPU.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "fflate";
import { crc32 } from "../../src/datasets/crc32";
import { MANIFEST_VERSION, type ImageFile, type Manifest, type ManifestFile } from "../../src/datasets/manifest";
import { pixelEntropyFloor } from "../../src/datasets/pixel-entropy";
import { CHUNK_IMAGES, isPointCloud, pixelCount } from "../../src/protocol/datasets";
import { cloudPictures } from "./cloud-pictures";
import type { SourceDataset, SourceSplit } from "./source";
import { thumbnailStrip } from "./thumbnails";

const THUMBNAILS = 8;

/** Replaces what an earlier conversion left in `folder`; the licence text there is kept. @returns the manifest as written. */
export function writeDataset(dataset: SourceDataset, folder: string): Manifest {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (/\.(bin|png|json)$/.test(file)) rmSync(join(folder, file));

  const { id, title, image, classNames, licence, attribution, source, train, heldOut, factors } = dataset;
  const pixels = pixelCount(image);
  const shown = thumbnailIndices(heldOut.labels, classNames.en.length);
  writeFileSync(
    join(folder, "thumbnails.png"),
    isPointCloud(id) ? thumbnailStrip(...cloudPictures(heldOut, image, shown)) : thumbnailStrip(heldOut.pixels, image, shown),
  );
  const manifest: Manifest = {
    version: MANIFEST_VERSION,
    id,
    title,
    image,
    trainImages: train.labels.length,
    heldOutImages: heldOut.labels.length,
    classNames,
    licence,
    attribution,
    source,
    train: writeSplit(train, pixels, folder, "train"),
    heldOut: writeSplit(heldOut, pixels, folder, "held-out"),
    factors:
      factors === null
        ? null
        : { ...writeFile(folder, "factors.bin", littleEndian(factors.values)), names: factors.names, ranges: factors.ranges },
    thumbnails: { file: "thumbnails.png", labels: shown.map((i) => heldOut.labels[i]!) },
  };
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

function writeSplit({ pixels, labels }: SourceSplit, pixelsPerImage: number, folder: string, name: string): ImageFile[] {
  return Array.from({ length: Math.ceil(labels.length / CHUNK_IMAGES) }, (_, i) => {
    const chunkLabels = labels.subarray(i * CHUNK_IMAGES, (i + 1) * CHUNK_IMAGES);
    const images = chunkLabels.length;
    const start = i * CHUNK_IMAGES * pixelsPerImage;
    const chunkPixels = pixels.subarray(start, start + images * pixelsPerImage);
    const inside = new Uint8Array(chunkPixels.length + images);
    inside.set(chunkPixels);
    inside.set(chunkLabels, chunkPixels.length);
    const written = writeFile(folder, `${name}-${String(i).padStart(2, "0")}.bin`, inside);
    return { ...written, images, pixelEntropy: pixelEntropyFloor(chunkPixels, pixelsPerImage) };
  });
}

function writeFile(folder: string, file: string, inside: Uint8Array): ManifestFile {
  const shipped = gzipSync(inside, { level: 9, mem: 12, mtime: 0 });
  writeFileSync(join(folder, file), shipped);
  return {
    file,
    bytes: shipped.length,
    sha256: sha256(shipped),
    rawBytes: inside.length,
    rawSha256: sha256(inside),
    rawCrc32: crc32(inside),
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes;
}

/** The first image of each class in turn, then the second of each, until there are enough. */
function thumbnailIndices(labels: Uint8Array, classes: number): number[] {
  const byClass = Array.from({ length: classes }, (_, label) => [...labels.keys()].filter((i) => labels[i] === label));
  return Array.from({ length: THUMBNAILS }, (_, tile) => byClass[tile % classes]![Math.floor(tile / classes)]!);
}
