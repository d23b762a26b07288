/** From what the visitor gave, a drawing, a file or an example, to what the encoder is shown. Pure. */
import { isBinarised } from "../../../model/corruption";
import { frameFor, type FramingStep } from "../../../model/digit-frame";
import type { Picture } from "../../../model/picture";
import { colourOf, inkOf, inkThreshold, isDarkOnLight, lightnessOf, type RgbaImage } from "../../../model/picture-ink";
import { blankSheet, drawStroke, type Stroke } from "../../../model/stroke-raster";
import { DATASETS, isPointCloud } from "../../../protocol/datasets";
import type { RunConfig } from "../../../protocol/run-config";

export type Source =
  | { readonly kind: "drawing" }
  /** `isNoisy`: this browser alters what is read from a canvas. */
  | { readonly kind: "file"; readonly image: RgbaImage; readonly isNoisy: boolean }
  /** A held-out image, already framed. */
  | { readonly kind: "example"; readonly index: number; readonly picture: Picture };

/** How a photograph becomes ink. */
export interface InkWishes {
  readonly isDark: boolean;
  readonly threshold: number;
}

export type HandStep = FramingStep | { readonly id: "binary"; readonly picture: Picture };

/** Pixels of the sheet along a side: eight to one of MNIST's. */
const SHEET_SIDE = 224;

/** One value for each channel, where nothing is drawn: the emoji stand on white, everything else is light on dark. */
export function groundOf({ data }: Pick<RunConfig, "data">): readonly number[] {
  return DATASETS[data].image.channels === 3 ? [1, 1, 1] : [0];
}

/** Whether there is an encoder to show a picture to, and pictures at all. */
export function takesPictures({ data, model }: Pick<RunConfig, "data" | "model">): boolean {
  return model !== "gan" && !isPointCloud(data);
}

/** A grey data set takes every colour for ink. */
export function penColour(config: Pick<RunConfig, "data">, colour: readonly number[]): readonly number[] {
  return groundOf(config).length === 1 ? [1] : colour;
}

export function sheetOf(config: Pick<RunConfig, "data">, strokes: readonly Stroke[]): Picture {
  const sheet = blankSheet(SHEET_SIDE, groundOf(config));
  for (const stroke of strokes) drawStroke(sheet, { ...stroke, colour: penColour(config, stroke.colour) });
  return sheet;
}

/** A file as the data set has its pictures; of the wishes, what is left open is found out from it. */
export function inputOfFile(
  config: Pick<RunConfig, "data">,
  image: RgbaImage,
  wishes: Partial<InkWishes>,
): { readonly input: Picture; readonly ink: InkWishes | null } {
  const ground = groundOf(config);
  if (ground.length === 3) return { input: colourOf(image, ground), ink: null };
  const lightness = lightnessOf(image);
  const isDark = wishes.isDark ?? isDarkOnLight(lightness);
  const threshold = wishes.threshold ?? inkThreshold(lightness, isDark);
  return { input: inkOf(lightness, isDark, threshold), ink: { isDark, threshold } };
}

interface Given {
  readonly source: Source;
  readonly strokes: readonly Stroke[];
  readonly input: Picture;
}

/** The last one is what the encoder sees; empty where there is nothing, or nobody to see it. */
export function framedSteps({ source, strokes, input }: Given, config: RunConfig): readonly HandStep[] {
  if (!takesPictures(config) || (source.kind === "drawing" && strokes.length === 0)) return [];
  const framed = source.kind === "example" ? [{ id: "fit" as const, picture: input }] : frameFor(config.data, input, groundOf(config));
  const last = framed?.at(-1);
  if (framed === null || last === undefined) return [];
  if (!isBinarised(config)) return framed;
  // Trained on black and white: a grey pixel would be news to the encoder.
  const pixels = last.picture.pixels.map((value) => (value < 0.5 ? 0 : 1));
  return [...framed, { id: "binary", picture: { ...last.picture, pixels } }];
}
