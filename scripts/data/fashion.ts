/**
 * The `fashion` data set: Fashion-MNIST as the Debian package `dataset-fashion-mnist`
 * ships it, in its own order, its test images held out.
 *
 * Source of the format: the IDX files of Y. LeCun's MNIST page: big-endian magic, sizes, bytes.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "fflate";
import { DATASETS } from "../../src/protocol/datasets";
import type { SourceDataset, SourceSplit } from "./source";

const FOLDER = "/usr/share/datasets/fashion-mnist";

export function readFashion(): SourceDataset {
  if (!existsSync(FOLDER)) throw new Error(`readFashion: there is no ${FOLDER}; apt-get install dataset-fashion-mnist brings it`);
  return {
    id: "fashion",
    title: { en: "Fashion-MNIST", zh: "Fashion-MNIST 服饰" },
    image: DATASETS.fashion.image,
    classNames: {
      en: ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
      zh: ["T 恤", "裤子", "套头衫", "连衣裙", "外套", "凉鞋", "衬衫", "运动鞋", "包", "短靴"],
    },
    licence: { name: "MIT", url: "https://github.com/zalandoresearch/fashion-mnist", text: "LICENSE.txt" },
    attribution: "Copyright 2017 Zalando SE. Han Xiao, Kashif Rasul, Roland Vollgraf: Fashion-MNIST, arXiv:1708.07747",
    source: "Debian package dataset-fashion-mnist",
    train: readSplit("train"),
    heldOut: readSplit("t10k"),
    factors: null,
  };
}

function readSplit(name: "train" | "t10k"): SourceSplit {
  return { pixels: readIdx(`${name}-images-idx3-ubyte.gz`, 3), labels: readIdx(`${name}-labels-idx1-ubyte.gz`, 1) };
}

/** The bytes of an IDX file of unsigned bytes with `dimensions` dimensions. */
function readIdx(file: string, dimensions: number): Uint8Array {
  const bytes = gunzipSync(readFileSync(join(FOLDER, file)));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  if (magic !== 0x0800 + dimensions) throw new Error(`readIdx: ${file} starts with ${magic}, not ${0x0800 + dimensions}`);
  const sizes = Array.from({ length: dimensions }, (_, d) => view.getUint32(4 + 4 * d));
  const data = bytes.subarray(4 + 4 * dimensions);
  const expected = sizes.reduce((product, size) => product * size, 1);
  if (data.length !== expected) throw new Error(`readIdx: ${file} holds ${data.length} bytes, its head says ${expected}`);
  return data;
}
