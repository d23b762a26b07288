/**
 * Converts the data sets into the files that the page loads: `npm run data`.
 *
 * The results are committed, so that a clone needs none of the sources. A second
 * run writes the same bytes.
 */
import { resolve } from "node:path";
import { readEmoji } from "./data/emoji";
import { readFashion } from "./data/fashion";
import { readMnist } from "./data/mnist";
import { generatePoints, POINT_SETS } from "./data/points";
import { generateShapes } from "./data/shapes";
import { writeDataset } from "./data/write-dataset";

const OUTPUT = "public/data";

export function main(): void {
  const points = POINT_SETS.map((id) => () => generatePoints(id));
  for (const read of [readMnist, readFashion, generateShapes, readEmoji, ...points]) {
    const dataset = read();
    const { train, heldOut, trainImages, heldOutImages } = writeDataset(dataset, resolve(OUTPUT, dataset.id));
    const bytes = [...train, ...heldOut].reduce((sum, file) => sum + file.bytes, 0);
    const size = `${(bytes / 1e6).toFixed(2)} MB in ${train.length + heldOut.length} files`;
    console.log(`${dataset.id}: ${trainImages} training and ${heldOutImages} held-out images, ${size}`);
  }
}
