/** A batch or a piece of images as floats, drawn black and white and spoilt as the config has it, laid out for whoever reads them. */
import { isBinarised, isCorrupted } from "../../../model/corruption";
import { STREAMS } from "../../../model/streams";
import type { RunConfig } from "../../../protocol/run-config";
import { declareBindings, type Kernel, type KernelBinding } from "../kernel";
import type { RowLayout } from "../plan";
import { fillTemplate } from "../template";
import source from "./draw-images.wgsl?raw";
import { byteCode } from "./operand";
import { RANDOM_WGSL } from "./random";
import { STATE_WGSL } from "./state";

const THREADS = 64;

/** Uniforms have so many steps. */
const UNIFORMS = 2 ** 24;

export interface DrawnImages {
  readonly config: Pick<RunConfig, "model" | "reconstruction" | "corruption" | "corruptionLevel">;
  /** Images at most. */
  readonly rows: number;
  /** Of an image. */
  readonly pixels: number;
  /** Of an image in `drawn`. */
  readonly layout: RowLayout;
  readonly pass: "training" | "held-out";
  /** Whether they are to be spoilt, as the config asks for. */
  readonly spoilt: boolean;
}

/**
 * Bindings: `images`, `order` (in training), `places` (outside it) and `state` (where something is drawn; `state` or `piece state`),
 * `drawn` (`[rows][layout.columns]`).
 */
export function drawImagesKernel({ config, rows, pixels, layout, pass, spoilt }: DrawnImages): Kernel {
  const { corruption, corruptionLevel: level } = config;
  const training = pass === "training";
  const binarised = isBinarised(config);
  const corrupted = spoilt && isCorrupted(config);
  const draws = binarised || corrupted;
  const quads = layout.columns / 4;
  const main = fillTemplate(source, {
    training,
    draws,
    binarised,
    gaussian: corrupted && corruption === "gaussian",
    spots: corrupted && corruption !== "gaussian",
    level,
    // As many of the steps lie below: a uniform is a whole number of them.
    white: Math.ceil(level * UNIFORMS),
    black: Math.ceil((corruption === "masking" ? level : level / 2) * UNIFORMS),
    binarisation: training ? STREAMS.trainingBinarisation : STREAMS.evaluationBinarisation,
    corruption: training ? STREAMS.trainingCorruption : STREAMS.evaluationCorruption,
    pixels,
    quads,
    quadsOfAll: rows * quads,
    size: layout.group.size,
    stride: layout.group.stride,
  });
  const bindings: KernelBinding[] = [{ name: "images", access: "read" }];
  if (training) bindings.push({ name: "order", access: "read" });
  else if (draws) bindings.push({ name: "places", access: "read" });
  if (draws) bindings.push({ name: "state", access: "read" });
  bindings.push({ name: "drawn", access: "read_write" });
  const types = {
    images: "array<u32>",
    order: "array<u32>",
    places: "array<u32>",
    state: training ? "State" : "PieceState",
    drawn: "array<vec4f>",
  };
  const done = [binarised && "binarised", corrupted && corruption].filter((word) => word !== false);
  return {
    label: ["images", ...done, pass].join(" "),
    code: [declareBindings(bindings, types), ...(draws ? [STATE_WGSL, RANDOM_WGSL] : []), byteCode(pixels), main].join("\n"),
    bindings,
    grid: { x: 1, rowsPerImage: quads, rowsPerTile: THREADS },
  };
}
