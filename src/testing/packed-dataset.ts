/** A small data set packed as the converter packs one, and a server for it, for tests of loading. */
import { createHash } from "node:crypto";
import { gzipSync } from "fflate";
import { crc32 } from "../datasets/crc32";
import { MANIFEST_VERSION, type ImageFile, type Manifest, type ManifestFile } from "../datasets/manifest";
import { pixelEntropyFloor } from "../datasets/pixel-entropy";
import type { Bytes } from "../protocol/messages";

export interface PackedFile {
  readonly entry: ManifestFile;
  readonly shipped: Bytes;
  readonly inside: Bytes;
}

export function packFile(file: string, inside: Bytes): PackedFile {
  const shipped = new Uint8Array(gzipSync(inside));
  const entry = {
    file,
    bytes: shipped.length,
    sha256: sha256(shipped),
    rawBytes: inside.length,
    rawSha256: sha256(inside),
    rawCrc32: crc32(inside),
  };
  return { entry, shipped, inside };
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export const TINY_IMAGE = { height: 2, width: 3, channels: 1 } as const;
const PIXELS = 6;

/** Image `i` of a split has pixels i, i + 1, … i + 5 (from 100 on for held-out ones) and label i mod 10. */
export function tinyImages(from: number, count: number): { pixels: Bytes; labels: Bytes } {
  return {
    pixels: Uint8Array.from({ length: count * PIXELS }, (_, i) => from + Math.floor(i / PIXELS) + (i % PIXELS)),
    labels: Uint8Array.from({ length: count }, (_, i) => (from + i) % 10),
  };
}

export interface TinyDataset {
  readonly manifest: Manifest;
  /** By file name, as shipped. */
  readonly files: Map<string, Bytes>;
}

/** Three training files of 4, 4 and 2 images, two held-out files of 3 and 2. */
export function tinyDataset(): TinyDataset {
  const files = new Map<string, Bytes>();
  const pack = (file: string, from: number, images: number): ImageFile => {
    const { pixels, labels } = tinyImages(from, images);
    const { entry, shipped } = packFile(file, Uint8Array.from([...pixels, ...labels]));
    files.set(file, shipped);
    return { ...entry, images, pixelEntropy: pixelEntropyFloor(pixels, PIXELS) };
  };
  const manifest: Manifest = {
    version: MANIFEST_VERSION,
    id: "mnist",
    title: { en: "Tiny", zh: "小" },
    image: TINY_IMAGE,
    trainImages: 10,
    heldOutImages: 5,
    classNames: { en: ["a", "b"], zh: ["甲", "乙"] },
    licence: { name: "MIT", url: null, text: null },
    attribution: "",
    source: "",
    train: [pack("train-00.bin", 0, 4), pack("train-01.bin", 4, 4), pack("train-02.bin", 8, 2)],
    heldOut: [pack("held-out-00.bin", 100, 3), pack("held-out-01.bin", 103, 2)],
    factors: null,
    thumbnails: { file: "thumbnails.png", labels: [] },
  };
  files.set("manifest.json", new TextEncoder().encode(JSON.stringify(manifest)));
  return { manifest, files };
}

export interface TinyServer {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Every request: file name, and cache mode unless it is the default. */
  readonly requests: string[];
  /** Replaces the answer for a file; the original is served again after `delete`. */
  readonly answers: Map<string, () => Response | Promise<Response>>;
}

export function tinyServer({ files }: TinyDataset): TinyServer {
  const requests: string[] = [];
  const answers: TinyServer["answers"] = new Map();
  return {
    requests,
    answers,
    async fetch(url, { cache, signal }) {
      const file = url.split("/").at(-1)!;
      requests.push(cache === "default" ? file : `${file} ${cache}`);
      await Promise.resolve();
      signal?.throwIfAborted();
      const body = files.get(file);
      return answers.get(file)?.() ?? (body === undefined ? new Response(null, { status: 404 }) : new Response(body));
    },
  };
}
