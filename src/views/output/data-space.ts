/**
 * What a model does in the space of points: where it brings each of them, what its
 * latent line or plane becomes there, where its discriminator sees real ones. Decoded
 * on the page from a snapshot's weights, as many as fit a frame.
 *
 * Pure functions of a snapshot; knows no canvas.
 */
import { decode, encode } from "../../model/forward";
import type { Network } from "../../model/network";
import type { Floats, Snapshot, WeightTable } from "../../protocol/messages";
import type { RunConfig } from "../../protocol/run-config";
import { isCorrupted } from "../../model/corruption";
import { seenImage } from "../../store/seen-image";
import { layersOfSides } from "../network/network-sides";
import { LIGHT_PASS, multiplications } from "../network/multiplications";

/** Each `[count, coordinates]`. */
export interface Links {
  /** What the encoder sees. */
  readonly from: Float32Array;
  /** What comes out. */
  readonly to: Float32Array;
}

/** How many codes or points may go through a side of the network. */
export function affordable(network: Network, side: "encoder" | "decoder", most: number, least: number): number {
  const cost = multiplications(layersOfSides(network)[side]);
  return Math.max(least, Math.min(most, Math.floor(LIGHT_PASS / Math.max(1, cost))));
}

const LINKS = { most: 400, least: 30 };

/**
 * The first held-out points and their reconstructions, from posterior means.
 *
 * @param examples bytes of the points, `[points, coordinates]`
 */
export function linksOf(
  network: Network,
  config: RunConfig,
  { weights, posteriorMean }: Pick<Snapshot, "weights" | "posteriorMean">,
  examples: { readonly pixels: Uint8Array; readonly labels: Uint8Array },
): Links {
  const { pixels, latentDim } = network;
  const count = Math.min(affordable(network, "decoder", LINKS.most, LINKS.least), Math.floor(posteriorMean.length / latentDim));
  const from = new Float32Array(count * pixels);
  for (let i = 0; i < count; i++) from.set(seenImage(config, examples.pixels.subarray(i * pixels, (i + 1) * pixels), i).seen, i * pixels);
  // The snapshot's posteriors are of clean points.
  const codes = isCorrupted(config)
    ? encode(network, weights, from, count, examples.labels).mean
    : posteriorMean.subarray(0, count * latentDim);
  return { from, to: decode(network, weights, codes, count, examples.labels) };
}

/** Of a prior: three standard deviations. */
const PRIOR_REACH = 3;

/** Where codes lie along one axis: the prior's bulk, or without one that of the codes themselves. */
export function codeRange(mean: Float32Array | null, latentDim: number, axis: number): readonly [number, number] {
  if (mean === null || mean.length === 0) return [-PRIOR_REACH, PRIOR_REACH];
  const values = mean.filter((value, i) => i % latentDim === axis && Number.isFinite(value)).toSorted();
  const low = values[Math.floor(values.length * 0.005)] ?? -1;
  const high = values[Math.ceil(values.length * 0.995) - 1] ?? 1;
  return low < high ? [low, high] : [low - 1, high + 1];
}

export interface SheetPlace {
  /** The two dimensions shown; both 0 on a line. */
  readonly axes: readonly [number, number];
  /** Where the probe stands, which the other dimensions are held at. */
  readonly z: readonly number[];
  /** Of the axes. */
  readonly ranges: readonly [readonly [number, number], readonly [number, number]];
  /** That a conditional decoder is told. */
  readonly label: number;
}

/** Points along a latent line. */
const LINE_POINTS = { most: 161, least: 25 };
/** Lines each way and points along each; of a network too wide for it the lines, whose crossings are their points. */
const FINE = { lines: 13, most: 31, least: 13 };
const COARSE_LINES = 9;

/** As many lines and points as there is time for. */
function latticeOf(network: Network): { readonly lines: number; readonly along: number } {
  const points = affordable(network, "decoder", FINE.lines * 2 * FINE.most, COARSE_LINES ** 2);
  if (points < FINE.lines * 2 * FINE.least) return { lines: COARSE_LINES, along: COARSE_LINES };
  return { lines: FINE.lines, along: Math.min(FINE.most, Math.floor(points / (2 * FINE.lines))) };
}

/**
 * What the shown latent line becomes in data space, as one polyline; of a plane its lattice, line by line.
 *
 * @returns polylines, each `[points, coordinates]`
 */
