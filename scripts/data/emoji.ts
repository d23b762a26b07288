/**
 * The `emoji` data set: Microsoft's Fluent Emoji in their flat drawing, rasterised in
 * colour on white, in a fixed shuffle.
 *
 * One image for each emoji, in its yellow: variants that differ in skin tone alone would be the same picture six times, in
 * training and in held-out images at once.
 */
import { readFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import { DATASETS, pixelCount } from "../../src/protocol/datasets";
import { part, shuffled } from "./shuffled";
import type { SourceDataset, SourceSplit } from "./source";

const PACKAGE = "node_modules/@iconify-json/fluent-emoji-flat";
/** The split of this project, for ever. */
const SHUFFLE = { seed: 10_000, stream: 3 } as const;

/** Class of each of the package's categories; the eight flags go with the symbols. */
const CATEGORIES = {
  "Smileys & Emotion": 0,
  "People & Body": 1,
  "Animals & Nature": 2,
  "Food & Drink": 3,
  "Travel & Places": 4,
  Activities: 5,
  Objects: 6,
  Symbols: 7,
  Flags: 7,
} as const;

const SKIN_TONE = /-(?:light|medium-light|medium|medium-dark|dark)$/;
/** Not for a classroom. */
const LEFT_OUT: readonly string[] = ["middle-finger"];

export function readEmoji(): SourceDataset {
  const { image, trainMax, heldOut } = DATASETS.emoji;
  const pixels = pixelCount(image);
  const all = shuffled(drawEmoji(pixels), pixels, SHUFFLE);
  const count = all.labels.length;
  if (count !== trainMax + heldOut) throw new Error(`readEmoji: the package holds ${count} emoji, not ${trainMax + heldOut}`);
  return {
    id: "emoji",
    title: { en: "Emoji", zh: "表情符号" },
    image,
    classNames: {
      en: ["Smiley", "People", "Nature", "Food", "Place", "Activity", "Object", "Symbol"],
      zh: ["表情", "人物", "自然", "食物", "地点", "活动", "物品", "符号"],
    },
    licence: { name: "MIT", url: "https://github.com/microsoft/fluentui-emoji/blob/main/LICENSE", text: "LICENSE.txt" },
    attribution: "Copyright (c) Microsoft Corporation: Fluent Emoji, the flat ones",
    source: "npm package @iconify-json/fluent-emoji-flat 1.2.6, rasterised by @resvg/resvg-js 2.6.2 on white",
    train: part(all, pixels, 0, trainMax),
    heldOut: part(all, pixels, trainMax, count),
    factors: null,
  };
}

interface Icons {
  readonly width: number;
  readonly height: number;
  readonly icons: Readonly<Record<string, { readonly body: string; readonly width?: number; readonly height?: number }>>;
}

/** Category by category, by name within each. */
function drawEmoji(pixels: number): SourceSplit {
  const { categories } = readJson("metadata.json") as { readonly categories: Readonly<Record<string, readonly string[]>> };
  const drawings = readJson("icons.json") as Icons;
  const chosen = Object.entries(categories).flatMap(([category, names]) => {
    const label = CATEGORIES[category as keyof typeof CATEGORIES] as number | undefined;
    if (label === undefined) throw new Error(`drawEmoji: no class for the category ${category}`);
    const isVariant = (name: string) => category === "People & Body" && SKIN_TONE.test(name); // elsewhere as in police-car-light
    const wanted = names.filter((name) => !isVariant(name) && !LEFT_OUT.includes(name));
    return wanted.toSorted().map((name) => ({ name, label }));
  });
  const all = { pixels: new Uint8Array(chosen.length * pixels), labels: Uint8Array.from(chosen, ({ label }) => label) };
  chosen.forEach(({ name }, i) => all.pixels.set(rasterise(drawings, name), i * pixels));
  return all;
}

/** `[height, width, 3]`. */
function rasterise(drawings: Icons, name: string): Uint8Array {
  const { body, width = drawings.width, height = drawings.height } = drawings.icons[name]!;
  const { image } = DATASETS.emoji;
  // A few are not quite square: they are fitted in, as SVG does unless told otherwise.
  const frame = `width="${image.width}" height="${image.height}" viewBox="0 0 ${width} ${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${frame}>${body}</svg>`;
  const drawn = new Resvg(svg, { background: "#ffffff", font: { loadSystemFonts: false } }).render();
  return drawn.pixels.filter((_, i) => i % 4 !== 3); // without its opacity: all of it is opaque
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(`${PACKAGE}/${file}`, "utf8"));
}