export function sheetOf(network: Network, weights: WeightTable, { axes, z, ranges, label }: SheetPlace): Floats[] {
  if (z.length !== network.latentDim) return [];
  const isLine = axes[0] === axes[1];
  const { lines, along } = isLine
    ? { lines: 1, along: affordable(network, "decoder", LINE_POINTS.most, LINE_POINTS.least) }
    : latticeOf(network);
  const [across, up] = axes;
  const polyline = (place: (code: Floats, i: number) => void) => {
    const codes = new Float32Array(along * z.length);
    for (let i = 0; i < along; i++) {
      const code = codes.subarray(i * z.length, (i + 1) * z.length);
      code.set(z);
      place(code, i);
    }
    return decode(network, weights, codes, along, new Uint8Array(along).fill(label));
  };
  if (isLine) return [polyline((code, i) => (code[across] = at(ranges[0], i, along)))];
  // A lattice with no points but its crossings: lines one way are those of the other, read across.
  if (lines === along) {
    const upward = Array.from({ length: lines }, (_, line) =>
      polyline((code, i) => {
        code[across] = at(ranges[0], line, lines);
        code[up] = at(ranges[1], i, lines);
      }),
    );
    return upward.flatMap((line, i) => [line, lineThrough(upward, i, network.pixels)]);
  }
  return Array.from({ length: lines }, (_, line) => [
    polyline((code, i) => {
      code[across] = at(ranges[0], line, lines);
      code[up] = at(ranges[1], i, along);
    }),
    polyline((code, i) => {
      code[across] = at(ranges[0], i, along);
      code[up] = at(ranges[1], line, lines);
    }),
  ]).flat();
}

/** The `i`-th point of each line, in order. @param lines each `[points, coordinates]` */
function lineThrough(lines: readonly Floats[], i: number, coordinates: number): Floats {
  const through = new Float32Array(lines.length * coordinates);
  lines.forEach((line, at) => through.set(line.subarray(i * coordinates, (i + 1) * coordinates), at * coordinates));
  return through;
}

/** Place `i` of `count` evenly spread ones. */
function at([from, to]: readonly [number, number], i: number, count: number): number {
  return from + ((to - from) * i) / (count - 1);
}

export interface Field {
  /** Cells each way over `[from, to]` of both coordinates. */
  readonly cells: number;
  readonly from: number;
  readonly to: number;
  /** The discriminator's scores in their middles, before the logistic function, `[cells, cells]`, the lowest row first. */
  readonly scores: Floats;
}

const FIELD = { cells: { most: 48, least: 10 }, from: -0.08, to: 1.08 };

/** What the discriminator thinks of every place of the plane; null in space, where it would hide itself. */
export function fieldOf(network: Network, weights: WeightTable): Field | null {
  if (network.kind !== "adversarial" || network.pixels !== 2) return null;
  const cells = Math.floor(Math.sqrt(affordable(network, "encoder", FIELD.cells.most ** 2, FIELD.cells.least ** 2)));
  const points = new Float32Array(cells * cells * 2);
  const middle = (i: number) => FIELD.from + ((FIELD.to - FIELD.from) * (i + 0.5)) / cells;
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) points.set([middle(column), middle(row)], (row * cells + column) * 2);
  }
  return { cells, from: FIELD.from, to: FIELD.to, scores: encode(network, weights, points, cells * cells).mean };
}

/** What the generator makes of the first of its fixed draws, `[count, coordinates]`. @param draws `[count, latentDim]` */
export function generatedOf(network: Network, weights: WeightTable, draws: Floats): Floats {
  const { latentDim } = network;
  const count = Math.min(draws.length / latentDim, affordable(network, "decoder", 512, 60));
  return decode(network, weights, draws.subarray(0, count * latentDim), count);
}

export interface ClassDistances {
  readonly label: number;
  readonly points: number;
  /** Of the coordinates, `[coordinates]`. */
  readonly mean: readonly number[];
  /** From points of the class to their reconstructions, of those that are linked; NaN where none is. */
  readonly distance: number;
}

/** Where each class lies in data space, and how far off its reconstructions are; classes without a point are left out. */
export function classDistances(
  points: Uint8Array,
  coordinates: number,
  labels: Uint8Array,
  links: Links | null,
  classes: number,
): ClassDistances[] {
  const all = Array.from({ length: Math.min(labels.length, points.length / coordinates) }, (_, i) => i);
  return Array.from({ length: classes }, (_, label) => {
    const members = all.filter((i) => labels[i] === label);
    const mean = Array.from(
      { length: coordinates },
      (_, c) => members.reduce((sum, i) => sum + points[i * coordinates + c]! / 255, 0) / members.length,
    );
    const linked = links === null ? [] : members.filter((i) => (i + 1) * coordinates <= links.to.length);
    const distances = linked.map((i) =>
      Math.hypot(...mean.map((_, c) => links!.to[i * coordinates + c]! - points[i * coordinates + c]! / 255)),
    );
    return { label, points: members.length, mean, distance: distances.reduce((sum, each) => sum + each, 0) / distances.length };
  }).filter((each) => each.points > 0);
}
